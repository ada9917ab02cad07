"""The calendar of working days as it is stored."""

from __future__ import annotations

from spectown.core.workdays import Calendar
from spectown.plans.enums import DayKind
from spectown.plans.models import CalendarDay, CalendarYear


def stored_calendar() -> Calendar:
    """All years that were loaded. Two queries."""
    rows = list(CalendarDay.objects.values_list("day", "kind"))
    holidays, workdays = (
        frozenset(day for day, found in rows if found == kind) for kind in (DayKind.HOLIDAY, DayKind.WORKDAY)
    )
    settled = CalendarYear.objects.filter(provisional=False).values_list("year", flat=True)
    return Calendar(holidays, workdays, frozenset(settled))
