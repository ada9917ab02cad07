"""Moves of a case, as the table of its kind of round allows them."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from spectown.audit import services as audit
from spectown.certification.models import HEAVY
from spectown.core.workflow import Attempt, Move
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.rounds import effects
from spectown.rounds.conditions import Asked
from spectown.rounds.course import doers_of, table_of
from spectown.rounds.facts import Facts
from spectown.rounds.models import Case, Step


def refusals(*, case: Case, code: str, by: Actor, reason: str = "", facts: Facts | None = None) -> list[str]:
    """Why the actor cannot make the move now; empty = can. Pages show the same beside the button."""
    facts = facts or Facts(case)
    facts.move = code
    return table_of(case).refusals(code, case.state, _attempt(facts, by, reason))


def open_moves(*, case: Case, by: Actor, facts: Facts | None = None) -> list[tuple[Move, list[str]]]:
    """Moves from the present state that the role may make, each with what still stands against it."""
    facts, table = facts or Facts(case), table_of(case)
    attempt = _attempt(facts, by, "")
    found: list[tuple[Move, list[str]]] = []
    for move in table.moves:
        if case.state in move.sources and move.permission in attempt.permissions:
            facts.move = move.code
            found.append((move, table.refusals(move.code, case.state, attempt, asking=True)))
    return found


@transaction.atomic
def move(*, case: Case, code: str, by: Actor, reason: str = "") -> Step:
    """Make a move with its effects. Raises Refused with everything that stands against it."""
    found, reason = locked(case, by), reason.strip()
    facts, chosen = Facts(found), table_of(found).move(code)
    reasons = refusals(case=found, code=code, by=by, reason=reason, facts=facts)
    if reasons:
        raise Refused("".join(reasons))
    before = found.state
    found.state, found.since = chosen.target, facts.on
    if code == "county_submit" and found.sent_at is None:
        found.sent_at = timezone.now()
    found.save(update_fields=["state", "since", "sent_at"])
    step = Step.objects.create(
        case=found,
        move=code,
        label=chosen.label,
        state=chosen.target,
        on=facts.on,
        by_id=by.person,
        unit_name=by.unit_name[:100],
        reason=reason,
        version=facts.version,
    )
    effects.apply(chosen.effects, facts, step, by)
    _settle(found)
    audit.record(
        by=by, action=f"case.{code}", obj=found, before={"state": before}, after={"state": found.state}, reason=reason
    )
    return step


def _settle(case: Case) -> None:
    """Note with the application whether its case has come to an end: then the unit may hand in another one."""
    at_end = not any(case.state in move.sources for move in table_of(case).moves)
    case.application.settled_at = timezone.now() if at_end else None
    case.application.save(update_fields=["settled_at"])


def locked(case: Case, by: Actor) -> Case:
    """The case, locked for a change. Raises Refused outside the scope."""
    found = (
        Case.objects.filter(pk__in=Case.objects.visible_to(by).values("pk"), pk=case.pk)
        .select_for_update(of=("self",))
        .select_related("round", "rules", "application__version", "application__unit", "unit")
        .defer(*(f"application__{name}" for name in HEAVY))
        .first()
    )
    if found is None:
        raise Refused("没有这件申报,或者它不在您的范围内。")
    return found


def _attempt(facts: Facts, by: Actor, reason: str) -> Attempt:
    held = frozenset(str(permission) for permission in by.permissions)
    return Attempt(held, by.user_id, doers_of(facts.case, facts.steps), reason, Asked(facts))
