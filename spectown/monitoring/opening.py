"""Forms are opened for a period when its first day for filling in has come: one sheet a town, each a dated work.

The county holds it, whoever fills it in: it checks, sends, and is reminded; a town's operator fills in its own.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence

from django.db import transaction

from spectown.audit import services as audit
from spectown.core.monitoring.forms import ReportForm
from spectown.core.periods import Period, before, period_of
from spectown.core.workdays import Calendar
from spectown.monitoring.catalogue import keep_indicators, plan_data
from spectown.monitoring.models import FormPeriod, Sheet
from spectown.monitoring.working_out import work_out
from spectown.organisations.enums import UnitKind
from spectown.organisations.models import Unit
from spectown.plans.calendar import stored_calendar
from spectown.supervision.models import Work
from spectown.towns.models import Town

BACK = 2  # periods before the last one that are opened late, where the system stood still


@transaction.atomic
def open_sheets(on: datetime.date) -> int:
    """Open what is to be filled in from this day on. Return how many sheets; again = none."""
    calendar, made = stored_calendar(), Counter[Period]()
    for form in plan_data().forms:
        for period in _wanted(form, calendar, on):
            made[period] += _open_period(form, period, calendar, on)
    if made.total():
        keep_indicators()
    for period in sorted(+made):
        work_out(period)
    return made.total()


def _wanted(form: ReportForm, calendar: Calendar, on: datetime.date) -> Iterator[Period]:
    """Periods that are over, whose opening day has come and whose closing day has not."""
    period = before(period_of(on, form.every))
    for _ in range(BACK):
        if form.covers(period):
            dates = form.window.dates(period, calendar)
            if dates.opens <= on <= dates.closes:
                yield period
        period = before(period)


def _open_period(form: ReportForm, period: Period, calendar: Calendar, on: datetime.date) -> int:
    dates = form.window.dates(period, calendar)
    said = {"opens": dates.opens, "due": dates.due, "closes": dates.closes, "provisional": dates.provisional}
    joined = form.months(period) if form.together else 0
    opened, is_new = FormPeriod.objects.get_or_create(
        form=form.code, ordinal=period.ordinal, defaults={"name": form.name, "months": joined, **said}
    )
    known = set(opened.sheets.values_list("town_id", flat=True))
    towns = [town for town in Town.objects.order_by("order", "code") if town.pk not in known]
    sheets = _opened_sheets(opened, towns, on)
    if is_new or sheets:
        about = {"form": form.code, "period": period.code, "towns": len(sheets), "due": str(dates.due)}
        audit.record(by=audit.SYSTEM, action="sheet.open", obj=opened, after=about)
    return len(sheets)


def _opened_sheets(opened: FormPeriod, towns: Sequence[Town], on: datetime.date) -> list[Sheet]:
    counties = county_units()
    held = [counties.get(town.territory_id or 0) or town.responsible_unit_id for town in towns]
    works = Work.objects.bulk_create(
        [_work(opened, town, holder, on) for town, holder in zip(towns, held, strict=True)], batch_size=500
    )
    rows = [Sheet(work=work, form_period=opened, town=town) for work, town in zip(works, towns, strict=True)]
    return Sheet.objects.bulk_create(rows, batch_size=500)


def county_units() -> dict[int, int]:
    """Unit of the county by territory."""
    rows = Unit.objects.filter(kind__in=(UnitKind.COUNTY, UnitKind.ZONE), territory__isnull=False)
    return dict(rows.values_list("territory_id", "pk"))


def _work(opened: FormPeriod, town: Town, holder: int | None, on: datetime.date) -> Work:
    return Work(
        kind="sheet",
        title=f"{town.name[:100]}{opened}",
        holder_id=holder,
        territory_id=town.territory_id,
        town=town,
        state="not_started",
        since=on,
        started_on=on if holder else None,
        first_deadline=opened.due,
        deadline=opened.due,
        anchored_on=opened.due if holder else None,
        provisional=opened.provisional,
        is_demo=town.is_demo,
    )
