"""The worst lights of many works on one day, as lights.lights() has them; what works share is worked out once.

Many works have the same deadline, milestone or missing reports; words are put only to the light that is shown.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor
from typing import NamedTuple

from spectown.core.lights import Level, Light
from spectown.core.supervision.deadlines import Term
from spectown.core.supervision.lights import (
    PAUSED,
    Facts,
    deadline_light,
    milestone_light,
    open_milestone,
    percent_light,
    planned,
    report_light,
    unreported_light,
)
from spectown.core.supervision.progress import Point, expected
from spectown.core.supervision.settings import Settings
from spectown.core.workdays import Calendar

KEPT = 8192  # answers of each question
PLACES = {level: place for place, level in enumerate(Level)}
YELLOW = PLACES[Level.YELLOW]


class Marks(NamedTuple):
    """What should be done by the day, and the highest whole percent that is red and yellow against it."""

    should: Fraction
    red: int
    yellow: int


class Board:
    """One day under one calendar and one group of settings."""

    def __init__(self, settings: Settings, calendar: Calendar, on: date) -> None:
        """Nothing is worked out yet; each board keeps its own answers."""
        self.settings, self.calendar, self.on = settings, calendar, on
        self.in_force = lru_cache(KEPT)(self._in_force)
        self._deadline = lru_cache(KEPT)(
            lambda term, due, days: deadline_light(term, due, days, settings, calendar, on)
        )
        self._milestone = lru_cache(KEPT)(lambda first: milestone_light(first, settings, calendar, on))
        self._marks = lru_cache(KEPT)(self._marks_of)
        self._report = lru_cache(KEPT)(lambda missing: report_light(missing, settings))

    def worst(self, facts: Facts) -> Light:
        """The worst light; of equal ones the first, as lights.overall() has it. Not for what has ended."""
        due, _ = self.in_force(facts.term)
        if due is None:
            return PAUSED
        found = self._deadline(facts.term, due, facts.yellow_days)
        if facts.milestones:
            found = _worse(found, self._milestone(open_milestone(facts.milestones, self.on)))
        return _worse(self._with_progress(facts, due, found), self._report(facts.missing))

    def _in_force(self, term: Term) -> tuple[date | None, bool]:
        """Deadline in force and whether it is provisional."""
        return term.due(self.calendar, self.on), term.is_provisional(self.calendar, self.on)

    def _with_progress(self, facts: Facts, due: date, found: Light) -> Light:
        if facts.percent is None:
            return _worse(found, unreported_light(asked=facts.asked, settings=self.settings))
        marks = self._marks(facts.start, due, planned(facts.milestones))
        red = facts.percent <= marks.red
        if (red and found.level != Level.RED) or (facts.percent <= marks.yellow and PLACES[found.level] > YELLOW):
            return percent_light(facts.percent, marks.should, self.settings)
        return found

    def _marks_of(self, start: date, due: date, points: tuple[Point, ...]) -> Marks:
        should, behind = expected(start, due, self.on, points), self.settings.behind
        red = should - Fraction(behind.red)
        return Marks(
            should, floor(red) if behind.red_included else ceil(red) - 1, floor(should - Fraction(behind.yellow_from))
        )


def _worse(first: Light, other: Light) -> Light:
    return other if PLACES[other.level] < PLACES[first.level] else first
