"""Days of a calendar year as people write them, one a line: 2027-01-01 元旦, 2027-02-06 至 2027-02-12 春节."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import groupby

_DAY = r"(\d{4}-\d{1,2}-\d{1,2})"
_LINE = re.compile(rf"{_DAY}(?:\s*(?:至|到|—+|~)\s*{_DAY})?\s*(.*)")
MOST = 31  # days of one line: longer is a slip of the pen


class DaysFault(ValueError):
    """The text cannot be read; the message says which line and why, in Chinese."""


def read_days(text: str, year: int) -> dict[date, str]:
    """Days with their names. Raises DaysFault."""
    found: dict[date, str] = {}
    for line in filter(None, (line.strip() for line in text.splitlines())):
        match = _LINE.fullmatch(line)
        if match is None:
            raise DaysFault(f"“{line[:30]}”请写成“{year}-01-01 元旦”或“{year}-02-06 至 {year}-02-12 春节”。")
        first, last = _day(match[1]), _day(match[2] or match[1])
        if not first <= last or (last - first).days >= MOST:
            raise DaysFault(f"“{line[:30]}”的起止日期不对。")
        for day in (first + timedelta(number) for number in range((last - first).days + 1)):
            if day.year != year:
                raise DaysFault(f"{day} 不在 {year} 年。")
            if day in found:
                raise DaysFault(f"{day} 写了两次。")
            found[day] = match[3].strip()
    return found


def write_days(days: Mapping[date, str]) -> str:
    """The text, days of one name that follow each other in one line."""
    ordered = sorted(days)
    runs = groupby(enumerate(ordered), key=lambda each: (days[each[1]], each[1] - timedelta(each[0])))
    return "\n".join(_written([day for _, day in run], days) for _, run in runs)


def _written(run: list[date], days: Mapping[date, str]) -> str:
    """One line; a run that is longer than a line may be goes on in the next."""
    pieces = [run[start : start + MOST] for start in range(0, len(run), MOST)]
    spans = (f"{piece[0]} 至 {piece[-1]}" if len(piece) > 1 else f"{piece[0]}" for piece in pieces)
    return "\n".join(f"{span} {days[run[0]]}".strip() for span in spans)


def _day(text: str) -> date:
    try:
        return date(*(int(part) for part in text.split("-")))
    except ValueError as fault:
        raise DaysFault(f"没有 {text} 这一天。") from fault
