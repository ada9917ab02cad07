"""Periods without a report, running up to the last that is due."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from spectown.core.periods import Period
from spectown.core.workdays import Calendar


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
