"""One notice: what it says and proves, who has it, what was reported, what can be done."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from spectown.accounts.permissions import Permission, Role
from spectown.lib.refusal import Refused
from spectown.supervision.facts import Facts
from spectown.supervision.models import Notice, NoticeFigure, Work
from spectown.supervision.notices.burden import burden_of
from spectown.supervision.notices.evidence import frozen_content, is_whole
from spectown.supervision.notices.register import still_standing
from spectown.supervision.notices.settings import label_of
from spectown.supervision.services import closing, moves, notices
from spectown.supervision.settings import settings_of
from spectown.web.documents.about import documents_about
from spectown.web.http import Request, attempted, needs, page
from spectown.web.notices.shown import ball_of, effect_of, history, moves_shown, way_up
from spectown.web.notices.words import TONES, links_of
from spectown.web.supervision.shown import terms_of


def visible_notice(request: Request, pk: int) -> Notice:
    """The notice with what its pages need; 404 where the actor may not see it."""
    seen = Work.objects.visible_to(request.actor).filter(kind="notice").values("pk")
    rows = Notice.objects.select_related(
        *("work__holder", "work__town", "work__territory", "affected", "document", "closing", "made_by", "figure")
    )
    return get_object_or_404(rows.filter(work__in=seen), pk=pk)


@require_safe
@needs(Permission.LIST_VIEW)
def notice_page(request: Request, pk: int) -> HttpResponse:
    """Opened by the office, the leader, the unit and whoever was affected, until the end."""
    found = visible_notice(request, pk)
    facts = Facts(found.work, request.actor)
    context = _whole(request, found, facts) | _dated(found, facts) | _reported(request, found)
    return page(
        request, "notices/notice.html", context, title=str(found), crumbs=[("督办通知书", reverse("notices:list"))]
    )


def _whole(request: Request, found: Notice, facts: Facts) -> dict[str, Any]:
    actor, work = request.actor, found.work
    proof = frozen_content(found) or {"problems": found.problems, "evidence": found.evidence}
    own = actor.unit_id == work.holder_id and actor.may(Permission.WORK_FILL)
    inside = actor.role in {Role.OFFICE, Role.LEADER}
    return {
        "notice": found,
        "work": work,
        "tone": TONES[work.state],
        "label": label_of(found.trigger, facts.on),
        "moves": moves_shown(moves.open_moves(facts), found, own),
        "seen": facts.steps[-1].pk if facts.steps else 0,
        "proof": proof,
        "evidence": _linked(proof["evidence"], inside),
        "whole": is_whole(found),
        "demands": list(found.demands.all()),
        "history": history(facts.steps),
        "documents": documents_about(found, actor),
        "burden": burden_of(work.holder_id, facts.on) if inside and work.holder_id else None,
        "may_fill": FILLED.get(work.state, "") if own and not actor.may(Permission.WORK_CHECK) else "",
        "stands": inside and still_standing().filter(pk=found.pk).exists(),
        "may_edit": work.state == "draft" and actor.may(Permission.PLAN_MANAGE),
    }


def _linked(lines: list[dict[str, str]], inside: bool) -> list[dict[str, str]]:
    links = links_of(line.get("link", "") for line in lines) if inside else {}
    return [{**line, "url": links.get(line.get("link", ""), "")} for line in lines]


def _dated(found: Notice, facts: Facts) -> dict[str, Any]:
    stages = way_up(found.work, settings_of(facts.on).reminders["notice"], facts.calendar, facts.on)
    return {"ball": ball_of(found, facts.calendar, facts.on), "stages": stages, "terms": terms_of(facts)}


FILLED = {"issued": "notices:plan", "receipted": "notices:plan", "rectifying": "notices:report"}


def _reported(request: Request, found: Notice) -> dict[str, Any]:
    actor, work = request.actor, found.work
    reports = found.reports.select_related("changed_by", "sent_by").prefetch_related("files").order_by("-pk")
    if actor.unit_id != work.holder_id:
        reports = reports.filter(sent_at__isnull=False)
    figure: NoticeFigure | None = getattr(found, "figure", None)
    manages = actor.may(Permission.PLAN_MANAGE)
    planned = work.state not in {"issued", "receipted"} or actor.unit_id == work.holder_id
    return {
        "reports": [
            {
                "row": row,
                "results": [(d, row.results.get(str(d.number), "")) for d in found.demands.all()],
            }
            for row in reports
        ],
        "plan_shown": bool(found.plan_text) and planned,
        "figure": figure,
        "effect": effect_of(figure),
        "may_look": manages and figure is not None and figure.look_on is not None,
        "may_close": actor.may(Permission.DOCUMENT_DRAFT) and work.state == "closed" and found.closing_id is None,
    }


@require_POST
@needs(Permission.DOCUMENT_DRAFT)
def close_out(request: Request, pk: int) -> HttpResponse:
    """The office begins 销号通知; it is gone on with under 公文."""
    found = visible_notice(request, pk)
    try:
        made = closing.draft_close_out(notice=found, by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("notices:notice", pk=pk)
    messages.success(request, "已按整改和核查情况起草,请核对并补充后保存。")
    return redirect("documents:edit", pk=made.pk)


@require_POST
@needs(Permission.PLAN_MANAGE)
def look(request: Request, pk: int) -> HttpResponse:
    """The office takes the figure again."""
    found, text = visible_notice(request, pk), request.POST.get("value", "").strip()

    def change() -> str:
        try:
            value = Decimal(text) if text else None
        except InvalidOperation as wrong:
            raise Refused(f"“{text}”不是数字。") from wrong
        notices.look_again(notice=found, value=value, by=request.actor)
        return "已比对。"

    attempted(request, change)
    return redirect("notices:notice", pk=pk)
