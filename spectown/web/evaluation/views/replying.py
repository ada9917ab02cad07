"""Objections and their answers: a county its own, the office all that were sent."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from spectown.accounts.permissions import Permission
from spectown.core.evaluation.lifecycle import OBJECTION
from spectown.evaluation.models import Evaluation, Participant, Reply
from spectown.evaluation.services import replying as services
from spectown.evaluation.standing import units_to_answer
from spectown.lib.refusal import Refused
from spectown.web.evaluation.forms import AnswerForm
from spectown.web.evaluation.replyshown import earlier_items, items_of
from spectown.web.evaluation.seen import is_inside, shown_snapshot, tabs, visible, way
from spectown.web.files import kept_file
from spectown.web.http import Request, needs, page


@require_safe
@needs(Permission.EVALUATION_VIEW)
def replies(request: Request, key: str) -> HttpResponse:
    """A county its own objections, the office all that were sent; what was asked, answered, put right."""
    return _page(request, visible(request, key))


def _page(request: Request, found: Evaluation, typed: AnswerForm | None = None) -> HttpResponse:
    """`typed`: an answer that was refused; it stands in its place with what was typed."""
    snapshot, actor = shown_snapshot(request.actor, found), request.actor
    if snapshot is None or not snapshot.results.exists():
        raise Http404("还没有测算结果")
    units = units_to_answer(found) if found.state == "replies" else []
    context: dict[str, Any] = {
        "evaluation": found,
        "tabs": tabs(request, found, "replies"),
        "items": items_of(actor, found, snapshot, typed),
        "earlier": earlier_items(actor, found, snapshot),
        "inside": is_inside(actor),
        "waiting": units,
        "towns": list(Participant.objects.of(actor).filter(snapshot=snapshot).select_related("town")),
        "may_confirm": actor.may(Permission.EVALUATION_SEND) and actor.unit_id in {unit.pk for unit in units},
    }
    status = 422 if typed else 200
    return page(request, "evaluation/replies.html", context, title="意见", crumbs=way(found), status=status)


@require_POST
@needs(Permission.EVALUATION_VIEW)
def move(request: Request, key: str, pk: int, code: str) -> HttpResponse:
    """Send, withdraw; accept with the figure, refuse; take an answer up again."""
    found = visible(request, key)
    if code not in {each.code for each in OBJECTION.moves}:
        raise Http404("没有这个动作")
    rows = Reply.objects.visible_to(request.actor).select_related("value")
    row = get_object_or_404(rows, pk=pk, value__participant__snapshot__evaluation=found)
    form = AnswerForm(request.POST, row=row)
    try:
        if not form.is_valid() and code in ("accept", "refuse"):
            raise Refused("请改正标出的地方。")
        after = form.cleaned_data.get("after")
        reason = request.POST.get("reason") or form.cleaned_data.get("reason", "")
        made = services.move_reply(reply=row, code=code, by=request.actor, reason=reason, after=after)
    except Refused as refused:
        messages.error(request, str(refused))
        return _page(request, found, form) if code in ("accept", "refuse") else redirect(_place(key, row))
    messages.success(request, f"已{OBJECTION.move(code).label}。")
    return redirect(_place(key, made))


def _place(key: str, row: Reply) -> str:
    return f"{reverse('evaluation:replies', args=[key])}#reply-{row.pk}"


@require_safe
@needs(Permission.EVALUATION_VIEW)
def file(request: Request, key: str, pk: int) -> HttpResponseBase:
    """The file that proves an objection, for whoever may see the objection."""
    found = visible(request, key)
    rows = Reply.objects.visible_to(request.actor).filter(value__participant__snapshot__evaluation=found)
    return kept_file(get_object_or_404(rows, pk=pk))
