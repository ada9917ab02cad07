"""What a move does beside the change of state (core.supervision.words.EFFECTS), by name, in the move's transaction."""

from __future__ import annotations

from collections.abc import Mapping

from spectown.core.supervision.reminders import Level
from spectown.outbox.posting import Posting, post
from spectown.supervision.facts import Facts
from spectown.supervision.models import Step
from spectown.supervision.receivers import line_on
from spectown.supervision.registry import Effect
from spectown.supervision.terms import put_deadline

# Fields are kept since nothing removes them; whoever raised it sees the answer on the workbench.
NOTHING_TO_DO = ("keep_fields", "tell_raiser")
HANDED = {"measure": "finish", "notice": "report"}  # move by which the unit hands in its result
MOVED = "work.moved"  # kind of the message


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


def give_back(facts: Facts, step: Step) -> None:
    """The working days that the result lay with others are added after the deadline; then the clock starts again."""
    handed = next((each for each in reversed(facts.steps) if each.move == HANDED[facts.kind.code]), None)
    if handed is None:
        return
    facts.work.pauses.create(
        since=handed.on,
        until=facts.on,
        reason="核查、核实、确认期间不计入期限",
        made_by_id=facts.by.person,
        lifted_at=step.at,
        lifted_by_id=facts.by.person,
    )
    facts.__dict__.pop("term", None)  # read again with this pause in it


def tell_unit(facts: Facts, step: Step) -> None:
    """Those of the unit who fill in and check get a message; where there is none, the office with a note."""
    work = facts.work
    if work.holder_id is None:
        return
    told = line_on(facts.on, work.holder_id).told(work.holder_id, Level.HOLDER)
    users: list[tuple[int | None, int | None]] = [*told.users.items()] or [(None, work.holder_id)]
    said = {"step": step.pk, "holder": work.holder_id}
    post(
        Posting(user, MOVED, work.pk, f"step:{step.pk}", said, unit_id=unit, meant_for=told.meant, note=told.note)
        for user, unit in users
        if user != facts.by.user_id
    )


SHARED: Mapping[str, Effect] = {
    "start_clock": start_clock,
    "stop_clock": stop_clock,
    "give_back": give_back,
    "tell_unit": tell_unit,
}


def apply(names: tuple[str, ...], facts: Facts, step: Step) -> None:
    """Carry out the effects of a move. Raises KeyError for one that the kind does not carry out."""
    known = {**SHARED, **facts.kind.effects}
    for name in names:
        if name in known:
            known[name](facts, step)
        elif name not in NOTHING_TO_DO:
            raise KeyError(name)
