"""One document: how it looks, where it stands, who has it."""

from __future__ import annotations

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.core.documentkinds.facts import FactsFault
from spectown.core.documentkinds.patterns import open_fields
from spectown.documents import services
from spectown.documents.enums import FileForm, State
from spectown.documents.facts import day_of
from spectown.documents.layouts import obstacles
from spectown.documents.models import OfficialDocument
from spectown.documents.workflow import EDITABLE, NUMBERED_STATES
from spectown.lib.officialdoc.own.soffice import INSTALL, offered
from spectown.lib.refusal import Refused
from spectown.web.documents import shown
from spectown.web.http import Request, export_response, needs, page

TYPES = {
    FileForm.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileForm.PDF: "application/pdf",
}
# A browser's own PDF viewer does not run in a sandbox; our own page may hold it.
POLICY = "frame-ancestors 'self'; base-uri 'none'"
RELATED = (
    "version",
    "template",
    "drafted_by",
    "changed_by",
    "checked_by",
    "signed_by",
    "replaces",
    "replaced_by",
    "signature_scan",
)


def visible(request: Request, pk: int) -> OfficialDocument:
    """The document with all that its page names; 404 where the actor may not see it."""
    rows = OfficialDocument.objects.visible_to(request.actor).select_related(*RELATED)
    linked = rows.prefetch_related("receipts__unit__names", "receipts__received_by", "concerns", "files")
    return get_object_or_404(linked, pk=pk)


def crumbs(document: OfficialDocument | None = None) -> list[tuple[str, str]]:
    """The way back."""
    found = [("登记簿", reverse("documents:list"))]
    if document is not None:
        found.append((document.title, reverse("documents:document", args=[document.pk])))
    return found


@csp_update({"object-src": [SELF], "frame-src": [SELF]})  # type: ignore[arg-type]  # our views take a Request
@require_safe
@needs(Permission.DOCUMENT_VIEW)
def document(request: Request, pk: int) -> HttpResponse:
    """The office to move it on, leaders to sign, receivers to read and receive."""
    found = visible(request, pk)
    actor, editable = request.actor, found.state in EDITABLE
    faults = obstacles(found, day_of(found, timezone.localdate())) if found.issued_at is None else []
    own = next((receipt for receipt in found.receipts.all() if receipt.unit_id == actor.unit_id), None)
    files = {file.form: file for file in found.files.all()}
    may_draft = actor.may(Permission.DOCUMENT_DRAFT)
    is_inside = may_draft or actor.may(Permission.DOCUMENT_SIGN)
    context = {
        "document": found,
        "tone": shown.TONES[State(found.state)],
        "is_issued": bool(files),
        "has_pdf": FileForm.PDF in files if files else found.template is None or offered(),
        "install": INSTALL,
        "fonts": _fonts(files[FileForm.PDF].fonts) if FileForm.PDF in files else [],
        "scan": found.signature_scan if is_inside else None,
        "hashes": [(file.get_form_display(), file.sha256) for file in files.values()],
        "faults": faults if editable or found.state != State.VOIDED else [],
        "steps": shown.steps(found),
        "ball": shown.ball(found),
        "moves": shown.moves(found, actor),
        "history": shown.history(found) if is_inside else [],
        "concerned": shown.concerned(found),
        "receipts": found.receipts.all() if is_inside else [],
        "received": sum(receipt.received_at is not None for receipt in found.receipts.all()),
        "is_pattern": bool(open_fields(found.facts)),
        "may_draft": may_draft,
        "own": own if own and actor.may(Permission.DOCUMENT_RECEIVE) and found.state in NUMBERED_STATES else None,
        "may_edit": may_draft and editable,
        "may_replace": may_draft and found.state == State.ISSUED,
        "today": timezone.localdate(),
    }
    return page(request, "documents/document.html", context, title=found.title, crumbs=crumbs())


def _fonts(fonts: dict[str, str]) -> list[tuple[str, str]]:
    return sorted(fonts.items())


@require_safe
@needs(Permission.DOCUMENT_VIEW)
def preview(request: Request, pk: int, form: str) -> HttpResponseBase:
    """A draft as it would look, marked 草稿; after issue, the issued file."""
    found = visible(request, pk)
    if form not in TYPES:
        raise Http404("没有这种格式")
    if found.issued_at is not None:
        return redirect("documents:file", pk=pk, form=form)
    try:
        data = services.preview_pdf(found) if form == FileForm.PDF else services.preview_docx(found)
    except (FactsFault, Refused) as fault:
        messages.error(request, str(fault))
        return redirect("documents:document", pk=pk)
    return served(f"草稿 {found.title}.{form}", data, FileForm(form))


@require_safe
@needs(Permission.DOCUMENT_VIEW)
def file(request: Request, pk: int, form: str) -> HttpResponseBase:
    """The issued file, its hash checked."""
    found = visible(request, pk)
    stored = next((each for each in found.files.all() if each.form == form), None)
    if stored is None:
        raise Http404("这份公文还没有印发,或没有这种格式")
    try:
        data = services.verified(stored)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("documents:document", pk=pk)
    return served(f"{found.number} {found.title}.{form}".strip(), data, FileForm(form))


def served(name: str, data: bytes, form: FileForm) -> HttpResponse:
    """A PDF opens in the page, a .docx is downloaded."""
    response = export_response(name, data, TYPES[form])
    if form == FileForm.PDF:
        response["Content-Disposition"] = response["Content-Disposition"].replace("attachment", "inline", 1)
        response["Content-Security-Policy"] = POLICY
        response["X-Frame-Options"] = "SAMEORIGIN"
    response["X-Content-Type-Options"] = "nosniff"
    return response
