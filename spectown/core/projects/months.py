"""Months: the one looked at, when its report is due, and how many lie between two days."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterable
from dataclasses import dataclass

Month = tuple[int, int]


def previous(month: Month) -> Month:
    """The month before."""
    return (month[0], month[1] - 1) if month[1] > 1 else (month[0] - 1, 12)


def following(month: Month) -> Month:
    """The month after."""
    return (month[0], month[1] + 1) if month[1] < 12 else (month[0] + 1, 1)


def last_day(month: Month) -> datetime.date:
    """Last day of a month."""
    return datetime.date(*month, calendar.monthrange(*month)[1])


def months_after(start: datetime.date, day: datetime.date) -> int:
    """Full months from one day to a later one; 31 January to the last of February is one. 0 where `day` is earlier."""
    count = (day.year - start.year) * 12 + day.month - start.month
    anniversary = min(start.day, calendar.monthrange(day.year, day.month)[1])
    return max(count - (day.day < anniversary), 0)


def words(months: Iterable[int]) -> str:
    """1—3月、5月: months running on are drawn together."""
    runs: list[list[int]] = []
    for month in sorted(months):
        if runs and month == runs[-1][-1] + 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    return "、".join(f"{run[0]}月" if len(run) == 1 else f"{run[0]}—{run[-1]}月" for run in runs)


@dataclass(frozen=True, slots=True)
class Look:
    """The month looked at, and today."""

    year: int
    month: int
    today: datetime.date

    @property
    def day(self) -> datetime.date:
        """Last day of the month, or today where that is earlier."""
        return min(last_day((self.year, self.month)), self.today)

    def last_due(self, report_day: int) -> Month:
        """Last month up to this one whose report is due: its deadline, a day of the next month, has passed."""
        month = (self.year, self.month)
        while self.today <= self._deadline(month, report_day):
            month = previous(month)
        return month

    @staticmethod
    def _deadline(month: Month, report_day: int) -> datetime.date:
        year, number = following(month)
        return datetime.date(year, number, min(report_day, calendar.monthrange(year, number)[1]))
