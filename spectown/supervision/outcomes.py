"""办理情况 of a period by unit, county, town or task; a fixed number of queries however many works."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Max, Q, QuerySet

from spectown.accounts.permissions import Permission
from spectown.core.periods import Every, Period, before, period_of
from spectown.core.supervision.rates import Figures, Item, figures, grouped
from spectown.organisations.actors import Actor
from spectown.plans.calendar import stored_calendar
from spectown.supervision.models import Step, Work
from spectown.supervision.outcomegroups import CITY as CITY
from spectown.supervision.outcomegroups import CLAUSES, MEASURES, Key, Line, keys_of, labels_of

HANDED = ("finish", "send", "answer", "report")  # moves by which a unit hands in its part
NOT_COUNTED = ("cancelled", "withdrawn", "joined")
BY = {"unit": "承办单位", "county": "县(区)", "town": "专业镇", "task": "重点任务"}
REPORTED = ("report", "sheet")  # what is told for a period: progress of measures, figures of monitoring
PLACES = ("holder_id", "territory_id", "holder__territory_id", "town_id")
FIELDS = (
    "pk",
    "kind",
    *PLACES,
    *MEASURES,
    "deadline",
    "started_on",
    "ended_on",
    "anchored_on",
    "paused_on",
    "problem__kind",
    *CLAUSES,
)


@dataclass(frozen=True, slots=True)
class Row:
    """One group; `key`: number of unit, county, town, task, another clause's, None for works that belong to none."""

    key: Key
    label: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Groups in their order, and all works together. `last`: the day up to which it is reckoned."""

    period: Period
    by: str
    last: datetime.date
    rows: tuple[Row, ...]
    total: Figures


def outcomes(works: QuerySet[Work], period: Period, by: str, on: datetime.date) -> Outcomes:
    """Figures of the works of a period as they stand on a day; `by`: a key of BY."""
    calendar = stored_calendar()
    first, last = reckoned(period, on)
    found = list(_items(works, first, last))
    keys = keys_of(by)
    groups = grouped(((key, item) for line, item in found for key in keys(line)), first, last, calendar)
    rows = [Row(pk, label, groups[pk]) for pk, label in labels_of(by, groups.keys())]
    return Outcomes(period, by, last, tuple(rows), figures([item for _, item in found], first, last, calendar))


def reckoned(period: Period, on: datetime.date) -> tuple[datetime.date, datetime.date]:
    """First and last day that count on a day: what is due today is not late today."""
    return period.days[0], min(period.days[1], on - datetime.timedelta(1))


def _items(works: QuerySet[Work], first: datetime.date, last: datetime.date) -> Iterable[tuple[Line, Item]]:
    counted = works.filter(started_on__isnull=False, started_on__lte=last).exclude(state__in=NOT_COUNTED)
    near = Q(ended_on__isnull=True) | Q(ended_on__gte=first) | Q(deadline__gte=first)
    chosen = counted.filter(near)
    handed = dict(
        Step.objects.filter(work__in=chosen.values("pk"), move__in=HANDED)
        .order_by()
        .values("work_id")
        .annotate(day=Max("on"))
        .values_list("work_id", "day")
    )
    for line in chosen.order_by().distinct().values(*FIELDS):
        yield line, Item(line["deadline"], line["started_on"], _done(line, handed.get(line["pk"])))


def _done(line: Line, handed: datetime.date | None) -> datetime.date | None:
    """Day of handing in; None while the unit still, or again, has the ball."""
    if line["ended_on"] is None and (line["anchored_on"] is not None or line["paused_on"] is not None):
        return None
    found: datetime.date | None = handed or line["ended_on"]
    return found


def choices(on: datetime.date) -> list[Period]:
    """The present month and quarter, and those before: two years of months, eight quarters."""
    months, quarters = [period_of(on, Every.MONTH)], [period_of(on, Every.QUARTER)]
    while len(months) < 24:
        months.append(before(months[-1]))
    while len(quarters) < 8:
        quarters.append(before(quarters[-1]))
    return [*months, *quarters]


def scope(actor: Actor) -> QuerySet[Work]:
    """Works whose figures the actor may see: office and leading group all, others those that they may read."""
    if actor.may(Permission.PLAN_MANAGE) or actor.may(Permission.PLAN_DECIDE):
        return Work.objects.all()  # also reports that a unit has not sent: that it has not is what the figures say
    return Work.objects.visible_to(actor)


def units_by_reports(works: QuerySet[Work], period: Period, on: datetime.date) -> Mapping[str, list[int]]:
    """Units by what became of their reports and sheets due in the period: on_time, late, absent (the worst counts)."""
    first, last = reckoned(period, on)
    states: defaultdict[int, set[str]] = defaultdict(set)
    for line, item in _items(works.filter(kind__in=REPORTED, holder__isnull=False), first, last):
        if item.deadline is None or not first <= item.deadline <= last:
            continue
        given = item.done is not None and item.done <= last
        state = "absent" if not given else "on_time" if item.done and item.done <= item.deadline else "late"
        states[line["holder_id"]].add(state)
    order = ("absent", "late", "on_time")
    worst = {unit: next(state for state in order if state in found) for unit, found in states.items()}
    return {state: sorted(unit for unit, found in worst.items() if found == state) for state in order}
