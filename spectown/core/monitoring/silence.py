"""A bureau that does not answer (逾期未答复): until when it may, when reminded, from when it is 视同无异议."""

from __future__ import annotations

from datetime import date

from spectown.core.workdays import Calendar

AHEAD = 2  # working days before the last one on which the bureau is reminded


def answer_by(arrived: date, days: int, calendar: Calendar) -> date | None:
    """The last day for an answer to what arrived on a day; None where nothing is ever taken for granted (`days` 0)."""
    return calendar.add(arrived, days) if days else None


def is_silent(by: date | None, on: date) -> bool:
    """True from the day after the last one on."""
    return by is not None and on > by


def is_reminded(by: date | None, on: date, calendar: Calendar) -> bool:
    """True on the last working days before it, and on the day itself."""
    return by is not None and on <= by and calendar.between(on, by) <= AHEAD
