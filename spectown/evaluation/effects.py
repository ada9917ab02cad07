"""What a move of an evaluation does beside the change of state, by name, in the move's transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils import timezone

from spectown.core.evaluation.sealing import canonical, digest
from spectown.core.evaluation.table import Unusable
from spectown.core.evaluation.verifying import corrections_of
from spectown.evaluation.computing import compute
from spectown.evaluation.gathering import gather
from spectown.evaluation.models import Evaluation, Participant, Publication, Snapshot, SnapshotValue
from spectown.evaluation.packaging import keep_package
from spectown.evaluation.papers import draft_papers
from spectown.evaluation.standing import correction_reason, replies_json, replies_of, result_row, snapshot_row
from spectown.evaluation.telling import tell_counties, tell_leaders, tell_office
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.plans.calendar import stored_calendar

Effect = Callable[[Evaluation, Actor], None]


def _take_snapshot(evaluation: Evaluation, by: Actor) -> None:
    found = gather(evaluation, timezone.localdate())
    content = found.snapshot.plain()
    row = Snapshot.objects.create(
        evaluation=evaluation,
        number=evaluation.snapshots.count() + 1,
        content=content,
        scheme=evaluation.scheme,
        sha256=digest(canonical(content)),
        made_by_id=by.person,
    )
    pairs = list(zip(found.towns, found.snapshot.participants, strict=True))
    people = Participant.objects.bulk_create(
        Participant(
            snapshot=row,
            town=town,
            unit=town.responsible_unit,
            name=each.name,
            unit_name=each.unit,
            category=each.category,
            group=each.group,
            level=each.level,
        )
        for town, each in pairs
    )
    by_code = {town.code: person for (town, _), person in zip(pairs, people, strict=True)}
    SnapshotValue.objects.bulk_create(
        SnapshotValue(
            participant=by_code[each.town],
            code=each.column,
            now=each.now,
            last=each.last,
            reported=each.reported,
            state=each.state,
            source=each.source,
        )
        for each in found.snapshot.figures
    )


def _compute_first(evaluation: Evaluation, by: Actor) -> None:
    _computed(evaluation, "first", by)


def _compute_final(evaluation: Evaluation, by: Actor) -> None:
    _computed(evaluation, "final", by)


def _computed(evaluation: Evaluation, stage: str, by: Actor) -> None:
    corrections = corrections_of(replies_json(replies_of(evaluation))) if stage == "final" else []
    try:
        compute(evaluation, stage, corrections, by)
    except Unusable as fault:
        raise Refused(str(fault)) from fault


def _start_clock(evaluation: Evaluation, by: Actor) -> None:
    days = snapshot_row(evaluation).rules.reply.days
    evaluation.reply_until = stored_calendar().add(timezone.localdate(), days)


def _begin_round(evaluation: Evaluation, _by: Actor) -> None:
    evaluation.round += 1


def _make_public(evaluation: Evaluation, by: Actor) -> None:
    """A new edition; what was drafted after the former one stays in the register."""
    result, package = result_row(evaluation, "final"), evaluation.package
    if result is None or package is None:
        raise Refused("没有终算结果或封存包,不能公布。")
    number = evaluation.publications.count() + 1
    Publication.objects.create(
        evaluation=evaluation,
        number=number,
        result=result,
        package=package,
        reason=correction_reason(evaluation),
        made_by_id=by.person,
    )
    evaluation.__dict__.pop("edition", None)
    evaluation.report = evaluation.commendation = None


EFFECTS: Mapping[str, Effect] = {
    "take_snapshot": _take_snapshot,
    "compute_first": _compute_first,
    "start_clock": _start_clock,
    "tell_counties": tell_counties,
    "tell_leaders": tell_leaders,
    "tell_office": tell_office,
    "begin_round": _begin_round,
    "make_public": _make_public,
    "compute_final": _compute_final,
    "seal": keep_package,
    "draft_papers": draft_papers,
}
