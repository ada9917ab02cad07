"""Working days of the State Council's notices (调休), periods in them, and clocks that pause.

Prose: docs/algorithms/working-days.md. The day of the event is not counted (民法典 第二百零一条).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The plain week with its exceptions; `settled`: years whose notice is out (others are provisional)."""

    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()
    settled: frozenset[int] = frozenset()

    def is_workday(self, day: date) -> bool:
        """Tell whether a day is worked."""
        return day in self.workdays or (day.weekday() < 5 and day not in self.holidays)

    def after(self, day: date) -> Iterator[date]:
        """Working days after a day, without end."""
        while True:
            day += _DAY
            if self.is_workday(day):
                yield day

    def add(self, day: date, count: int) -> date:
        """The count-th working day after a day; 0 is the day itself. Raises ValueError below 0."""
        if count < 0:
            raise ValueError(f"count of working days is below 0: {count}")
        return next((each for number, each in enumerate(self.after(day), 1) if number == count), day) if count else day

    def roll(self, day: date) -> date:
        """The day itself if it is worked, else the next working day (民法典 第二百零三条)."""
        return day if self.is_workday(day) else self.add(day, 1)

    def add_days(self, day: date, count: int) -> date:
        """Last day of a period of calendar days: rolled to a working day."""
        return self.roll(day + count * _DAY)

    def days(self, start: date, end: date) -> Iterator[date]:
        """Working days in (start, end]."""
        for each in self.after(start):
            if each > end:
                return
            yield each

    def between(self, start: date, end: date) -> int:
        """How many working days lie in (start, end]; 0 where end is not after start."""
        return _between(self, start, end)

    def is_provisional(self, start: date, end: date) -> bool:
        """Tell whether a year that the span touches has no notice yet."""
        return any(year not in self.settled for year in range(start.year, end.year + 1))


@lru_cache(maxsize=8192)
def _between(calendar: Calendar, start: date, end: date) -> int:
    """Kept, since a hundred thousand deadlines are asked for a few hundred spans a day."""
    return sum(1 for _ in calendar.days(start, end))


def calendar_of(years: Iterable[Mapping[str, Any]]) -> Calendar:
    """The calendar of `years` as calendar.yaml has them: year, provisional, holidays and workdays by date."""
    rows = list(years)
    return Calendar(
        frozenset(day for row in rows for day in row["holidays"]),
        frozenset(day for row in rows for day in row["workdays"]),
        frozenset(row["year"] for row in rows if not row["provisional"]),
    )


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock stands on the days in (since, until]; without `until` it still does."""

    since: date
    until: date | None = None

    def __post_init__(self) -> None:
        """Refuse a pause that ends before it begins."""
        if self.until is not None and self.until < self.since:
            raise ValueError(f"pause ends on {self.until}, before it begins on {self.since}")

    def is_open(self, on: date) -> bool:
        """Tell whether the clock stood when the day `on` ended."""
        return self.since <= on and (self.until is None or self.until > on)

    def covers(self, day: date, on: date) -> bool:
        """Tell whether a day is taken out, as seen on the day `on`."""
        return self.since < day and (self.until is None or self.until > on or day <= self.until)


@dataclass(frozen=True, slots=True)
class Clock:
    """A term in working days as it stands on a day; `due` is its last day, None while it stands without one."""

    term: int
    used: int
    due: date | None
    paused: bool
    provisional: bool

    @property
    def left(self) -> int:
        """Working days that are left, never below 0."""
        return max(self.term - self.used, 0)

    @property
    def over(self) -> int:
        """Working days beyond the term, never below 0."""
        return max(self.used - self.term, 0)

    @property
    def sentence(self) -> str:
        """Until when, in Chinese."""
        if self.due is None:
            return f"已暂停计时,已用{self.used}个工作日,还剩{self.left}个工作日"
        guess = "(有的年份放假安排尚未公布,日期暂定)" if self.provisional else ""
        state = f"已超期{self.over}个工作日" if self.over else f"还剩{self.left}个工作日"
        return f"至{self.due.isoformat()},{state}{guess}"


def clock(calendar: Calendar, start: date, term: int, *, on: date, pauses: Iterable[Pause] = ()) -> Clock:
    """The clock of a term that the event of the day `start` set going, as seen on the day `on`."""
    known = [pause for pause in pauses if pause.since <= on]
    due = _due(calendar, start, term, known, on)
    return Clock(
        term,
        sum(1 for day in calendar.days(start, on) if not any(pause.covers(day, on) for pause in known)),
        due,
        any(pause.is_open(on) for pause in known),
        calendar.is_provisional(start, max(due or on, on)),
    )


def _due(calendar: Calendar, start: date, term: int, pauses: list[Pause], on: date) -> date | None:
    stands = min((pause.since for pause in pauses if pause.is_open(on)), default=None)
    left = term
    day, days = start, calendar.after(start)
    while left > 0:
        day = next(days)
        if stands is not None and day > stands:
            return None
        left -= not any(pause.covers(day, on) for pause in pauses)
    return day
