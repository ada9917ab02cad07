"""A document as it would look, at any time before it is issued: marked 草稿, without number."""

from __future__ import annotations

from django.utils import timezone

from spectown.documents.facts import day_of, tree_of
from spectown.documents.models import OfficialDocument
from spectown.lib.officialdoc.docx.render import render_docx
from spectown.lib.officialdoc.pdf import Pdf, render_pdf

MARK = "草稿"


def preview_pdf(document: OfficialDocument) -> Pdf:
    """The draft as PDF, 草稿 across each page. Raises FactsFault, Unrenderable, Refused."""
    return render_pdf(tree_of(document, day_of(document, timezone.localdate())), draft=MARK)


def preview_docx(document: OfficialDocument) -> bytes:
    """The draft as .docx, to be tried out in Word. Raises FactsFault, Unrenderable, Refused."""
    return render_docx(tree_of(document, day_of(document, timezone.localdate())))
