"""One indicator over its periods, of single towns and of counties, as points of the core."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from spectown.core.monitoring.series import Point, points
from spectown.core.periods import Period, moved, of_ordinal, year_ago
from spectown.monitoring.catalogue import plan_data
from spectown.monitoring.models import Cell
from spectown.monitoring.pivot import ALL, Ask, Axis, pivot
from spectown.monitoring.seeing import seen
from spectown.monitoring.unsent import readable
from spectown.organisations.actors import Actor

__all__ = ["ALL", "Line", "of_groups", "of_towns", "periods_of"]


@dataclass(frozen=True, slots=True)
class Line:
    """The points of one town (its key) or group of towns (ALL, or the key of a county)."""

    key: str
    points: list[Point]


def periods_of(code: str, by: Actor, count: int) -> list[Period]:
    """The last so many periods up to the newest one with a value that the actor sees; none where there is none."""
    item = plan_data().catalogue.versions[code][-1]
    rows = Cell.objects.filter(seen(by), indicator__code=code).order_by("-ordinal").values_list("ordinal", flat=True)
    newest = next((found for each in rows.distinct()[:24] if (found := of_ordinal(each)).every == item.every), None)
    if newest is None:
        return []
    wanted = [moved(newest, -back) for back in range(count - 1, -1, -1)]
    oldest = rows.last()
    return [period for period in wanted if oldest is not None and period >= of_ordinal(oldest)]


def of_towns(code: str, towns: Collection[int], periods: Sequence[Period], by: Actor, *, compared: bool) -> list[Line]:
    """Of single towns, in their order. One query."""
    wanted = _with_years_ago(periods) if compared else list(periods)
    rows = readable(Cell.objects.filter(indicator__code=code, town__in=towns), by)
    found: dict[int, dict[Period, Point]] = defaultdict(dict)
    for cell in rows.filter(ordinal__in=[period.ordinal for period in wanted]):
        state = cell.state if cell.sheet_id else cell.origin
        found[cell.town_id][cell.period] = Point(cell.period, cell.counts, state, str(cell.pk))
    return [Line(str(town), _points(code, periods, found[town], compared=compared)) for town in towns]


def of_groups(
    code: str,
    keys: Sequence[str],
    periods: Sequence[Period],
    by: Actor,
    *,
    compared: bool,
    only: Mapping[Axis, frozenset[str]] | None = None,
) -> list[Line]:
    """Of counties and of all towns that the actor sees (ALL), each enterprise once: the sums of the pivot.

    `only`: by axis of towns what is let through.
    """
    if not keys or not periods:
        return []
    wanted = _with_years_ago(periods) if compared else list(periods)
    told = pivot(Ask(Axis.COUNTY, Axis.PERIOD, (code,), tuple(wanted), only or {}), by)
    by_code = {period.code: period for period in wanted}
    found: dict[str, dict[Period, Point]] = defaultdict(dict)
    for (row, column), figure in told.figures.items():
        state = "agreed" if figure.figures and figure.certified == figure.figures else "sum"
        place, period = f"row={row}&column={column}", by_code[column]
        sums = Point(period, figure.value, state, place, towns=figure.figures, missing=figure.missing)
        found[row][period] = sums
    return [Line(key, _points(code, periods, found[key], compared=compared)) for key in keys]


def _points(code: str, periods: Sequence[Period], found: Mapping[Period, Point], *, compared: bool) -> list[Point]:
    return points(plan_data().catalogue, code, periods, found, compared=compared)


def _with_years_ago(periods: Sequence[Period]) -> list[Period]:
    return list(dict.fromkeys([*(year_ago(period) for period in periods), *periods]))
