"""PDFs of own templates made before rows are locked: LibreOffice takes seconds, in which nobody else could write."""

from __future__ import annotations

import datetime
import hashlib
from collections import OrderedDict
from threading import Lock

from spectown.core.documentkinds.facts import FactsFault
from spectown.documents.facts import day_of
from spectown.documents.layouts import filled
from spectown.documents.models import OfficialDocument
from spectown.documents.services.numbering import expected_number
from spectown.lib.officialdoc.own.soffice import as_pdf, offered

SECONDS = 15  # for LibreOffice, since somebody waits for the page
KEPT = 4
_MADE: OrderedDict[str, bytes] = OrderedDict()
_ONE = Lock()


def make_ahead(document: OfficialDocument, signed_on: datetime.date) -> None:
    """Make the PDF with the number that will most likely be next. Raises Refused where LibreOffice fails."""
    if document.template is None or not offered():
        return
    day = day_of(document, signed_on)
    try:
        word = filled(document, day, expected_number(document, day))
    except FactsFault:  # told when it is issued
        return
    made = as_pdf(word, SECONDS)
    with _ONE:
        _MADE[_key(word)] = made
        while len(_MADE) > KEPT:
            _MADE.popitem(last=False)


def pdf_of(word: bytes) -> bytes:
    """The PDF of a filled template: made ahead, or now where another number came in between."""
    with _ONE:
        made = _MADE.pop(_key(word), None)
    return as_pdf(word, SECONDS) if made is None else made


def _key(word: bytes) -> str:
    return hashlib.sha256(word).hexdigest()
