"""The calendar of working days as it is stored."""

from __future__ import annotations

from datetime import date

from django.db.models import CharField, Value
from django.db.models.functions import Cast

from spectown.core.workdays import Calendar
from spectown.plans.enums import DayKind
from spectown.plans.models import CalendarDay, CalendarYear

SETTLED = "settled"  # instead of the kind of a day


def stored_calendar() -> Calendar:
    """All years that were loaded. One query: days and years as text."""
    days = CalendarDay.objects.order_by().values_list(Cast("day", CharField()), "kind")
    years = CalendarYear.objects.filter(provisional=False).order_by()
    rows = list(days.union(years.values_list(Cast("year", CharField()), Value(SETTLED)), all=True))
    holidays, workdays = (
        frozenset(date.fromisoformat(day) for day, found in rows if found == kind)
        for kind in (DayKind.HOLIDAY, DayKind.WORKDAY)
    )
    return Calendar(holidays, workdays, frozenset(int(year) for year, found in rows if found == SETTLED))
