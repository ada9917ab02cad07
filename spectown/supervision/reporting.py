"""Which reports are due: their rows are opened when a period is over, closed with the measure, missed when late."""

from __future__ import annotations

import datetime
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl
from django.db import transaction
from django.utils import timezone

from spectown.audit import services as audit
from spectown.audit.blocks import block_of
from spectown.core.periods import Every, Period, periods
from spectown.core.projects.months import last_day
from spectown.core.supervision.periods import missing
from spectown.core.workdays import Calendar
from spectown.lib.columnar.reading import key_set
from spectown.plans.calendar import stored_calendar
from spectown.supervision.models import Measure, Report, Work
from spectown.supervision.settings import settings_of

BLOCK = 2000
PLACE = ("lead", "territory", "town", "is_demo")
READ = ("title", "starts", "every", *PLACE, *(f"work__{name}" for name in ("started_on", "deadline", "ended_on")))
OPENED = {"object_id": pl.Int64, "label": pl.String, "before": pl.String, "after": pl.String}
SENT = ("sent", "acknowledged")


@dataclass(frozen=True, slots=True)
class Missing:
    """Reports of one measure on a day: whether one was asked for yet, and the periods running without."""

    asked: bool
    periods: tuple[Period, ...]


def periods_of(measure: Measure, on: datetime.date) -> list[Period]:
    """Periods to be reported, up to a day: from the day of 签收 to the deadline in force or the day it was done."""
    work = measure.work
    if work is None or work.started_on is None:
        return []
    ends = [day for day in (work.deadline, work.ended_on, on) if day is not None]
    return periods(max(filter(None, (work.started_on, measure.starts))), min(ends), Every(measure.every))


@transaction.atomic
def open_reports(on: datetime.date) -> int:
    """Open the reports of periods that are over, of all measures that run. Return how many; again = none."""
    day, calendar, made = settings_of(on).report_day, stored_calendar(), 0
    running = Measure.objects.alive().filter(work__in=Work.objects.running().filter(state="running"))
    pks = list(running.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(pks), BLOCK):
        rows = Measure.objects.filter(pk__in=key_set(pks[start : start + BLOCK])).select_related("work")
        block = list(rows.only(*READ))
        reports = _open_block(block, day, calendar, on)
        if reports:
            told = block_of([_frame(reports)])
            audit.record_many(by=audit.SYSTEM, action="report.open", model=Report, block=told)
        made += len(reports)
    return made


def _open_block(block: Sequence[Measure], day: int, calendar: Calendar, on: datetime.date) -> list[Report]:
    own = Report.objects.filter(measure__in=key_set(measure.pk for measure in block))
    known = set(own.values_list("measure_id", "year", "month"))
    lacking = [
        (measure, period)
        for measure in block
        for period in periods_of(measure, on)
        if last_day(period.last) <= on and (measure.pk, *period.last) not in known
    ]
    works = Work.objects.bulk_create(
        [_work(measure, period, period.due(day, calendar), calendar, on) for measure, period in lacking], batch_size=500
    )
    return Report.objects.bulk_create(
        [
            Report(work=work, measure=measure, year=period.last[0], month=period.last[1], months=period.months)
            for work, (measure, period) in zip(works, lacking, strict=True)
        ],
        batch_size=500,
    )


def _frame(reports: Sequence[Report]) -> pl.DataFrame:
    """What the log says of each."""
    rows = [(report.pk, str(report), None, json.dumps({"until": str(report.work.deadline)})) for report in reports]
    return pl.DataFrame(rows, schema=OPENED, orient="row").sort("object_id")


def _work(measure: Measure, period: Period, due: datetime.date, calendar: Calendar, on: datetime.date) -> Work:
    return Work(
        kind="report",
        title=f"{measure.title[:160]} {period.label}进展",
        holder_id=measure.lead_id,
        territory_id=measure.territory_id,
        town_id=measure.town_id,
        state="draft",
        since=on,
        started_on=on,
        first_deadline=due,
        deadline=due,
        anchored_on=due,
        provisional=calendar.is_provisional(due, due),
        is_demo=measure.is_demo,
    )


def missing_of(measures: Sequence[Measure], on: datetime.date | None = None) -> dict[int, Missing]:
    """For each measure, which reports are missing on a day; three queries however many."""
    on = on or timezone.localdate()
    day, calendar = settings_of(on).report_day, stored_calendar()
    sent: dict[int, set[Period]] = defaultdict(set)
    rows = Report.objects.filter(measure__in=key_set(measure.pk for measure in measures))
    named = rows.values_list("measure_id", "year", "month", "months", "work__state", "work__deadline")
    for measure_id, year, month, months, state, until in named:
        again = state == "returned" and until is not None and until >= on
        if state in SENT or again:
            sent[measure_id].add(Period((year, month), months))
    found = {}
    for measure in measures:
        asked = periods_of(measure, on)
        due = [period for period in asked if period.due(day, calendar) < on]
        late = missing(asked, sent[measure.pk], day, calendar, on)
        found[measure.pk] = Missing(bool(due), tuple(late))
    return found
