"""Moves of an application and judgements of its criteria."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from spectown.accounts.permissions import Permission
from spectown.certification import services
from spectown.certification.models import Application
from spectown.certification.workflow import WORKFLOW
from spectown.lib.refusal import Refused
from spectown.web.certification.views.detail import visible
from spectown.web.http import Request, needs


@require_POST
@needs(Permission.APPLICATION_VIEW)
def move(request: Request, pk: int, code: str) -> HttpResponse:
    """Send, recall, check, return: whoever the table allows."""
    found = visible(request, pk)
    try:
        chosen = WORKFLOW.move(code)
    except KeyError as unknown:
        raise Http404 from unknown
    try:
        services.move(application=found, code=code, by=request.actor, reason=request.POST.get("reason", ""))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{found}:已{chosen.label}。")
    if Application.objects.visible_to(request.actor).filter(pk=pk).exists():
        return redirect("certification:application", pk=pk)
    return redirect("certification:list")


@require_POST
@needs(Permission.APPLICATION_JUDGE)
def judge(request: Request, pk: int, criterion: str) -> HttpResponse:
    """The office records its judgement of one criterion with the reason."""
    found = visible(request, pk)
    outcome, reason = request.POST.get("outcome", ""), request.POST.get("reason", "")
    try:
        services.judge(application=found, criterion=criterion, outcome=outcome, reason=reason, by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "判断已记录。")
    return redirect(f"{reverse('certification:application', args=[pk])}#{criterion}")
