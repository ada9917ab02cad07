"""Moves of an evaluation, as core.evaluation.lifecycle.EVALUATION allows them."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from spectown.audit import services as audit
from spectown.core.evaluation.lifecycle import EVALUATION
from spectown.core.evaluation.sealing import canonical, digest
from spectown.core.workflow import Attempt, Move
from spectown.evaluation.conditions import Asked
from spectown.evaluation.effects import EFFECTS
from spectown.evaluation.models import Evaluation, EvaluationStep
from spectown.evaluation.standing import snapshot_row
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.plans.models import PlanVersion


def refusals(*, evaluation: Evaluation, code: str, by: Actor, reason: str = "", asking: bool = False) -> list[str]:
    """Why the actor cannot make the move now; empty = can. Pages show the same beside the button."""
    attempt = Attempt(_held(by), by.user_id, _doers(evaluation), reason, Asked(evaluation))
    if evaluation.state not in EVALUATION.move(code).sources:  # nothing else is worth a query
        attempt = Attempt(_held(by), by.user_id, {}, reason, {})
    return EVALUATION.refusals(code, evaluation.state, attempt, asking=asking)


def open_moves(*, evaluation: Evaluation, by: Actor) -> list[tuple[Move, list[str]]]:
    """Moves from the present state that the role may make, each with what still stands against it."""
    mine = [m for m in EVALUATION.moves if evaluation.state in m.sources and by.may(m.permission)]
    return [(move, refusals(evaluation=evaluation, code=move.code, by=by, asking=True)) for move in mine]


@transaction.atomic
def move(*, evaluation: Evaluation, code: str, by: Actor, reason: str = "") -> Evaluation:
    """Make a move with its effects. Raises Refused with everything that stands against it."""
    found = _locked(evaluation)
    if found is None or not Evaluation.objects.visible_to(by).filter(pk=evaluation.pk).exists():
        raise Refused("没有这一年度的评估,或者它不在您的范围内。")
    reason, chosen = reason.strip(), EVALUATION.move(code)
    if reasons := refusals(evaluation=found, code=code, by=by, reason=reason):
        raise Refused("".join(reasons))
    before, found.state, found.since = found.state, chosen.target, timezone.localdate()
    for effect in chosen.effects:
        EFFECTS[effect](found, by)
    found.save()
    EvaluationStep.objects.create(
        evaluation=found,
        move=code,
        label=chosen.label,
        state=found.state,
        reason=reason,
        unit_name=by.unit_name[:100],
        made_by_id=by.person,
    )
    after = {"state": found.state} | _hashes(found, code)
    audit.record(by=by, action=f"evaluation.{code}", obj=found, before={"state": before}, after=after, reason=reason)
    return found


def _locked(evaluation: Evaluation) -> Evaluation | None:
    """With the others of the year, in one order: no two of them freeze the same town, no scheme changes meanwhile."""
    list(PlanVersion.objects.select_for_update().filter(is_current=True).values_list("pk", flat=True))
    rows = Evaluation.objects.select_for_update().filter(year=evaluation.year).order_by("pk")
    return next((row for row in rows if row.pk == evaluation.pk), None)


def _hashes(evaluation: Evaluation, code: str) -> dict[str, str]:
    """What the log says of what was frozen or sealed."""
    if code == "freeze":
        row = snapshot_row(evaluation)
        return {"snapshot_sha256": row.sha256, "scheme_sha256": digest(canonical(row.scheme))}
    return {"package_sha256": evaluation.package.sha256} if code == "sign" and evaluation.package else {}


def _held(by: Actor) -> frozenset[str]:
    return frozenset(str(permission) for permission in by.permissions)


def _doers(evaluation: Evaluation) -> dict[str, int | None]:
    """Who made each move last."""
    steps = evaluation.steps.order_by("pk").values_list("move", "made_by_id")
    return dict(steps)
