"""A document as it would look, at any time before it is issued: marked 草稿, without number."""

from __future__ import annotations

from django.utils import timezone

from spectown.documents.facts import day_of, tree_of
from spectown.documents.layouts import UNNUMBERED, example_of, filled
from spectown.documents.models import OfficialDocument, OwnTemplate
from spectown.documents.services.templates import current_kind
from spectown.lib.officialdoc.docx.draftmark import marked
from spectown.lib.officialdoc.docx.render import render_docx
from spectown.lib.officialdoc.own.across import across
from spectown.lib.officialdoc.own.soffice import as_pdf
from spectown.lib.officialdoc.pdf import render_pdf

MARK, EXAMPLE = "草稿", "示例"


def preview_pdf(document: OfficialDocument) -> bytes:
    """The draft as PDF, 草稿 across each page. Raises FactsFault, Unrenderable, Refused."""
    if document.template:
        return across(as_pdf(preview_docx(document)), MARK)
    return render_pdf(tree_of(document, day_of(document, timezone.localdate())), draft=MARK).data


def example_docx(template: OwnTemplate) -> bytes:
    """An own template with sample data. Raises Refused, also while it has faults."""
    return example_of(template, current_kind(template.kind))


def example_pdf(template: OwnTemplate) -> bytes:
    """The same as PDF, 示例 across each page."""
    return across(as_pdf(example_docx(template)), EXAMPLE)


def preview_docx(document: OfficialDocument) -> bytes:
    """The draft as .docx, to be tried out in Word, 草稿 behind each page. Raises FactsFault, Unrenderable, Refused."""
    day = day_of(document, timezone.localdate())
    made = filled(document, day, UNNUMBERED) if document.template else render_docx(tree_of(document, day))
    return marked(made, MARK)
