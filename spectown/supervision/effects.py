"""What a move does beside the change of state (core.supervision.words.EFFECTS), by name, in the move's transaction."""

from __future__ import annotations

from collections.abc import Mapping

from spectown.supervision.facts import Facts
from spectown.supervision.models import Step
from spectown.supervision.registry import Effect
from spectown.supervision.terms import put_deadline

# Fields are kept since nothing removes them; who has the ball now sees the work on the workbench.
NOTHING_TO_DO = ("keep_fields", "tell_unit", "tell_raiser")


def start_clock(facts: Facts, _step: Step) -> None:
    """From today on it counts: towards the deadline, or from the day on which the work was given out."""
    work = facts.work
    given = facts.kind.given
    work.started_on = facts.on if given else work.started_on or facts.on
    work.anchored_on = facts.on if given else work.deadline
    put_deadline(work, facts.term, facts.calendar, facts.on)


def stop_clock(facts: Facts, step: Step) -> None:
    """Nothing counts and nobody is reminded, until the clock is started again."""
    facts.work.anchored_on = facts.work.paused_on = None
    open_ = facts.work.pauses.filter(until__isnull=True)
    open_.update(until=facts.on, lifted_at=step.at, lifted_by_id=facts.by.person)


SHARED: Mapping[str, Effect] = {"start_clock": start_clock, "stop_clock": stop_clock}


def apply(names: tuple[str, ...], facts: Facts, step: Step) -> None:
    """Carry out the effects of a move. Raises KeyError for one that the kind does not carry out."""
    known = {**SHARED, **facts.kind.effects}
    for name in names:
        if name in known:
            known[name](facts, step)
        elif name not in NOTHING_TO_DO:
            raise KeyError(name)
