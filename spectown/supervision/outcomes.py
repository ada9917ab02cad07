"""办理情况 of a period by unit, county, town or task; a fixed number of queries however many works."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from spectown.accounts.permissions import Permission
from spectown.core.periods import Every, Period, before, period_of
from spectown.core.supervision.rates import Figures, Item, figures, grouped
from spectown.organisations.actors import Actor
from spectown.organisations.models import Territory, Unit
from spectown.plans.calendar import stored_calendar
from spectown.plans.models import Task
from spectown.supervision.models import Measure, Step, Work
from spectown.supervision.problemrules import known_rules
from spectown.towns.models import Town

HANDED = ("finish", "send", "answer", "report")  # moves by which a unit hands in its part
NOT_COUNTED = ("cancelled", "withdrawn", "joined")
BY = {"unit": "承办单位", "county": "县(区)", "town": "专业镇", "task": "重点任务"}
REPORTED = ("report", "sheet")  # what is told for a period: progress of measures, figures of monitoring
CITY, NO_TOWN, NO_TASK = "市直", "不涉及专业镇", "没有对应任务"
CLAUSES = ("measure__clause", "report__measure__clause", "notice__clause", "problem__clause")
PLACES = ("holder_id", "territory_id", "holder__territory_id", "town_id")
MEASURES = ("measure__pk", "report__measure__pk")
FIELDS = (
    "pk",
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
Line = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """One group; `key`: number of unit, county, town, task, None for works that belong to none."""

    key: int | None
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
    keys = _keys(by)
    groups = grouped(((key, item) for line, item in found for key in keys(line)), first, last, calendar)
    rows = [Row(pk, label, groups[pk]) for pk, label in _labels(by, groups.keys())]
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


def _keys(by: str) -> Callable[[Line], Collection[int | None]]:
    """The groups in which a work stands: a measure that names several counties or towns in each of them."""
    if by == "task":
        tasks, rules = {ref: number for number, ref in _tasks()}, known_rules(timezone.localdate())
        kinds = {code: rule.clause for code, rule in rules.kinds.items()} if rules else {}
        return lambda line: [_task(line, tasks, kinds)]
    if by == "unit":
        return lambda line: [line["holder_id"]]
    named = _named(by)
    places = {"county": ("territory_id", "holder__territory_id"), "town": ("town_id",)}[by]
    return lambda line: named.get(_measure(line)) or [next((line[name] for name in places if line[name]), None)]


def _named(by: str) -> Mapping[int | None, set[int]]:
    """Counties, or towns, that each measure names; a county also by its towns. Two queries at most."""
    found: defaultdict[int | None, set[int]] = defaultdict(set)
    towns, counties = Measure.of_towns.through.objects, Measure.of_counties.through.objects
    pairs = list(towns.values_list("measure", "town" if by == "town" else "town__territory"))
    for measure, place in [*pairs, *(counties.values_list("measure", "territory") if by == "county" else ())]:
        found[measure].add(place)
    return found


def _measure(line: Line) -> int | None:
    return next((line[name] for name in MEASURES if line[name]), None)


def _tasks() -> list[tuple[int, str]]:
    rows = Task.objects.filter(version__is_current=True).order_by("number")
    return list(rows.values_list("number", "clause__ref"))


def _task(line: Line, tasks: Mapping[str, int], kinds: Mapping[str, str]) -> int | None:
    """The task in whose clause, or a part of it, the work stands; of a problem without one that of its kind."""
    clause = next((line[name] for name in CLAUSES if line[name]), kinds.get(line["problem__kind"], ""))
    fitting = [ref for ref in tasks if clause.startswith(ref)]
    return tasks[max(fitting, key=len)] if fitting else None


def _labels(by: str, keys: Iterable[int | None]) -> list[tuple[int | None, str]]:
    """Known keys with their names, in the usual order; works that belong to none last."""
    wanted = set(keys)
    if by == "task":
        tasks = Task.objects.filter(version__is_current=True).order_by("number")
        named = list(tasks.values_list("number", "title"))
    else:
        model: Any = {"unit": Unit, "county": Territory, "town": Town}[by]
        named = list(model.objects.order_by("order", "code").values_list("pk", "name"))
    rest = {"unit": "承办单位未定", "county": CITY, "town": NO_TOWN, "task": NO_TASK}[by]
    known: list[tuple[int | None, str]] = [(pk, name) for pk, name in named if pk in wanted]
    return [*known, *([(None, rest)] if None in wanted else [])]


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
