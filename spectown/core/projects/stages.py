"""The way of a project from idea to full output, by code."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

STAGES = ("idea", "reserved", "signed", "landed", "started", "producing", "full")
# Stages that are reached on a day.
DATED = STAGES[2:]
ACTIVE = "active"
# Stage of the project that a lead becomes, by the stage of the lead; at any other stage it becomes none.
OF_LEAD = {"contract": "signed", "landed": "landed"}


def entered(dates: Mapping[str, datetime.date | None], stage: str) -> datetime.date | None:
    """Day on which a project was at this stage or beyond for the first time; None where no such date is known."""
    known = [day for code in STAGES[STAGES.index(stage) :] if (day := dates.get(code)) is not None]
    return min(known, default=None)


def reached(dates: Mapping[str, datetime.date | None], stage: str, day: datetime.date) -> bool:
    """True where the project was at this stage or beyond on the day."""
    first = entered(dates, stage)
    return first is not None and first <= day


def left_out(source: str, target: str, dates: Mapping[str, datetime.date | None]) -> tuple[str, ...]:
    """Stages that a move forward passes without their day being known (`dates` after the move); 储备 has no day."""
    between = STAGES[STAGES.index(source) + 1 : STAGES.index(target)]
    return tuple(stage for stage in between if dates.get(stage) is None)


def needs_reason(source: str, target: str, dates: Mapping[str, datetime.date | None]) -> bool:
    """True where a move must be explained in writing: back, or over a stage that is left out."""
    return STAGES.index(target) < STAGES.index(source) or bool(left_out(source, target, dates))
