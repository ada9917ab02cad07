"""Documents that a step calls for: begun here, gone on with under 公文."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from spectown.accounts.permissions import Permission
from spectown.lib.refusal import Refused
from spectown.rounds.services import notices, papers
from spectown.rounds.services.rounds import current_rules
from spectown.web.http import Request, needs
from spectown.web.rounds.duefacts import facts_for
from spectown.web.rounds.duefacts.notice import application
from spectown.web.rounds.views.cases import visible_case
from spectown.web.rounds.views.rounds import visible_round


@require_POST
@needs(Permission.DOCUMENT_DRAFT)
def draft(request: Request, pk: int, due: int) -> HttpResponse:
    """The office begins a document due with what the case knows; where it was begun, it opens."""
    found = visible_case(request, pk)
    wanted = get_object_or_404(
        found.due_documents.select_related("step", "case__application__version", "case__rules"), pk=due
    )
    if wanted.document_id is not None:
        return redirect("documents:document", pk=wanted.document_id)
    try:
        facts = facts_for(wanted, request.actor)
        made = papers.draft_due(due=wanted, facts=facts, by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("rounds:case", pk=pk)
    messages.success(request, "已按本件情况起草,请核对并补充后保存。")
    return redirect("documents:edit", pk=made.pk)


@require_POST
@needs(Permission.DOCUMENT_DRAFT)
def notice(request: Request, pk: int) -> HttpResponse:
    """The office begins the notice of a published round with what the rules say; where it was begun, it opens."""
    found = visible_round(request, pk)
    if found.notice_id is not None:
        return redirect("documents:document", pk=found.notice_id)
    facts = application(current_rules(found).rules, request.actor.name)
    try:
        made = notices.draft(round_=found, facts=facts, by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("rounds:round", pk=pk)
    messages.success(request, "已按本批次规则起草,请核对并补充后保存。")
    return redirect("documents:edit", pk=made.pk)
