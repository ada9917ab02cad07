"""Moves of a document, signatures on paper, 签收, 更正 and 废止."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from spectown.accounts.permissions import Permission
from spectown.documents import services
from spectown.documents.enums import Replacement
from spectown.documents.models import OfficialDocument
from spectown.documents.replacing import beginning
from spectown.documents.services.drafting import Replaces
from spectown.documents.services.layout import Layout
from spectown.documents.services.moves import PaperSignature
from spectown.documents.workflow import WORKFLOW
from spectown.lib.refusal import Refused
from spectown.web.documents.registering import PaperForm
from spectown.web.documents.views.detail import crumbs, visible
from spectown.web.http import Request, needs, page

SAID = {
    Replacement.CORRECTION: "内容沿用原文,附注写明替代哪一份,请修改",
    Replacement.REPEAL: "请核对文字、写明理由",
}


@require_POST
@needs(Permission.DOCUMENT_VIEW)
def move(request: Request, pk: int, code: str) -> HttpResponse:
    """Send on, sign, send back, void: whoever the table allows."""
    found = visible(request, pk)
    try:
        chosen = WORKFLOW.move(code)
    except KeyError as unknown:
        raise Http404 from unknown
    try:
        moved = services.move(document=found, code=code, by=request.actor, reason=request.POST.get("reason", ""))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        number = f",文号 {moved.number}" if code == "sign" and moved.number else ""
        messages.success(request, f"已{chosen.label}{number}。")
    if OfficialDocument.objects.visible_to(request.actor).filter(pk=pk).exists():
        return redirect("documents:document", pk=pk)
    return redirect("documents:list")


@require_http_methods(["GET", "POST"])
@needs(Permission.DOCUMENT_CHECK)
def sign_paper(request: Request, pk: int) -> HttpResponse:
    """The office, after a leader signed on paper: who, when, and where the scan is; this issues the document."""
    found = visible(request, pk)
    barred = services.refusals(document=found, move="sign_paper", by=request.actor)
    if barred and request.method == "GET":
        messages.error(request, "".join(barred))
        return redirect("documents:document", pk=pk)
    form = PaperForm.of(request)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        signature = PaperSignature(given["signer"], given["on"], given["reference"])
        try:
            issued = services.sign_on_paper(document=found, signature=signature, by=request.actor, scan=form.upload)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"已登记签发并印发{issued.number and ',文号 '}{issued.number}。")
            return redirect("documents:document", pk=pk)
    status = 422 if form.is_bound else 200
    context = {"form": form, "document": found}
    title = "登记纸质签发"
    return page(request, "documents/sign_paper.html", context, title=title, crumbs=crumbs(found), status=status)


@require_POST
@needs(Permission.DOCUMENT_RECEIVE)
def receive(request: Request, pk: int) -> HttpResponse:
    """A receiver confirms for the unit."""
    try:
        services.receive(document=visible(request, pk), by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "已签收。")
    return redirect("documents:document", pk=pk)


@require_POST
@needs(Permission.DOCUMENT_DRAFT)
def replace(request: Request, pk: int, how: str) -> HttpResponse:
    """The office corrects or repeals an issued document by a new one, of whose beginning `replacing` decides."""
    old = visible(request, pk)
    if how not in Replacement.values:
        raise Http404
    units = [receipt.unit for receipt in old.receipts.all()]
    replaces = Replaces(old, Replacement(how))
    first = beginning(old, replaces.how)
    given: dict[str, Any] = {"kind": first.kind, "facts": first.facts, "layout": Layout(first.template)}
    try:
        new = services.draft(**given, by=request.actor, recipients=units, replaces=replaces)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("documents:document", pk=pk)
    messages.success(
        request, f"已起草{replaces.how.label}的新公文,{SAID[replaces.how]}。印发后原文标为已被{replaces.how.label}。"
    )
    return redirect("documents:edit", pk=new.pk)
