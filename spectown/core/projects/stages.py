"""The way of a project from idea to full output, by code."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

STAGES = ("idea", "reserved", "signed", "landed", "started", "producing", "full")
# Stages that are reached on a day.
DATED = STAGES[2:]
ACTIVE = "active"


def entered(dates: Mapping[str, datetime.date | None], stage: str) -> datetime.date | None:
    """Day on which a project was at this stage or beyond for the first time; None where no such date is known."""
    known = [day for code in STAGES[STAGES.index(stage) :] if (day := dates.get(code)) is not None]
    return min(known, default=None)


def reached(dates: Mapping[str, datetime.date | None], stage: str, day: datetime.date) -> bool:
    """True where the project was at this stage or beyond on the day."""
    first = entered(dates, stage)
    return first is not None and first <= day
