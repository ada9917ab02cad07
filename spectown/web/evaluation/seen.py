"""What of an evaluation a person sees, and the way between its pages."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from spectown.accounts.permissions import Permission, Role
from spectown.core.evaluation.lifecycle import IN_REPLY
from spectown.evaluation.models import Evaluation, Participant, Result, ResultRow, Snapshot
from spectown.evaluation.standing import correction_reason, result_row
from spectown.organisations.actors import Actor
from spectown.web.http import Crumb, Request

TONES = {
    "draft": "neutral",
    "frozen": "blue",
    "computed": "blue",
    "replies": "yellow",
    "settled": "blue",
    "returned": "red",
    "final": "yellow",
    "signed": "blue",
    "published": "green",
    "closed": "green",
}
REPLY_TONES = {"drafted": "neutral", "sent": "yellow", "accepted": "green", "refused": "red", "withdrawn": "neutral"}
STATE_TONES = {"certified": "green", "partly": "yellow", "reported": "yellow", "derived": "blue", "corrected": "blue"}


def visible(request: Request, key: str) -> Evaluation:
    """The evaluation; 404 where the actor may not see it."""
    rows = Evaluation.objects.visible_to(request.actor).select_related("made_by", "report", "commendation")
    return get_object_or_404(rows.keyed(key))


def is_inside(actor: Actor) -> bool:
    """True for the office and the leading group, who see all of it at all times."""
    return actor.role in {Role.OFFICE, Role.LEADER}


def sees_all(actor: Actor, evaluation: Evaluation) -> bool:
    """True where the actor sees all towns: inside always, others once an edition is public."""
    return is_inside(actor) or evaluation.edition is not None


def latest_snapshot(evaluation: Evaluation) -> Snapshot | None:
    """The latest freeze, None before the first."""
    return evaluation.snapshots.order_by("-number").first()


def sees_work(actor: Actor, evaluation: Evaluation) -> bool:
    """True where the actor sees what is being worked on: inside always, counties from the reply to the sign-off."""
    return is_inside(actor) or evaluation.state in IN_REPLY


def shown_snapshot(actor: Actor, evaluation: Evaluation) -> Snapshot | None:
    """The freeze that the actor's own towns are shown with: the latest, or that of the public edition."""
    if sees_work(actor, evaluation) or evaluation.edition is None:
        return latest_snapshot(evaluation)
    return evaluation.edition.result.snapshot


def participants(request: Request, evaluation: Evaluation) -> list[Participant]:
    """Towns that the actor sees: inside those of the latest freeze; else those of the public edition, before there is
    one the own."""
    edition, rows = evaluation.edition, Participant.objects.select_related("town", "unit")
    if edition is not None and not is_inside(request.actor):
        return list(rows.filter(snapshot=edition.result.snapshot_id))
    snapshot = latest_snapshot(evaluation)
    if snapshot is None:
        return []
    rows = rows.filter(snapshot=snapshot)
    return list(rows if is_inside(request.actor) else rows.of(request.actor))


def found_town(request: Request, evaluation: Evaluation, code: str) -> tuple[Participant, Result]:
    """A town and the result that the actor sees of it: of the own the one being worked on. Raises Http404."""
    rows = Participant.objects.select_related("town", "unit").filter(town__code=code)
    asked = chosen_result(request, evaluation)
    if asked is not None:
        return get_object_or_404(rows, snapshot=asked.snapshot_id), asked
    working = result_row(evaluation) if sees_work(request.actor, evaluation) else None
    if working is not None:
        mine = rows.filter(snapshot=working.snapshot_id)
        own = (mine if is_inside(request.actor) else mine.of(request.actor)).first()
        if own is not None:
            return own, working
    if evaluation.edition is None:
        raise Http404("没有这个专业镇,或者结果还没有公布")
    return get_object_or_404(rows, snapshot=evaluation.edition.result.snapshot_id), evaluation.edition.result


def shown_result(request: Request, evaluation: Evaluation) -> Result:
    """The result of all towns that the actor sees: inside the latest, or an older one that is asked for; others that
    of the public edition. Raises Http404 where there is none."""
    asked = chosen_result(request, evaluation)
    public = evaluation.edition.result if evaluation.edition else None
    found = asked or (result_row(evaluation) if is_inside(request.actor) else public)
    if found is None:
        raise Http404("还没有测算结果,或者结果还没有公布")
    return found


def chosen_result(request: Request, evaluation: Evaluation) -> Result | None:
    """The result that `?result=` asks for, for those inside; None where none is asked for. Raises Http404."""
    asked = request.GET.get("result", "")
    if not asked or not is_inside(request.actor):
        return None
    rows = Result.objects.filter(snapshot__evaluation=evaluation).select_related("snapshot")
    return get_object_or_404(rows, pk=int(asked) if asked.isdecimal() and len(asked) < 12 else 0)


def shown_scheme(request: Request, evaluation: Evaluation) -> Snapshot | Evaluation:
    """Where the scheme stands by which the actor reads it: the freeze that is shown, before one the evaluation."""
    asked = chosen_result(request, evaluation)
    if asked is not None:
        return asked.snapshot
    if evaluation.state == "draft" and sees_work(request.actor, evaluation):
        return evaluation
    return shown_snapshot(request.actor, evaluation) or evaluation


def superseded(evaluation: Evaluation, *results: Result) -> list[str]:
    """What has taken the place of each result, in words; empty where it is the one in force."""
    latest = latest_snapshot(evaluation)
    counting = {found.pk for stage in ("first", "final") if (found := result_row(evaluation, stage))}
    said = []
    for result in results:
        what = f"第 {result.round} 轮的{result.get_stage_display()}结果"
        if latest is not None and result.snapshot_id != latest.pk:
            said.append(f"这是第 {result.snapshot.number} 次冻结、{what},已被后来的冻结取代。")
        elif result.pk not in counting:
            said.append(f"这是{what},已被后来的结果取代。")
        else:
            back = evaluation.state == "returned" and result.stage == "final"
            said.append(f"这是{what},已退回,待重新办理。" if back else "")
    return said


def marked(request: Request, evaluation: Evaluation, result: Result) -> str:
    """What the page of a result says above it: superseded, returned, or being corrected; empty where it is in force."""
    if is_inside(request.actor):
        return superseded(evaluation, result)[0]
    edition = evaluation.edition
    if edition is None or not evaluation.is_corrected:
        return ""
    if result.pk != edition.result_id:
        return f"公布的第 {edition.number} 版正在更正,这里是更正中的数。"
    return f"这是公布的第 {edition.number} 版,正在更正:{correction_reason(evaluation)}"


def rows_of(result: Result) -> list[ResultRow]:
    """All towns of a result, the best first, those without a rank last."""
    rows = list(result.rows.select_related("participant__town"))
    return sorted(rows, key=lambda row: (row.rank or len(rows) + 1, row.pk))


def way(evaluation: Evaluation | None = None) -> list[Crumb]:
    """The way back: to the list, and to the evaluation where it is given."""
    above: list[Crumb] = [("年度评估", reverse("evaluation:list"))]
    if evaluation is None:
        return above
    return [*above, (evaluation.name, reverse("evaluation:process", args=[evaluation.key]))]


def tabs(request: Request, evaluation: Evaluation, active: str) -> list[dict[str, Any]]:
    """The pages of an evaluation that the actor may open now."""
    actor, snapshot = request.actor, shown_snapshot(request.actor, evaluation)
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
        {"label": label, "url": reverse(f"evaluation:{name}", args=[evaluation.key]), "active": name == active}
        for name, label, is_open in shown
        if is_open
    ]
