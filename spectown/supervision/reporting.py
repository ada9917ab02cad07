"""Which reports are due: their rows are opened when a period is over, closed with the measure, missed when late."""

from __future__ import annotations

import datetime
import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import polars as pl
from django.db import transaction
from django.db.models import Q
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

Day = datetime.date
BLOCK = 2000
READ = ("title", "lead", "territory", "town", "is_demo")
DATES = ("work__started_on", "starts", "every", "work__deadline", "work__ended_on")
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
    if work is None:
        return []
    return list(periods_by(work.started_on, measure.starts, measure.every, work.deadline, work.ended_on, on))


@lru_cache(maxsize=8192)
def periods_by(started: Day | None, starts: Day | None, every: str, *ends: Day | None) -> tuple[Period, ...]:
    """The same by its dates; kept, since many measures share them."""
    if started is None:
        return ()
    return tuple(periods(max(filter(None, (started, starts))), min(filter(None, ends)), Every(every)))


@transaction.atomic
def open_reports(on: datetime.date) -> int:
    """Open the reports of periods that are over, of all measures that run. Return how many; again = none."""
    day, calendar, made = settings_of(on).report_day, stored_calendar(), 0
    running = Measure.objects.alive().filter(work__in=Work.objects.running().filter(state="running"))
    pks = list(running.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(pks), BLOCK):
        lacking = _lacking(pks[start : start + BLOCK], on)
        if lacking:
            reports = _open_block(lacking, day, calendar, on)
            told = block_of([_frame(reports)])
            audit.record_many(by=audit.SYSTEM, action="report.open", model=Report, block=told)
            made += len(reports)
    return made


def _lacking(pks: Sequence[int], on: datetime.date) -> list[tuple[int, Period]]:
    """Measures with the periods that are over and have no report; two queries."""
    known = set(Report.objects.filter(measure__in=key_set(pks)).values_list("measure_id", "year", "month"))
    rows = Measure.objects.filter(pk__in=key_set(pks)).order_by("pk").values_list("pk", *DATES)
    return [
        (pk, period)
        for pk, *dates in rows
        for period in periods_by(*dates, on)
        if last_day(period.last) <= on and (pk, *period.last) not in known
    ]


def _open_block(lacking: Sequence[tuple[int, Period]], day: int, calendar: Calendar, on: datetime.date) -> list[Report]:
    measures = Measure.objects.only(*READ).in_bulk({pk for pk, _ in lacking})
    works = Work.objects.bulk_create(
        [_work(measures[pk], period, period.due(day, calendar), calendar, on) for pk, period in lacking],
        batch_size=500,
    )
    return Report.objects.bulk_create(
        [
            Report(work=work, measure=measures[pk], year=period.last[0], month=period.last[1], months=period.months)
            for work, (pk, period) in zip(works, lacking, strict=True)
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
    asked = {measure.pk: tuple(periods_of(measure, on)) for measure in measures}
    return missing_by(asked, on)


def missing_by(asked: Mapping[int, tuple[Period, ...]], on: datetime.date) -> dict[int, Missing]:
    """The same for measures whose periods are known; what many share is worked out once."""
    day, calendar = settings_of(on).report_day, stored_calendar()

    @lru_cache(maxsize=8192)
    def found(periods: tuple[Period, ...], sent: frozenset[Period]) -> Missing:
        due = any(period.due(day, calendar) < on for period in periods)
        return Missing(due, tuple(missing(periods, sent, day, calendar, on)))

    sent = _sent(asked, on)
    return {pk: found(periods, frozenset(sent[pk])) for pk, periods in asked.items()}


def _sent(measures: Collection[int], on: datetime.date) -> defaultdict[int, set[Period]]:
    """Periods of each measure whose report was sent, or went back and is not due again yet."""
    sent: defaultdict[int, set[Period]] = defaultdict(set)
    again = Q(work__state="returned", work__deadline__gte=on)
    rows = Report.objects.filter(Q(work__state__in=SENT) | again, measure__in=key_set(measures))
    for measure, year, month, months in rows.values_list("measure_id", "year", "month", "months"):
        sent[measure].add(Period((year, month), months))
    return sent
