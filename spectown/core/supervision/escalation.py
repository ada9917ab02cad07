"""蓝→黄→红 up the line: the days on which a notice is taken one level higher. Prose: docs/algorithms/notices.md."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from spectown.core.lights import Level as Colour
from spectown.core.supervision.reminders import Level, Step, event
from spectown.core.workdays import Calendar

COLOURS = {"blue": Colour.BLUE, "yellow": Colour.YELLOW, "red": Colour.RED, "top": Colour.RED}
WORDS = {"blue": "临期", "yellow": "逾期", "red": "逾期严重", "top": "逾期严重"}


@dataclass(frozen=True, slots=True)
class Stage:
    """One level of the way up: its colour and word, who is told, from which day on, whether that has come."""

    code: str
    colour: Colour
    word: str
    level: Level
    day: date
    come: bool
    sent: bool


def stages(anchor: date, steps: Sequence[Step], sent: Collection[str], calendar: Calendar, on: date) -> list[Stage]:
    """All stages of a deadline as seen on a day."""
    found = []
    for step in steps:
        day = step.day(anchor, calendar)
        colour, word = COLOURS.get(step.code, Colour.RED), WORDS.get(step.code, "逾期")
        found.append(Stage(step.code, colour, word, step.level, day, day <= on, event(anchor, step) in sent))
    return found


def red_above(steps: Sequence[Step]) -> int:
    """Up to how many working days overdue the light stays yellow; 0: red from the first."""
    red = next((step.offset for step in steps if COLOURS.get(step.code) is Colour.RED), 1)
    return max(red - 1, 0)
