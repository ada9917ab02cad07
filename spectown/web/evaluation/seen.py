"""What of an evaluation a person sees, and the way between its pages."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from spectown.accounts.permissions import Permission, Role
from spectown.core.evaluation.lifecycle import PUBLIC_STATES
from spectown.evaluation.models import Evaluation, Participant, Result, ResultRow, Snapshot
from spectown.evaluation.standing import result_row
from spectown.organisations.actors import Actor
from spectown.web.http import Crumb, Request

TONES = {
    "draft": "neutral",
    "frozen": "blue",
    "computed": "blue",
    "replies": "yellow",
    "settled": "blue",
    "final": "yellow",
    "signed": "blue",
    "published": "green",
    "closed": "green",
}
REPLY_TONES = {"drafted": "neutral", "sent": "yellow", "accepted": "green", "refused": "red", "withdrawn": "neutral"}
STATE_TONES = {"certified": "green", "partly": "yellow", "reported": "yellow", "derived": "blue", "corrected": "blue"}


def visible(request: Request, year: int) -> Evaluation:
    """The evaluation; 404 where the actor may not see it."""
    rows = Evaluation.objects.visible_to(request.actor).select_related("made_by", "report", "commendation")
    return get_object_or_404(rows, year=year)


def is_inside(actor: Actor) -> bool:
    """True for the office and the leading group, who see all of it at all times."""
    return actor.role in {Role.OFFICE, Role.LEADER}


def sees_all(actor: Actor, evaluation: Evaluation) -> bool:
    """True where the actor sees all towns: inside always, others once the result is published."""
    return is_inside(actor) or evaluation.state in PUBLIC_STATES


def latest_snapshot(evaluation: Evaluation) -> Snapshot | None:
    """The latest freeze, None before the first."""
    return evaluation.snapshots.order_by("-number").first()


def participants(request: Request, evaluation: Evaluation) -> list[Participant]:
    """Towns of the latest freeze that the actor sees."""
    snapshot = latest_snapshot(evaluation)
    if snapshot is None:
        return []
    rows = Participant.objects.filter(snapshot=snapshot).select_related("town", "unit")
    return list(rows if sees_all(request.actor, evaluation) else rows.of(request.actor))


def shown_result(evaluation: Evaluation) -> Result:
    """The latest result. Raises Http404 before the first."""
    found = result_row(evaluation)
    if found is None:
        raise Http404("还没有测算结果")
    return found


def rows_of(result: Result) -> list[ResultRow]:
    """All towns of a result, the best first, those without a rank last."""
    rows = list(result.rows.select_related("participant__town"))
    return sorted(rows, key=lambda row: (row.rank or len(rows) + 1, row.pk))


def way(evaluation: Evaluation | None = None) -> list[Crumb]:
    """The way back: to the list, and to the evaluation where it is given."""
    above: list[Crumb] = [("年度评估", reverse("evaluation:list"))]
    if evaluation is None:
        return above
    return [*above, (evaluation.name, reverse("evaluation:process", args=[evaluation.year]))]


def tabs(request: Request, evaluation: Evaluation, active: str) -> list[dict[str, Any]]:
    """The pages of an evaluation that the actor may open now."""
    actor, snapshot = request.actor, latest_snapshot(evaluation)
    has_result = snapshot is not None and snapshot.results.exists()
    everything = sees_all(actor, evaluation)
    replying = actor.may(Permission.EVALUATION_REPLY) or actor.may(Permission.EVALUATION_SEND)
    shown = (
        ("process", "办理", True),
        ("scheme", "评估方案", True),
        ("entries", "加减分和否决", actor.may(Permission.EVALUATION_MANAGE)),
        ("league", "名次", has_result and everything),
        ("replies", "意见", has_result and (replying or is_inside(actor))),
        ("decisions", "临界决定", has_result and is_inside(actor)),
        ("playground", "权重试算", has_result and is_inside(actor)),
        ("trend", "历年名次", has_result and everything),
    )
    return [
        {"label": label, "url": reverse(f"evaluation:{name}", args=[evaluation.year]), "active": name == active}
        for name, label, is_open in shown
        if is_open
    ]
