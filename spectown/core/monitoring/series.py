"""A series over periods: values in the unit of today, interrupted where the 口径 changed, each with its state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from spectown.core.monitoring.catalogue import Break, Catalogue
from spectown.core.monitoring.comparing import Comparison, with_year_ago
from spectown.core.monitoring.units import converted
from spectown.core.monitoring.values import MISSING, Value, figure, rounded
from spectown.core.periods import Period, year_ago


@dataclass(frozen=True, slots=True)
class Point:
    """One period of a series. `state`: how far it is certified; `place`: where the figure comes from, for its link.

    `towns`: of how many towns a sum is made; sums of different numbers of towns are not compared. `missing`: how many
    towns should have a figure in it and have none.
    """

    period: Period
    value: Value
    state: str = ""
    place: str = ""
    change: Comparison | None = None
    towns: int | None = None
    missing: int = 0


def uneven(now: int | None, then: int | None, word: str = "上年同期") -> str:
    """Why two sums cannot be compared; empty = they can."""
    if not now or not then or now == then:
        return ""
    return f"有数的镇数不同(本期 {now} 个,{word} {then} 个),合计不比"


def in_todays_unit(catalogue: Catalogue, code: str, period: Period, value: Value) -> Value:
    """A value in the unit of the latest version."""
    then, today = catalogue.on(code, period), catalogue.versions[code][-1]
    if value.number is None or then is None or then.unit == today.unit or then.kind != today.kind:
        return value
    return figure(rounded(converted(Fraction(value.number), then.unit, today.unit), 4).normalize())


def points(
    catalogue: Catalogue,
    code: str,
    periods: Sequence[Period],
    found: Mapping[Period, Point],
    *,
    compared: bool = False,
) -> list[Point]:
    """One point a period, 未报 where nothing was found; with 同比 where it is asked for."""

    def lookup(_: str, period: Period) -> Value:
        return found[period].value if period in found else MISSING

    told = []
    for period in periods:
        point = found.get(period, Point(period, MISSING))
        change = with_year_ago(catalogue, code, period, lookup) if compared else None
        earlier = found.get(year_ago(period))
        if change and earlier and (reason := uneven(point.towns, earlier.towns)):
            change = Comparison(change.base, reason=reason)
        value = in_todays_unit(catalogue, code, period, point.value)
        told.append(replace(point, value=value, change=change))
    return told


def cuts(breaks: Sequence[Break], periods: Sequence[Period]) -> list[tuple[int, Break]]:
    """Before which place each break lies; a change of the unit alone is converted and cuts nothing."""
    found = []
    for each in breaks:
        at = next((n for n, period in enumerate(periods) if period.first >= each.since.first), None)
        if at and not each.comparable:
            found.append((at, each))
    return found


def pieces(count: int, places: Sequence[int]) -> list[tuple[int, int]]:
    """From where to where a line of so many points is drawn through, cut before each of the places."""
    edges = [0, *sorted(set(places)), count]
    return [(start, end) for start, end in pairwise(edges) if start < end]
