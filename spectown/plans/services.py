"""The office writes the working-day calendar of a year, when the State Council's notice is out."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.plans.enums import DayKind
from spectown.plans.models import CalendarDay, CalendarYear

Days = Mapping[datetime.date, str]


@transaction.atomic
def change_year(
    *, year: int, provisional: bool, source: str, holidays: Days, workdays: Days, by: Actor
) -> CalendarYear:
    """Write a year anew. Raises Refused with everything that is wrong.

    Deadlines follow with the next run of what is due (supervision.due), reminders that went out are not repeated.
    """
    by.require(Permission.PLAN_MANAGE)
    stored = CalendarYear.objects.select_for_update().filter(year=year).first()
    if faults := _faults(stored, provisional, source, holidays, workdays):
        raise Refused("".join(faults))
    before = told(stored) if stored else {}
    stored = stored or CalendarYear(year=year)
    stored.provisional, stored.source = provisional, source.strip()
    stored.changed_at, stored.changed_by_id = timezone.now(), by.person
    stored.save()
    CalendarDay.objects.filter(day__year=year).delete()
    days = [CalendarDay(day=day, kind=DayKind.HOLIDAY, name=name[:40]) for day, name in holidays.items()]
    days += [CalendarDay(day=day, kind=DayKind.WORKDAY, name=name[:40]) for day, name in workdays.items()]
    CalendarDay.objects.bulk_create(days)
    audit.record(by=by, action="calendar.change", obj=stored, before=before, after=told(stored))
    return stored


def told(year: CalendarYear) -> dict[str, Any]:
    """A year as the log says it."""
    days = CalendarDay.objects.filter(day__year=year.year).order_by("day")
    written = {kind: [str(day.day) for day in days if day.kind == kind] for kind in DayKind.values}
    return {"provisional": year.provisional, "source": year.source, **written}


def _faults(stored: CalendarYear | None, provisional: bool, source: str, holidays: Days, workdays: Days) -> list[str]:
    found = [] if source.strip() else ["请写明依据,如 国务院办公厅通知的文号。"]
    if stored and provisional and not stored.provisional:
        found.append("这一年的放假安排已经公布,不能再改为暂定。")
    if both := sorted(set(holidays) & set(workdays)):
        found.append(f"{both[0]} 既放假又上班,请核对。")
    if plain := sorted(day for day in workdays if day.weekday() < 5):
        found.append(f"{plain[0]} 本来就是工作日,调休上班只写周六、周日。")
    return found
