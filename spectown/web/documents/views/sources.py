"""Drafts begun from other screens."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from spectown.accounts.permissions import Permission
from spectown.certification.models import Application
from spectown.documents import services
from spectown.documents.models import OfficialDocument
from spectown.lib.refusal import Refused
from spectown.lists.choosing import choose
from spectown.web.documents.sources.applications import FACTS
from spectown.web.documents.sources.lists import list_facts
from spectown.web.documents.sources.matrix import responsibility_facts
from spectown.web.http import Request, needs
from spectown.web.lists.found import ledger_or_404
from spectown.web.plans.versions import chosen


@require_POST
@needs(Permission.DOCUMENT_DRAFT)
def from_application(request: Request, pk: int, kind: str) -> HttpResponse:
    """The office, after reading a pre-check: 补正通知 or 受理通知 with what the result says."""
    request.actor.require(Permission.APPLICATION_VIEW)
    found = get_object_or_404(Application.objects.visible_to(request.actor).with_material(), pk=pk)
    if kind not in FACTS:
        raise Http404("没有这个文种")
    about = [found, *([found.town] if found.town else [])]

    def begin() -> OfficialDocument:
        facts = FACTS[kind](found, request.actor)
        return services.draft(kind=kind, facts=facts, by=request.actor, about=about, recipients=[found.unit])

    return _begun(request, begin, reverse("certification:application", args=[pk]))


@require_POST
@needs(Permission.DOCUMENT_DRAFT)
def from_list(request: Request, ledger: str) -> HttpResponse:
    """The office, with a filtered list: a notice with these rows as its annex."""
    request.actor.require(Permission.LIST_VIEW)
    declared = ledger_or_404(ledger)
    rows = choose(declared, request.actor, request.GET)

    def begin() -> OfficialDocument:
        return services.draft(kind="list_notice", facts=list_facts(rows), by=request.actor)

    return _begun(request, begin, "")


@require_POST
@needs(Permission.DOCUMENT_DRAFT)
def from_matrix(request: Request) -> HttpResponse:
    """The office once a year: the duties of the plan as 责任清单."""
    request.actor.require(Permission.PLAN_VIEW)
    version = chosen(request)
    if version is None:
        raise Http404("还没有装入方案")

    def begin() -> OfficialDocument:
        facts = responsibility_facts(version, request.GET.get("unit", ""))
        return services.draft(kind="responsibility_list", facts=facts, by=request.actor)

    return _begun(request, begin, "")


def _begun(request: Request, begin: Callable[[], OfficialDocument], back: str) -> HttpResponse:
    try:
        document = begin()
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(back or "documents:kinds")
    messages.success(request, "已按现有数据起草,请核对并补充后保存。")
    return redirect("documents:edit", pk=document.pk)
