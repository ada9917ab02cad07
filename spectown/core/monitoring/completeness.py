"""Who has reported (报送情况): complete and in time, by any grouping; the list to read out in the meeting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

import numpy as np

from spectown.core.monitoring.panel import ABSENT, FIGURE, Bools, Column
from spectown.core.monitoring.values import rounded


@dataclass(frozen=True, slots=True)
class Expected:
    """One sheet that is expected. `sent`: the day it was sent to the office, None = not yet (a returned one is not).

    `excepted_until`: the last day of a late exception.
    """

    town: str
    county: str
    due: date
    sent: date | None = None
    excepted_until: date | None = None

    def state(self, on: date) -> str:
        """on_time, excepted (within a late exception), late, missing (overdue) or open (may still come in time)."""
        sent = self.sent if self.sent is not None and self.sent <= on else None
        limit = max(self.due, self.excepted_until or self.due)
        if sent is None:
            return "missing" if on > limit else "open"
        if sent <= self.due:
            return "on_time"
        return "excepted" if sent <= limit else "late"


@dataclass(frozen=True, slots=True)
class Figures:
    """How many sheets of a group are in each state."""

    expected: int
    on_time: int
    excepted: int
    late: int
    missing: int
    open: int

    @property
    def reported(self) -> int:
        """Sheets that have come, whenever."""
        return self.on_time + self.excepted + self.late

    @property
    def completeness(self) -> Decimal | None:
        """Percent reported of those expected; None where none is."""
        return _share(self.reported, self.expected)

    @property
    def timeliness(self) -> Decimal | None:
        """Percent in time (or within an exception) of those that had to be there; None where none had."""
        return _share(self.on_time + self.excepted, self.expected - self.open)


def figures(sheets: Iterable[Expected], on: date) -> Figures:
    """Figures of a group as of the end of a day."""
    states = [sheet.state(on) for sheet in sheets]
    names = ("on_time", "excepted", "late", "missing", "open")
    return Figures(len(states), *(states.count(name) for name in names))


def spoken(form: str, period: str, sheets: Sequence[Expected], on: date) -> str:
    """The paragraph to read out: how many have reported, then who has not, by county."""
    found = figures(sheets, on)
    parts = [f"截至{on.month}月{on.day}日,{period}{form}应报{found.expected}个镇,已报{found.reported}个"]
    details = [f"按期{found.on_time}个", f"例外期内{found.excepted}个", f"逾期{found.late}个"]
    counts = (found.on_time, found.excepted, found.late)
    if found.reported:
        parts.append(",其中" + "、".join(word for word, count in zip(details, counts, strict=True) if count))
    absent = _by_county([sheet for sheet in sheets if sheet.state(on) in ("missing", "open")])
    total = found.missing + found.open
    listed = "、".join(f"{county}({'、'.join(towns)})" for county, towns in absent.items())
    word = "未报" if found.missing else "尚未报(未到期)"
    return "".join(parts) + (f";{word}{total}个:{listed}。" if total else ",全部报齐。")


def _by_county(sheets: Sequence[Expected]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for sheet in sheets:
        found.setdefault(sheet.county, []).append(sheet.town)
    return found


@dataclass(frozen=True, slots=True)
class Filled:
    """How an indicator is filled over towns: figures, 不适用, 未报."""

    expected: int
    figures: int
    missing: int

    @property
    def completeness(self) -> Decimal | None:
        """Percent of the towns that answered (a figure or 不适用)."""
        return _share(self.expected - self.missing, self.expected)


def filled(column: Column, towns: Bools) -> Filled:
    """Of the towns that are asked for an indicator, how many answered."""
    kinds = column.kinds[towns]
    return Filled(len(kinds), int(np.sum(kinds == FIGURE)), int(np.sum(kinds == ABSENT)))


def _share(part: int, whole: int) -> Decimal | None:
    return rounded(Fraction(part * 100, whole), 1) if whole else None
