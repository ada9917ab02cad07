"""Targets of the plan against what there was at the end of each year; limits of indicators against the figures."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from spectown.core.attainment import Attainment, attainment, position, share
from spectown.core.monitoring.indicator import Indicator as Item
from spectown.core.periods import Every, Period, of_ordinal
from spectown.monitoring.catalogue import plan_data
from spectown.monitoring.models import Cell
from spectown.monitoring.pivot import ALL, Ask, Axis, pivot
from spectown.monitoring.seeing import seen
from spectown.organisations.actors import Actor
from spectown.plans.models import PlanVersion, Target
from spectown.towns.enums import Level
from spectown.towns.facts import counts_by_level


@dataclass(frozen=True, slots=True)
class Actual:
    """One target at the end of a year (of this one: today). `where`: of a range below, within, above."""

    target: Target
    year: int
    day: datetime.date
    level: str
    number: int | None
    attainment: Attainment
    where: str
    percent: Decimal | None


def day_of(year: int, today: datetime.date) -> datetime.date:
    """The last day of a year that has come."""
    return min(datetime.date(year, 12, 31), today)


def actuals(version: PlanVersion, today: datetime.date) -> list[tuple[Target, list[Actual]]]:
    """Each target with its years, from that of the plan to this one; a query a year."""
    first = min(version.signed_date.year if version.signed_date else today.year, today.year)
    counts = {year: counts_by_level(day_of(year, today)) for year in range(first, today.year + 1)}
    codes = {str(level.label): level.value for level in Level}
    targets = version.targets.select_related("clause")
    return [
        (each, [_actual(each, year, day_of(year, today), codes, of.get(each.level)) for year, of in counts.items()])
        for each in targets
    ]


def _actual(target: Target, year: int, day: datetime.date, codes: dict[str, str], number: int | None) -> Actual:
    wanted = (target.comparator, target.low, target.high, None if number is None else Decimal(number))
    level = codes.get(target.level, "")
    return Actual(target, year, day, level, number, attainment(*wanted), position(*wanted), share(*wanted))


@dataclass(frozen=True, slots=True)
class Limits:
    """How many towns of the actor are at or over `good`, between, beyond `warn`, without a figure."""

    item: Item
    period: Period
    counts: Counter[str]

    @property
    def parts(self) -> Sequence[int]:
        """In the order of the words 较好, 一般, 偏差, without a figure."""
        return [self.counts[word] for word in ("green", "yellow", "red", "grey")]


def limits(by: Actor) -> list[Limits]:
    """Of every indicator with limits, as of its newest month with values."""
    catalogue = plan_data().catalogue
    rows = Cell.objects.filter(seen(by)).order_by("-ordinal").values_list("ordinal", flat=True).distinct()
    months = (period for each in rows[:24] if (period := of_ordinal(each)).every == Every.MONTH)
    month = next(months, None)
    items = [item for item in catalogue.due_on(month) if item.good is not None] if month else []
    if not items or month is None:
        return []
    told = pivot(Ask(Axis.TOWN, Axis.INDICATOR, tuple(item.code for item in items), (month,)), by)
    found = []
    for item in items:
        values = [figure.value for (row, code), figure in told.figures.items() if code == item.code and row != ALL]
        found.append(Limits(item, month, Counter(item.light(value).level.value for value in values)))
    return found
