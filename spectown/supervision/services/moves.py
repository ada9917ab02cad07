"""Moves of dated work, as the table of its kind allows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from spectown.audit import services as audit
from spectown.core.workflow import Attempt, Move
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.supervision import effects
from spectown.supervision.conditions import Asked
from spectown.supervision.facts import Facts
from spectown.supervision.lighting import relight
from spectown.supervision.models import Step, Work
from spectown.supervision.settings import settings_of


def refusals(facts: Facts, code: str, reason: str = "", *, asking: bool = False) -> list[str]:
    """Why the person cannot make the move now; empty = can. `asking`: neither reason nor values are given yet."""
    facts.move, facts.asking = code, asking
    return facts.kind.table.refusals(code, facts.work.state, _attempt(facts, reason), asking=asking)


def open_moves(facts: Facts) -> list[tuple[Move, list[str]]]:
    """Moves from the present state that the role may make, each with what still stands against it."""
    found = []
    for move in facts.kind.table.moves:
        if facts.work.state in move.sources and facts.by.may(move.permission):
            found.append((move, refusals(facts, move.code, asking=True)))
    return found


@transaction.atomic
def move(
    *,
    work: Work,
    code: str,
    by: Actor,
    reason: str = "",
    values: Mapping[str, Any] | None = None,
    seen: int | None = None,
) -> Step:
    """Make a move with its effects. Raises Refused with everything that stands against it.

    `values`: what the move fills in (registry.Kind.fills). `seen`: number of the last step that the person saw (0 =
    none); where another was made since, it is refused with who was first.
    """
    facts = Facts(locked(work, by), by, code, values)
    _require(facts, code, reason.strip(), seen)
    before, chosen = facts.work.state, facts.kind.table.move(code)
    step = _stepped(facts, chosen, reason.strip())
    if facts.kind.write:
        facts.kind.write(facts, step)
    effects.apply(chosen.effects, facts, step)
    facts.work.save()
    relight([facts.work], settings_of(facts.on), facts.calendar, facts.on)
    after = {"state": facts.work.state, **{name: _told(value) for name, value in facts.values.items()}}
    audit.record(
        by=by,
        action=f"{facts.kind.code}.{code}",
        obj=facts.work,
        before={"state": before},
        after=after,
        reason=step.reason,
    )
    return step


def move_many(
    *, works: list[Work], code: str, by: Actor, reason: str = ""
) -> tuple[list[Step], list[tuple[Work, str]]]:
    """Make one move with many works, each on its own; say which were refused and why."""
    made, refused = [], []
    for work in works:
        try:
            made.append(move(work=work, code=code, by=by, reason=reason))
        except Refused as refusal:
            refused.append((work, str(refusal)))
    return made, refused


def locked(work: Work, by: Actor) -> Work:
    """The work, locked for a change. Raises Refused where the person does not see it."""
    rows = Work.objects.filter(pk__in=Work.objects.visible_to(by).filter(pk=work.pk).values("pk"))
    found = rows.select_for_update(of=("self",)).select_related("holder").first()
    if found is None:
        raise Refused("没有这件工作,或者它不归您看。")
    return found


def last_step(work: Work) -> int:
    """Number of the last step, 0 = none: a form carries it, so that two people who answer at once are noticed."""
    return work.steps.order_by("-pk").values_list("pk", flat=True).first() or 0


def _require(facts: Facts, code: str, reason: str, seen: int | None) -> None:
    unknown = set(facts.values) - facts.kind.fills.get(code, frozenset())
    if unknown:
        raise Refused("这一步不能填写别的内容。")
    last = facts.steps[-1] if facts.steps else None
    late = seen is not None and seen != (last.pk if last else 0)
    elsewhere = facts.work.state not in facts.kind.table.move(code).sources
    reasons = refusals(facts, code, reason)
    if late or reasons:
        first = f"{_who(last)},请看现在的内容后再办理。" if last and (late or elsewhere) else ""
        raise Refused("".join([first, *reasons]))


def _who(step: Step) -> str:
    at = timezone.localtime(step.at).strftime("%Y-%m-%d %H:%M")
    unit = f"({step.unit_name})" if step.unit_name else ""
    return f"{step.by.name}{unit}已于 {at} 办理“{step.label}”"


def _stepped(facts: Facts, chosen: Move, reason: str) -> Step:
    work, on = facts.work, facts.on
    work.state, work.since = chosen.target, on
    work.ended_on = on if chosen.target in facts.kind.ends else None
    made = {"move": chosen.code, "label": chosen.label, "state": chosen.target, "on": on, "reason": reason}
    return Step.objects.create(work=work, by_id=facts.by.person, unit_name=facts.by.unit_name[:100], **made)


def _attempt(facts: Facts, reason: str) -> Attempt:
    held = frozenset(str(permission) for permission in facts.by.permissions)
    return Attempt(held, facts.by.user_id, facts.doers, reason, Asked(facts))


def _told(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [_told(each) for each in value]
    return str(value) if isinstance(value, models.Model) else value
