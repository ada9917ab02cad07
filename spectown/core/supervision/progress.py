"""Expected progress and the word for what was reported (已完成、超进度、达进度、欠进度)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

WHOLE = Fraction(100)


class Word(StrEnum):
    """How reported progress stands to the plan."""

    DONE = "done"
    AHEAD = "ahead"
    ON_TIME = "on_time"
    BEHIND = "behind"
    UNREPORTED = "unreported"

    @property
    def label(self) -> str:
        """Chinese label for the screen."""
        return _LABELS[self]


_LABELS = {
    Word.DONE: "已完成",
    Word.AHEAD: "超进度",
    Word.ON_TIME: "达进度",
    Word.BEHIND: "欠进度",
    Word.UNREPORTED: "未报",
}


class Point(NamedTuple):
    """A planned percentage (0 to 100) for a day."""

    day: date
    percent: int


def expected(start: date, due: date, on: date, points: Sequence[Point] = ()) -> Fraction:
    """Percent (0 to 100) that should be done by the end of a day: straight lines through the planned points.

    Points outside (start, due) or below an earlier one are left out: a plan does not go backwards.
    """
    return _expected(start, due, on, tuple(points))


@lru_cache(maxsize=8192)
def _expected(start: date, due: date, on: date, points: tuple[Point, ...]) -> Fraction:
    """Kept, since many measures run from the same day to the same day."""
    if on >= due:
        return WHOLE
    if on <= start:
        return Fraction(0)
    (before, low), (after, high) = _around(_line(start, due, points), on)
    return low + (high - low) * Fraction((on - before).days, (after - before).days)


def _line(start: date, due: date, points: Sequence[Point]) -> list[tuple[date, Fraction]]:
    line = [(start, Fraction(0))]
    for point in sorted(points, key=lambda each: (each.day, each.percent)):
        if line[-1][0] < point.day < due and line[-1][1] <= point.percent <= WHOLE:
            line.append((point.day, Fraction(point.percent)))
    return [*line, (due, WHOLE)]


def _around(line: list[tuple[date, Fraction]], on: date) -> tuple[tuple[date, Fraction], tuple[date, Fraction]]:
    return next((left, right) for left, right in pairwise(line) if left[0] <= on < right[0])


def word(percent: int | None, should: Fraction, tolerance: int) -> Word:
    """The word for a reported percentage against the expected one; tolerance in points."""
    if percent is None:
        return Word.UNREPORTED
    if percent >= WHOLE:
        return Word.DONE
    if percent > should and percent - should >= tolerance:
        return Word.AHEAD
    return Word.BEHIND if should - percent > tolerance else Word.ON_TIME
