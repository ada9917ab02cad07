"""Pivot over indicator × period × town, county, category, level: sums with what is behind them.

Flows, stocks and counts are added up; a ratio is worked out from the sums of what it is of, never averaged; beside each
figure stands how many towns have one, 未报, 不适用, a certified one. Sums come from the kept ones (Tally) where the
question does not tell single towns apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from spectown.core.monitoring.catalogue import Catalogue
from spectown.core.monitoring.indicator import Indicator as Item
from spectown.core.monitoring.values import Value, not_applicable
from spectown.core.periods import Period
from spectown.lib.columnar.reading import key_set
from spectown.monitoring.catalogue import plan_data
from spectown.monitoring.models import Cell
from spectown.monitoring.pivot.asking import ALL, Ask, Axis, Groups, groups_of, sees_all, towns_asked
from spectown.monitoring.pivot.summing import Sums, can_be_added, needed, over, sums_of
from spectown.organisations.actors import Actor

__all__ = ["ALL", "Ask", "Axis", "Figure", "Pivot", "behind", "pivot"]

NOT_ADDED = "比率和文字不能相加"
UNEVEN = "分子、分母的填报镇数不同"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a pivot: of `expected` towns (times periods added up) so many have a figure, are 不适用, certified.

    `note`: what to know of it; `periods`: whose figures it is made of.
    """

    value: Value
    item: Item
    periods: tuple[Period, ...]
    expected: int
    figures: int
    unfit: int
    certified: int
    note: str = ""

    @property
    def missing(self) -> int:
        """How many are 未报."""
        return max(self.expected - self.figures - self.unfit, 0)


@dataclass(frozen=True, slots=True)
class Pivot:
    """Figures by (key of the row, key of the column); keys in order, ALL last where the axis is one of towns."""

    ask: Ask
    rows: Sequence[str]
    columns: Sequence[str]
    figures: Mapping[tuple[str, str], Figure]


def pivot(ask: Ask, by: Actor) -> Pivot:
    """Answer a question; a fixed number of queries. Raises Refused, NotAllowed."""
    catalogue = plan_data().catalogue
    ask.require(catalogue)
    towns = towns_asked(ask, by)
    groups = groups_of(ask, towns)
    kept = sees_all(by) and not ask.by_town
    sums = sums_of(ask, catalogue, groups, towns, kept)
    found = dict(_figures(ask, catalogue, groups, sums))
    rows, columns = (_heads(ask, axis, groups, catalogue) for axis in (ask.rows, ask.columns))
    return Pivot(ask, rows, columns, found)


def _figures(ask: Ask, catalogue: Catalogue, groups: Groups, sums: Sums) -> Sequence[tuple[tuple[str, str], Figure]]:
    found = []
    for code in ask.indicators:
        for periods in _series(ask, catalogue, code):
            item = catalogue.on(code, periods[-1])
            if item is None:
                continue
            for at, key in enumerate(groups.keys):
                found.append((_place(ask, code, periods[-1], key), _figure(sums, item, periods, groups, at)))
    return found


def _series(ask: Ask, catalogue: Catalogue, code: str) -> list[list[Period]]:
    """Periods for which an indicator is told: each by itself along an axis, else all in one figure."""
    told = [p for p in sorted(ask.periods) if (item := catalogue.on(code, p)) is not None and item.every == p.every]
    return [[period] for period in told] if Axis.PERIOD in (ask.rows, ask.columns) else [told] if told else []


def _figure(sums: Sums, item: Item, periods: list[Period], groups: Groups, at: int) -> Figure:
    column, counts = over(sums, item, periods)
    used = tuple(periods) if item.kind == "flow" else (periods[-1],)
    figures, unfit, certified = (int(each[at]) for each in counts)
    note = UNEVEN if sums.uneven.get((item.code, periods[-1]), [False] * (at + 1))[at] else ""
    value = column.value(at)
    if figures > 1 and not can_be_added(item) and not item.formula:
        value, note = not_applicable(NOT_ADDED), NOT_ADDED
    expected = groups.expected(groups.keys[at], item) * len(used)
    return Figure(value, item, used, expected, figures, unfit, certified, note)


def _place(ask: Ask, code: str, period: Period, key: tuple[str, ...]) -> tuple[str, str]:
    values = dict(zip(ask.places, key, strict=True))
    own = {Axis.INDICATOR: code, Axis.PERIOD: period.code}
    row, column = (values.get(axis) or own.get(axis, "") for axis in (ask.rows, ask.columns))
    return row, column


def _heads(ask: Ask, axis: Axis, groups: Groups, catalogue: Catalogue) -> list[str]:
    if axis == Axis.INDICATOR:
        return list(ask.indicators)
    if axis == Axis.PERIOD:
        return [period.code for period in sorted(ask.periods)]
    place = ask.places.index(axis)
    return [*dict.fromkeys(key[place] for key in groups.keys if key[place] != ALL), ALL]


def behind(ask: Ask, row: str, column: str, by: Actor) -> QuerySet[Cell]:
    """The cells that a figure of a pivot is made of, those of the inputs of a ratio with it; by town and period."""
    catalogue = plan_data().catalogue
    ask.require(catalogue)
    chosen = {ask.rows: row, ask.columns: column}
    code = chosen.get(Axis.INDICATOR, ask.indicators[0])
    series = [s for s in _series(ask, catalogue, code) if chosen.get(Axis.PERIOD, s[-1].code) == s[-1].code]
    item = catalogue.on(code, series[0][-1]) if series else None
    periods = [] if item is None else series[0] if item.kind == "flow" else series[0][-1:]
    places = needed(catalogue, [(code, period) for period in periods])
    towns = towns_asked(ask, by)
    for axis in ask.places:
        if chosen[axis] != ALL:
            towns = towns.filter(towns[axis.value] == chosen[axis])
    rows = Cell.objects.filter(
        town__in=key_set(towns["key"]),
        indicator__code__in={code for code, _ in places},
        ordinal__in={period.ordinal for _, period in places},
    )
    return rows.select_related("town", "indicator", "sheet__work").order_by("town", "ordinal", "indicator")
