"""Reminders up the line: an anchor day, steps before and after it, and which one is to be sent today."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from spectown.core.workdays import Calendar


class Level(StrEnum):
    """Who is told, up the line."""

    HOLDER = "holder"
    UNIT = "unit"
    OFFICE = "office"
    LEADER = "leader"

    @property
    def label(self) -> str:
        """Chinese label for the screen."""
        return _LABELS[self]


_LABELS = {
    Level.HOLDER: "承办人",
    Level.UNIT: "单位负责人",
    Level.OFFICE: "领导小组办公室",
    Level.LEADER: "领导小组",
}


class Unit(StrEnum):
    """What an offset counts."""

    WORKDAYS = "workdays"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class Step:
    """One reminder: so many days before (negative) or after the anchor, to a level."""

    code: str
    offset: int
    unit: Unit
    level: Level

    def day(self, anchor: date, calendar: Calendar) -> date:
        """The working day on which the step comes due; a day off before the anchor moves on like any other."""
        if self.unit is Unit.DAYS:
            return calendar.roll(anchor + timedelta(self.offset))
        if self.offset >= 0:
            return calendar.add(anchor, self.offset)
        return _back(anchor, -self.offset, calendar)


def _back(day: date, count: int, calendar: Calendar) -> date:
    while count:
        day -= timedelta(1)
        count -= calendar.is_workday(day)
    return day


def event(name: date, step: Step) -> str:
    """Name of the reminder, one for all time: an extension is a new anchor, a changed calendar is not."""
    return f"{name.isoformat()}:{step.code}"


@lru_cache(maxsize=8192)
def come(anchor: date, steps: tuple[Step, ...], calendar: Calendar, on: date) -> tuple[int, date] | None:
    """Place and day of the last step whose day has come; None on days off and before the first.

    Kept, since many works share a day: a hundred thousand of them have a few hundred anchors.
    """
    if not calendar.is_workday(on):
        return None
    days = [(place, day) for place, step in enumerate(steps) if (day := step.day(anchor, calendar)) <= on]
    return days[-1] if days else None


def to_send(
    anchor: date,
    steps: Sequence[Step],
    sent: Collection[str],
    calendar: Calendar,
    on: date,
    given: date | None = None,
    name: date | None = None,
) -> Step | None:
    """The step to be sent on a day, None where there is none; `sent`: events sent so far.

    The last step whose day has come, unless it or a later one was sent; earlier ones that were missed are left out.
    Steps whose day is not after `given`, the day on which the work was given out, are left out too: who gets work late
    is not reminded of it at once. Nothing on days off. `name`: the anchor before days off moved it (Term.named), by
    which events are told apart; the anchor itself where the calendar has no part in it.
    """
    found = come(anchor, tuple(steps), calendar, on)
    if found is None or (given is not None and found[1] <= given):
        return None
    later = steps[found[0] :]
    return None if any(event(name or anchor, step) in sent for step in later) else later[0]
