"""Two years of monthly and quarterly figures of all demonstration towns: made up, but alike in structure; marked."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils import timezone

from spectown.core.monitoring.forms import ReportForm
from spectown.core.monitoring.indicator import Indicator as Item
from spectown.core.periods import Period, before, period_of
from spectown.monitoring.catalogue import keep_indicators, plan_data
from spectown.monitoring.keeping import version_of
from spectown.monitoring.models import Cell, CellVersion, FormPeriod, Indicator, LateException, Sheet
from spectown.monitoring.opening import county_units
from spectown.monitoring.tallying import retally
from spectown.monitoring.working_out import work_out
from spectown.plans.calendar import stored_calendar
from spectown.supervision.models import Step, Work
from spectown.towns.models import Town
from spectown.web.demofigures import figure_of, profile_of
from spectown.web.demorounds.world import acting

BACK = {"month": 22, "quarter": 7}  # periods that have figures; years are asked for in the spring
NOW = ("sent", "sent", "sent", "accepted", "sent", "filling", "sent", "not_started", "sent", "filled")
COUNTY = "huguan"  # of the demonstration's own accounts: its sheets may still be filled in


def load_monitoring() -> dict[str, int]:
    """All of it. Nothing where the plan has no report forms."""
    data, today = plan_data(), timezone.localdate()
    if not data.forms:
        return {}
    rows, towns = keep_indicators(), list(Town.objects.order_by("order", "code"))
    for form in data.forms:
        if form.every.value not in BACK:
            continue
        last = before(period_of(today, form.every))
        for step in range(BACK[form.every.value]):
            period = last
            for _ in range(step):
                period = before(period)
            _period(form, period, towns, rows, newest=step == 0)
    # A year of sums that computed figures read is there; what follows is worked out for the periods that are looked at.
    for form in data.forms:
        last = before(period_of(today, form.every))
        for period in (before(last), last) if form.every.value in BACK else ():
            work_out(period)
    for ordinal in Cell.objects.order_by("ordinal").values_list("ordinal", flat=True).distinct():
        retally(ordinal)
    _late(today)
    return {"监测报表": Sheet.objects.count(), "监测数值": Cell.objects.count()}


def _period(
    form: ReportForm, period: Period, towns: Sequence[Town], rows: Mapping[str, Indicator], *, newest: bool
) -> None:
    sheets = _sheets(form, period, towns, newest=newest) if form.covers(period) else [None] * len(towns)
    cells, catalogue = [], plan_data().catalogue
    for place, (town, sheet) in enumerate(zip(towns, sheets, strict=True)):
        silent = profile_of(town.code).silent
        known = (catalogue.on(code, period) for code in form.codes if code not in silent)
        items = [item for item in known if item and item.is_asked_figure]
        state = sheet.work.state if sheet else "locked"
        if state != "not_started":
            cells += list(_cells(items, town, sheet, period, rows, state, place))
    made = Cell.objects.bulk_create(cells, batch_size=500)
    if newest:
        by = acting("demo-county-fill")
        CellVersion.objects.bulk_create([CellVersion(**version_of(cell, by, "")) for cell in made], batch_size=500)


def _sheets(form: ReportForm, period: Period, towns: Sequence[Town], *, newest: bool) -> list[Sheet]:
    dates, counties = form.window.dates(period, stored_calendar()), county_units()
    days = {"opens": dates.opens, "due": dates.due, "closes": dates.closes, "provisional": dates.provisional}
    opened = FormPeriod.objects.create(form=form.code, name=form.name, ordinal=period.ordinal, **days)
    works = Work.objects.bulk_create([_work(opened, town, place, counties, newest) for place, town in enumerate(towns)])
    made = [_sheet(opened, town, work, place) for place, (town, work) in enumerate(zip(towns, works, strict=True))]
    by = acting("demo-county-check")
    said = {"move": "send", "label": "审核报送", "state": "sent", "by_id": by.person}
    Step.objects.bulk_create([Step(work=sheet.work, on=sheet.sent_on, **said) for sheet in made if sheet.sent_on])
    return Sheet.objects.bulk_create(made)


def _work(opened: FormPeriod, town: Town, place: int, counties: Mapping[int, int], newest: bool) -> Work:
    state = NOW[place % len(NOW)] if newest else "locked"
    holder = counties.get(town.territory_id or 0) or town.responsible_unit_id
    waits = state in ("filling", "not_started", "filled") and holder is not None
    return Work(
        kind="sheet",
        title=f"{town.name[:100]}{opened}",
        holder_id=holder,
        territory_id=town.territory_id,
        town=town,
        state=state,
        since=opened.due,
        first_deadline=opened.due,
        deadline=opened.due,
        started_on=opened.opens if holder else None,
        anchored_on=opened.due if waits else None,
        ended_on=opened.closes if state in ("accepted", "locked") else None,
        is_demo=True,
    )


def _sheet(opened: FormPeriod, town: Town, work: Work, place: int) -> Sheet:
    sent = opened.due + datetime.timedelta(2 if place % 17 == 5 else -(place % 3))
    people = {"head": "赵某", "statistician": "钱某", "filler": "孙某", "phone": "0355-0000000", "reported_on": sent}
    gone = work.state in ("sent", "accepted", "locked")
    return Sheet(work=work, form_period=opened, town=town, sent_on=sent if gone else None, **(people if gone else {}))


def _cells(
    items: Sequence[Item],
    town: Town,
    sheet: Sheet | None,
    period: Period,
    rows: Mapping[str, Indicator],
    state: str,
    place: int,
) -> Iterator[Cell]:
    done = state in ("accepted", "locked")
    for number, item in enumerate(items):
        if state == "filling" and number % 3 == 2:
            continue
        value = figure_of(item, town, period)
        waiting = "resubmitted" if state == "sent" and place % 2 else "reported"  # the silence of the others is over
        settled = "agreed" if done or (state == "sent" and (place + number) % 3 == 0) else waiting
        cell = Cell(town=town, indicator=rows[item.code], ordinal=period.ordinal, sheet=sheet, origin="excel")
        cell.kind, cell.number, cell.state = (1, None, settled) if value is None else (2, value, settled)
        if settled == "agreed" and number == 1 and place % 11 == 3 and value is not None:
            cell.state, cell.certified_kind, cell.certified = (
                "differs",
                2,
                (value * Decimal("0.97")).quantize(Decimal(1)),
            )
        yield cell


def _late(today: datetime.date) -> None:
    """The demonstration's county may still fill in what it lacks."""
    by = acting("demo-office")
    rows = Sheet.objects.filter(work__holder__code=COUNTY, work__state__in=("filling", "not_started", "filled"))
    said: dict[str, Any] = {"until": today + datetime.timedelta(14), "reason": "演示:允许补报", "made_by_id": by.person}
    LateException.objects.bulk_create([LateException(sheet=sheet, **said) for sheet in rows])
