"""What an evaluation stands on now: its latest snapshot, results, objections, decisions, as the core takes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Q

from spectown.core.evaluation.consequences import Call
from spectown.core.evaluation.lifecycle import ANSWERED
from spectown.core.evaluation.snapshot import NOW, snapshot_of
from spectown.core.evaluation.snapshot import Snapshot as Taken
from spectown.evaluation.models import Decision, Evaluation, Participant, Reply, Result, Snapshot
from spectown.lib.refusal import Refused
from spectown.organisations.models import Unit


def snapshot_row(evaluation: Evaluation) -> Snapshot:
    """The latest freeze. Raises Refused before the first."""
    found = evaluation.snapshots.order_by("-number").first()
    if found is None:
        raise Refused("数据还没有冻结。")
    return found


def taken(row: Snapshot) -> Taken:
    """The frozen figures as the core takes them."""
    return snapshot_of(row.content)


def result_row(evaluation: Evaluation, stage: str = "") -> Result | None:
    """The latest result of the latest freeze, of a stage or any; None before the first. A final one of an earlier
    round does not count."""
    rows = Result.objects.filter(snapshot__evaluation=evaluation).exclude(Q(stage="final") & ~Q(round=evaluation.round))
    rows = (rows.filter(stage=stage) if stage else rows).order_by("-snapshot__number", "-pk")
    found = rows.select_related("snapshot").first()
    newest = evaluation.snapshots.order_by("-number").values_list("pk", flat=True).first()
    return found if found is not None and found.snapshot_id == newest else None


def elsewhere(evaluation: Evaluation, towns: Sequence[int]) -> dict[str, list[str]]:
    """Which of these towns stand in other evaluations of the year, by their name: in the latest freeze of each, unless
    that was undone, and in what is public of it."""
    found: dict[str, list[str]] = {}
    for other in Evaluation.objects.filter(year=evaluation.year).exclude(pk=evaluation.pk).order_by("pk"):
        latest = other.snapshots.order_by("-number").values_list("pk", flat=True).first()
        counting = {latest} if other.state != "draft" else set()
        counting |= {other.edition.result.snapshot_id} if other.edition else set()
        rows = Participant.objects.filter(snapshot__in=counting - {None}, town__in=towns).order_by("pk")
        if names := list(dict.fromkeys(rows.values_list("name", flat=True))):
            found[other.name] = names
    return found


def correction_reason(evaluation: Evaluation) -> str:
    """Why the edition that is public is, or was last, corrected; empty where none is."""
    rows = evaluation.steps.filter(move="correct").order_by("-pk")
    return rows.values_list("reason", flat=True).first() or ""


def calls_of(result: Result) -> list[Call]:
    """What the result calls for."""
    return [Call(**each) for each in result.content["calls"]]


def first_of(result: Result) -> Result | None:
    """What a final result corrected: the first computation of the same freeze; None for a first one."""
    if result.stage != "final":
        return None
    return Result.objects.filter(snapshot=result.snapshot_id, stage="first").order_by("-pk").first()


def replies_of(evaluation: Evaluation, snapshot: Snapshot | None = None) -> list[Reply]:
    """Objections to figures of a freeze, the latest, that were sent, in the order of answers; each as it stands."""
    rows = Reply.objects.standing().filter(value__participant__snapshot=snapshot or snapshot_row(evaluation))
    rows = rows.exclude(state__in=("drafted", "withdrawn")).select_related(
        "value__participant__town", "raised_by", "sent_by", "answered_by"
    )
    return list(rows.order_by("answered_at", "pk"))


def replies_json(replies: list[Reply]) -> list[dict[str, Any]]:
    """The answered ones as the sealed package has them, each with the figure as it stood before its answer."""
    rows = []
    stands: dict[tuple[str, str, str], str | None] = {}
    for reply in replies:
        value, which = reply.value, reply.which
        key = value.participant.town.code, value.code, which
        before = stands.setdefault(key, _text(value.now if which == NOW else value.last))
        if reply.state in ANSWERED:
            rows.append({"town": key[0], "column": key[1], "which": which, "before": before, **_said(reply)})
        if reply.state == "accepted":
            stands[key] = _text(reply.after)
    return rows


def _said(reply: Reply) -> dict[str, Any]:
    return {
        "asked": _text(reply.asked),
        "after": _text(reply.after),
        "accepted": reply.state == "accepted",
        "text": reply.text,
        "file": reply.name,
        "file_sha256": reply.sha256,
        "page": reply.page_number,
        "answer": reply.answer,
        "unit": reply.value.participant.unit_name,
    }


def _text(number: Decimal | None) -> str | None:
    return None if number is None else f"{number.normalize():f}"


def decisions_of(result: Result) -> Mapping[tuple[str, str], Decision]:
    """The latest decision about each critical town and line, by the town's name."""
    rows = result.decisions.select_related("participant", "made_by").order_by("pk")
    return {(row.participant.name, row.line): row for row in rows}


def decisions_json(result: Result) -> list[dict[str, Any]]:
    """As the sealed package has them."""
    return [
        {"town": town, "line": line, "applies": row.applies, "reason": row.reason, "person": row.person}
        for (town, line), row in decisions_of(result).items()
    ]


def undecided(result: Result) -> list[Call]:
    """Critical towns that nobody has decided about."""
    known = decisions_of(result)
    return [call for call in calls_of(result) if call.critical and (call.town, call.line) not in known]


def units_to_answer(evaluation: Evaluation) -> list[Unit]:
    """Units with towns in the evaluation that in this round neither confirmed nor had an objection answered."""
    snapshot = snapshot_row(evaluation)
    concerned = Participant.objects.filter(snapshot=snapshot, unit__isnull=False)
    told = set(snapshot.confirmations.filter(round=evaluation.round).values_list("unit_id", flat=True))
    answered = Reply.objects.filter(value__participant__snapshot=snapshot, state__in=ANSWERED, round=evaluation.round)
    told |= set(answered.values_list("value__participant__unit_id", flat=True))
    rows = Unit.objects.filter(pk__in=concerned.values("unit")).exclude(pk__in=told)
    return list(rows.order_by("order", "code"))
