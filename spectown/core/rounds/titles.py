"""Titles (称号): validity, what expires soon, and the history of a town's levels without overlaps."""

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import combinations

LEVELS = ("potential", "township", "county", "city", "province")  # lowest first (方案 一(二))


def years_after(day: date, years: int) -> date:
    """The corresponding day so many years later; 29 February falls on 28 where there is none (民法典 第二百零二条)."""
    year = day.year + years
    return date(year, day.month, min(day.day, calendar.monthrange(year, day.month)[1]))


class Validity(StrEnum):
    """How a title stands to its dates."""

    NOT_YET = "not_yet"
    VALID = "valid"
    EXPIRING = "expiring"
    EXPIRED = "expired"

    @property
    def label(self) -> str:
        """Chinese label for the screen."""
        return {"not_yet": "未生效", "valid": "有效", "expiring": "即将到期", "expired": "已到期"}[self.value]


def last_day(since: date, years: int) -> date:
    """Last day of a validity: the corresponding day, which still belongs to it (the first day is not counted)."""
    return years_after(since, years)


def validity(since: date, until: date, on: date, *, warn_days: int = 180) -> Validity:
    """How a title from `since` to `until` (both inclusive) stands on a day; `warn_days`: 建议值, half a year."""
    if on < since:
        return Validity.NOT_YET
    if on > until:
        return Validity.EXPIRED
    return Validity.EXPIRING if until - on < timedelta(warn_days) else Validity.VALID


@dataclass(frozen=True, slots=True)
class LevelSpan:
    """A town at a level from a day on, by a document; `until` (inclusive) None: still."""

    level: str
    since: date
    until: date | None = None
    document: str = ""

    def holds(self, on: date) -> bool:
        """Tell whether a day lies in the span."""
        return self.since <= on and (self.until is None or on <= self.until)


def level_on(history: Iterable[LevelSpan], on: date) -> str | None:
    """The level of a town on a day; None: none."""
    return next((span.level for span in history if span.holds(on)), None)


def history_faults(history: Iterable[LevelSpan]) -> list[str]:
    """What contradicts itself in a history: ends before it begins, or two spans hold on the same day."""
    spans = sorted(history, key=lambda span: span.since)
    found = [f"{s.since}起的级别止于{s.until},早于起始日。" for s in spans if s.until is not None and s.until < s.since]
    for one, two in combinations(spans, 2):
        if one.until is None or one.until >= two.since:
            found.append(f"{one.since}起和{two.since}起的级别日期重叠。")
    return found


def with_level(history: Sequence[LevelSpan], level: str, since: date, document: str) -> tuple[LevelSpan, ...]:
    """The history with a new level from a day on; the one that still runs ends the day before.

    Raises ValueError where the day is not after the beginning of every earlier span, or the level is unknown.
    """
    if level not in LEVELS:
        raise ValueError(f"unknown level: {level}")
    if any(span.since >= since or (span.until is not None and span.until >= since) for span in history):
        raise ValueError(f"a level from {since} on does not come after the earlier ones")
    day_before = since - timedelta(1)
    closed = [replace(span, until=day_before) if span.until is None else span for span in history]
    return (*closed, LevelSpan(level, since, None, document))


def ended(history: Sequence[LevelSpan], last: date) -> tuple[LevelSpan, ...]:
    """The history with the running level ended on a day (withdrawn, given up, expired). ValueError: none runs."""
    if not any(span.until is None and span.since <= last for span in history):
        raise ValueError(f"no level runs on {last}")
    return tuple(replace(span, until=last) if span.until is None else span for span in history)
