"""Months, quarters, half years and years as one ordered type. Prose: docs/algorithms/monitoring.md."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from spectown.core.projects.months import Month, following, last_day
from spectown.core.workdays import Calendar

_CODE = re.compile(r"(\d{4})(?:-(?:(\d\d)|Q([1-4])|H([12])))?")


class Every(StrEnum):
    """How often something is reported."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"

    @property
    def months(self) -> int:
        """Months of a period."""
        return {"month": 1, "quarter": 3, "half": 6, "year": 12}[self.value]

    @property
    def label(self) -> str:
        """月, 季, 半年, 年."""
        return {"month": "月", "quarter": "季", "half": "半年", "year": "年"}[self.value]


BY_MONTHS = {every.months: every for every in Every}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A month, quarter, half or year by its last month; ordered by the end, of equal ends the shorter first."""

    last: Month
    months: int = 1

    @property
    def every(self) -> Every:
        """Which of the four it is."""
        return BY_MONTHS[self.months]

    @property
    def label(self) -> str:
        """2026年11月, 2026年第4季度, 2026年下半年, 2026年."""
        year, month = self.last
        half = "上" if month == 6 else "下"
        ends = {1: f"{month}月", 3: f"第{month // 3}季度", 6: f"{half}半年", 12: ""}
        return f"{year}年{ends[self.months]}"

    @property
    def code(self) -> str:
        """2026-11, 2026-Q4, 2026-H2, 2026."""
        year, month = self.last
        ends = {1: f"-{month:02d}", 3: f"-Q{month // 3}", 6: f"-H{month // 6}", 12: ""}
        return f"{year}{ends[self.months]}"

    @property
    def ordinal(self) -> int:
        """Year, last month, months as one whole number in the same order: 20261101, 20261203, 20261212."""
        year, month = self.last
        return (year * 100 + month) * 100 + self.months

    @property
    def first(self) -> Month:
        """First month."""
        return _shifted(self.last, 1 - self.months)

    @property
    def days(self) -> tuple[date, date]:
        """First and last day."""
        return date(*self.first, 1), last_day(self.last)

    def due(self, report_day: int, calendar: Calendar) -> date:
        """The report day of the month after it (the last where that month is shorter), moved to a working day."""
        after = following(self.last)
        return calendar.roll(date(*after, min(report_day, last_day(after).day)))

    def contains(self, other: Period) -> bool:
        """True where the whole other one lies in it; it contains itself."""
        return self.first <= other.first and other.last <= self.last


def period_of(day: date, every: Every) -> Period:
    """The period in which a day lies."""
    months = every.months
    return Period((day.year, -(-day.month // months) * months), months)


def of_code(code: str) -> Period:
    """The period of a code. Raises ValueError in Chinese."""
    match = _CODE.fullmatch(code)
    if match is None or (match[2] and not 1 <= int(match[2]) <= 12):
        raise ValueError(f"期应写作 2026-11、2026-Q4、2026-H2 或 2026,现为 {code}")
    year, month, quarter, half = int(match[1]), match[2], match[3], match[4]
    if month:
        return Period((year, int(month)))
    if quarter:
        return Period((year, 3 * int(quarter)), 3)
    return Period((year, 6 * int(half)), 6) if half else Period((year, 12), 12)


def of_ordinal(ordinal: int) -> Period:
    """The period of its whole number."""
    rest, months = divmod(ordinal, 100)
    year, month = divmod(rest, 100)
    return Period((year, month), months)


def periods(start: date, end: date, every: Every) -> list[Period]:
    """All periods from the one of a day to the one of another; empty where the end is earlier."""
    found, last = [period_of(start, every)], period_of(end, every)
    while found[-1] < last:
        found.append(moved(found[-1], 1))
    return found if end >= start else []


def moved(period: Period, count: int) -> Period:
    """The one so many of its length later (below 0: earlier)."""
    return Period(_shifted(period.last, count * period.months), period.months)


def before(period: Period) -> Period:
    """The one of the same length before it."""
    return moved(period, -1)


def year_ago(period: Period) -> Period:
    """The same one of the year before."""
    return Period((period.last[0] - 1, period.last[1]), period.months)


def parts(period: Period, every: Every) -> list[Period]:
    """The periods of a length that make it up, in order; empty where that length is greater than its own."""
    return periods(*period.days, every) if every.months <= period.months else []


def containing(period: Period, every: Every) -> Period:
    """The period of a length in which it ends: of the same or a greater length, it contains it."""
    return period_of(period.days[1], every)


def so_far(period: Period) -> list[Period]:
    """The year's periods of its length up to and with it."""
    return periods(date(period.last[0], 1, 1), period.days[1], period.every)


@lru_cache(maxsize=4096)
def _shifted(month: Month, count: int) -> Month:
    year, number = divmod(month[0] * 12 + month[1] - 1 + count, 12)
    return year, number + 1
