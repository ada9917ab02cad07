"""Issue: facts checked once more, number taken, the files made and sealed by their hashes."""

from __future__ import annotations

import datetime
import hashlib

from django.core.files.base import ContentFile
from django.utils import timezone

from spectown.core.documentkinds.facts import FactsFault
from spectown.core.officialdoc.check import check
from spectown.core.officialdoc.tree import Document
from spectown.documents.enums import FileForm
from spectown.documents.facts import day_of, tree_of
from spectown.documents.layouts import filled, unusable
from spectown.documents.models import DocumentFile, OfficialDocument, OwnTemplate
from spectown.documents.services.ahead import pdf_of
from spectown.documents.services.numbering import number
from spectown.documents.services.superseding import replace_old
from spectown.lib.officialdoc.docx.render import render_docx
from spectown.lib.officialdoc.own.soffice import offered
from spectown.lib.officialdoc.pdf import render_pdf
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor


def issue(document: OfficialDocument, signed_on: datetime.date, by: Actor) -> dict[str, object]:
    """Number, date and render a signed document (locked by the caller); what the log says of it.

    Raises Refused: nothing is written then, and the number is not used up.
    """
    document.dated = day_of(document, signed_on)
    if document.dated > timezone.localdate():
        raise Refused(f"成文日期 {document.dated} 晚于今天,请改正后再签发。")
    number(document, document.dated)
    tree = _checked_tree(document, document.dated)
    document.title = tree.title.replace("\n", "")[:300]
    document.issued_at, document.issued_by_id = timezone.now(), by.person
    said = {"number": document.number, "dated": document.dated, "facts": document.facts}
    files = _files(document, tree)
    said |= {"template_sha256": document.template_sha256} if document.template else {}
    said["files"] = {file.form: file.sha256 for file in files}
    replace_old(document, by)
    return said


def _checked_tree(document: OfficialDocument, day: datetime.date) -> Document:
    try:
        tree = tree_of(document, day, document.number)
    except FactsFault as fault:
        raise Refused(str(fault)) from fault
    reasons = check(tree)
    if reasons:
        raise Refused("不能印发:" + "".join(map(str, reasons)))
    return tree


def _files(document: OfficialDocument, tree: Document) -> list[DocumentFile]:
    if document.template:
        return _own_files(document, document.template)
    pdf = render_pdf(tree)
    fonts = {face.value: family for face, family in pdf.fonts.items()}
    return [_file(document, FileForm.DOCX, render_docx(tree), {}), _file(document, FileForm.PDF, pdf.data, fonts)]


def _own_files(document: OfficialDocument, template: OwnTemplate) -> list[DocumentFile]:
    """The filled template; its PDF only where there is LibreOffice (the page said so before).

    A program that is not installed must not keep a document from being issued; one that fails now must, since the
    next attempt would give another result.
    """
    if reasons := unusable(document):
        raise Refused("不能印发:" + "".join(reasons))
    document.template_sha256 = template.sha256
    word = filled(document, document.dated or timezone.localdate(), document.number)
    files = [_file(document, FileForm.DOCX, word, {})]
    return [*files, _file(document, FileForm.PDF, pdf_of(word), {})] if offered() else files


def _file(document: OfficialDocument, form: FileForm, data: bytes, fonts: dict[str, str]) -> DocumentFile:
    return DocumentFile.objects.create(
        document=document,
        form=form,
        file=ContentFile(data, name=f"document.{form}"),
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        fonts=fonts,
    )
