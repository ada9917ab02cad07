"""Periods for which progress is reported, and when each is due."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from spectown.core.projects.months import Month, following, last_day
from spectown.core.workdays import Calendar


class Every(StrEnum):
    """How often a measure is reported."""

    MONTH = "month"
    QUARTER = "quarter"

    @property
    def months(self) -> int:
        """Months of a period."""
        return {"month": 1, "quarter": 3}[self.value]


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A month or a quarter by its last month."""

    last: Month
    months: int = 1

    @property
    def label(self) -> str:
        """2026年11月, 2026年第4季度."""
        year, month = self.last
        return f"{year}年{month}月" if self.months == 1 else f"{year}年第{month // 3}季度"

    @property
    def code(self) -> str:
        """2026-11, 2026-Q4."""
        year, month = self.last
        return f"{year}-{month:02d}" if self.months == 1 else f"{year}-Q{month // 3}"

    @property
    def days(self) -> tuple[date, date]:
        """First and last day."""
        year, month = self.last
        first = year * 12 + month - self.months
        return date(first // 12, first % 12 + 1, 1), date(year, month, last_day(self.last).day)

    def due(self, report_day: int, calendar: Calendar) -> date:
        """The report day of the month after it (the last where that month is shorter), moved to a working day."""
        after = following(self.last)
        return calendar.roll(date(*after, min(report_day, last_day(after).day)))


def period_of(day: date, every: Every) -> Period:
    """The period in which a day lies."""
    months = every.months
    return Period((day.year, -(-day.month // months) * months), months)


def periods(start: date, end: date, every: Every) -> list[Period]:
    """All periods from the one of a day to the one of another; empty where the end is earlier."""
    found, last = [period_of(start, every)], period_of(end, every)
    while found[-1] < last:
        month = found[-1].last
        for _ in range(every.months):
            month = following(month)
        found.append(Period(month, every.months))
    return found if end >= start else []


def missing(
    asked: Collection[Period], sent: Collection[Period], report_day: int, calendar: Calendar, on: date
) -> list[Period]:
    """Periods running up to the last that is due, without a report on a day; latest first."""
    over = sorted((each for each in asked if each.due(report_day, calendar) < on), reverse=True)
    found = []
    for period in over:
        if period in sent:
            break
        found.append(period)
    return found


def before(period: Period) -> Period:
    """The one of the same length before it."""
    return period_of(period.days[0] - timedelta(1), Every.MONTH if period.months == 1 else Every.QUARTER)
