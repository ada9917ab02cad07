"""Pivot over indicator × period × town, county, category, level: sums with what is behind them.

Flows, stocks and counts are added up; a ratio is worked out from the sums of what it is of, never averaged; beside each
figure stands how many towns have one, 未报, 不适用, a certified one. Sums come from the kept ones (Tally) where the
question does not tell single towns apart. Others than the county and its towns read only what was sent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from spectown.core.monitoring.catalogue import Catalogue
from spectown.core.monitoring.indicator import Indicator as Item
from spectown.core.monitoring.values import Value, not_applicable
from spectown.core.periods import Period
from spectown.monitoring.catalogue import plan_data
from spectown.monitoring.pivot.asking import ALL, Ask, Axis, Groups, Key, groups_of, towns_asked
from spectown.monitoring.pivot.behind import behind, shared_behind
from spectown.monitoring.pivot.spans import spans
from spectown.monitoring.pivot.summing import Sums, can_be_added, over, sums_of
from spectown.monitoring.seeing import sees_all
from spectown.organisations.actors import Actor

__all__ = ["ALL", "Ask", "Axis", "Figure", "Pivot", "behind", "pivot", "shared_behind"]

NOT_ADDED = "比率和文字不能相加"
UNEVEN = "分子、分母的填报镇数不同"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a pivot: of `expected` towns (times periods added up) so many have a figure, are 不适用, certified.

    `note`: what to know of it; `periods`: whose figures it is made of; `twice`: how many enterprises of several towns a
    plain sum over the towns would count again (already left out of the value).
    """

    value: Value
    item: Item
    periods: tuple[Period, ...]
    expected: int
    figures: int
    unfit: int
    certified: int
    note: str = ""
    twice: int = 0

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
    series = [each for code in ask.indicators for each in spans(ask, catalogue, code)]
    asked = [(item.code, period) for item, periods in series for period in periods]
    sums = sums_of(ask, catalogue, asked, groups, towns, drafts=not sees_all(by))
    expected = {
        item.categories: groups.expected(item) for item in {item.categories: item for item, _ in series}.values()
    }
    place = _placed(ask)
    found = {}
    for item, periods in series:
        code, period = item.code, periods[-1].code
        for key, figure in _figures(sums, item, periods, groups, expected[item.categories]):
            found[place(code, period, key)] = figure
    rows, columns = (_heads(ask, axis, groups, catalogue) for axis in (ask.rows, ask.columns))
    return Pivot(ask, rows, columns, found)


def _figures(
    sums: Sums, item: Item, periods: tuple[Period, ...], groups: Groups, expected: Sequence[int]
) -> Iterator[tuple[Key, Figure]]:
    """One for each group of towns."""
    column, counts = over(sums, item, periods)
    uneven = sums.uneven.get((item.code, periods[-1]))
    again = [sums.twice[place] for period in periods if (place := (item.code, period)) in sums.twice]
    single = item.formula or can_be_added(item)
    for at, (key, (figures, unfit, certified)) in enumerate(zip(groups.keys, counts.T.tolist(), strict=True)):
        value, note = column.value(at), UNEVEN if uneven is not None and uneven[at] else ""
        if figures > 1 and not single:
            value, note = not_applicable(NOT_ADDED), NOT_ADDED
        wanted = expected[at] * len(periods)
        twice = sum(int(each[at]) for each in again)
        yield key, Figure(value, item, periods, wanted, figures, unfit, certified, note, twice)


def _placed(ask: Ask) -> Callable[[str, str, Key], tuple[str, str]]:
    """Where a figure of an indicator, a period and a group of towns stands: key of its row and of its column."""
    places = [ask.places.index(axis) if axis in ask.places else axis for axis in (ask.rows, ask.columns)]

    def placed(code: str, period: str, key: Key) -> tuple[str, str]:
        row, column = (key[at] if isinstance(at, int) else code if at == Axis.INDICATOR else period for at in places)
        return row, column

    return placed


def _heads(ask: Ask, axis: Axis, groups: Groups, catalogue: Catalogue) -> list[str]:
    if axis == Axis.INDICATOR:
        return list(ask.indicators)
    if axis == Axis.PERIOD:
        return [period.code for period in sorted(ask.periods)]
    place = ask.places.index(axis)
    return [*dict.fromkeys(key[place] for key in groups.keys if key[place] != ALL), ALL]
