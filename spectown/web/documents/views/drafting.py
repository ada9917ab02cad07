"""Drafts: choose a kind, fill in its facts, change them."""

from __future__ import annotations

from itertools import groupby

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from spectown.accounts.permissions import Permission
from spectown.core.documentkinds.facts import FactFault, FactsFault
from spectown.core.documentkinds.model import Kind
from spectown.documents import services
from spectown.documents.facts import day_of, tree_of
from spectown.documents.kinds import current_kinds, kind_in
from spectown.documents.models import OfficialDocument
from spectown.documents.services.addressing import office_name
from spectown.documents.services.drafting import StaleRevision
from spectown.documents.workflow import EDITABLE
from spectown.lib.refusal import Refused
from spectown.web.documents.forms import FactsForm
from spectown.web.documents.layouts import chosen_layout, layout_choices
from spectown.web.documents.reading import Typed, rows_asked, typed
from spectown.web.documents.views.detail import crumbs, visible
from spectown.web.http import Request, needs, page


@require_safe
@needs(Permission.DOCUMENT_DRAFT)
def kinds(request: Request) -> HttpResponse:
    """The office, with something to write: which kinds are there?"""
    found = list(current_kinds().values())
    areas = [(area, list(group)) for area, group in groupby(found, key=lambda kind: kind.area)]
    return page(request, "documents/kinds.html", {"areas": areas}, title="起草公文")


@require_http_methods(["GET", "POST"])
@needs(Permission.DOCUMENT_DRAFT)
def draft(request: Request, kind: str) -> HttpResponse:
    """A new document of a kind; saved with gaps, so that one can go on later."""
    found = current_kinds().get(kind)
    if found is None:
        raise Http404("没有这个文种")
    if request.method == "GET":
        return _page(request, found, Typed({}))
    given = typed(found, request.POST, {})
    if "add" in request.POST:
        return _page(request, found, given)
    is_empty = not given.facts.keys() - {"organs"}  # the form itself fills in the organ
    if is_empty or given.deadline_is_wrong:
        said = "还没有填写内容,没有保存。" if is_empty else "签收期限应为日期。"
        return _page(request, found, given, refused=said, status=422)
    try:
        made = services.draft(
            kind=kind,
            facts=given.facts,
            by=request.actor,
            recipients=given.units,
            receive_by=given.deadline,
            layout=chosen_layout(request.POST),
        )
    except Refused as refused:
        return _page(request, found, given, refused=str(refused), status=422)
    return _saved(request, made)


@require_http_methods(["GET", "POST"])
@needs(Permission.DOCUMENT_DRAFT)
def edit(request: Request, pk: int) -> HttpResponse:
    """Go on with a draft; its faults stand at their fields."""
    document = visible(request, pk)
    if document.state not in EDITABLE:
        messages.warning(request, f"公文处于“{document.get_state_display()}”,现在不能修改。")
        return redirect("documents:document", pk=pk)
    kind = kind_in(document.version, document.kind)
    if request.method == "GET":
        return _page(request, kind, _stored(document), document, faults=faults_of(document))
    given = typed(kind, request.POST, document.facts)
    if "add" in request.POST:
        return _page(request, kind, given, document)
    if given.deadline_is_wrong:
        return _page(request, kind, given, document, refused="签收期限应为日期。", status=422)
    try:
        saved = services.save(
            document=document,
            facts=given.facts,
            revision=_revision(request),
            by=request.actor,
            recipients=given.units,
            receive_by=given.deadline,
            layout=chosen_layout(request.POST),
        )
    except Refused as refused:
        status = 409 if isinstance(refused, StaleRevision) else 422
        return _page(request, kind, given, document, refused=str(refused), status=status)
    return _saved(request, saved)


def faults_of(document: OfficialDocument) -> list[FactFault]:
    """Facts that are missing or wrong."""
    try:
        tree_of(document, day_of(document, timezone.localdate()))
    except FactsFault as fault:
        return fault.faults
    return []


def _saved(request: Request, document: OfficialDocument) -> HttpResponse:
    faults = faults_of(visible(request, document.pk))
    if faults:
        messages.warning(request, f"已存为草稿,还有 {len(faults)} 处要补充或改正。")
        return redirect("documents:edit", pk=document.pk)
    messages.success(request, "已存为草稿。")
    return redirect("documents:document", pk=document.pk)


def _revision(request: Request) -> int:
    text = request.POST.get("revision", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _stored(document: OfficialDocument) -> Typed:
    receipts = list(document.receipts.all())
    deadline = next((receipt.deadline for receipt in receipts if receipt.deadline), None)
    return Typed(document.facts, tuple(r.unit for r in receipts), deadline.isoformat() if deadline else "")


def _page(
    request: Request,
    kind: Kind,
    given: Typed,
    document: OfficialDocument | None = None,
    *,
    faults: list[FactFault] | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    organs = document.organs if document else [office_name(timezone.localdate())]
    form = FactsForm(kind, given, faults or [], rows=rows_asked(kind, request.POST), organs=organs)
    context = {
        "kind": kind,
        "form": form,
        "document": document,
        "receive_by": given.receive_by,
        "layouts": layout_choices(request, kind, document),
        "refused": refused,
        "revision": request.POST.get("revision") or (document.revision if document else 0),
    }
    title = f"修改{kind.label}" if document else f"起草{kind.label}"
    return page(request, "documents/edit.html", context, title=title, crumbs=crumbs(document), status=status)
