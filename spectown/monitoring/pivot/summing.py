"""Sums by group of towns, from the kept ones or from the cells; ratios worked out from the sums of what they are of."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy.typing import NDArray

from spectown.core.monitoring.affected import Place
from spectown.core.monitoring.catalogue import Catalogue
from spectown.core.monitoring.columns import computed
from spectown.core.monitoring.computing import Computation
from spectown.core.monitoring.indicator import Indicator as Item
from spectown.core.monitoring.indicator import Kind
from spectown.core.monitoring.panel import ABSENT, FIGURE, PLACES, SCALE, UNFIT, Column, Panel
from spectown.core.periods import Period
from spectown.monitoring.models import Indicator
from spectown.monitoring.overlaps import overlaps
from spectown.monitoring.pivot.asking import OF_TOWNS, Ask, Groups
from spectown.monitoring.pivot.fetching import COUNTS, from_cells, from_kept, with_totals

Ints = NDArray[np.int64]
Formulas = Mapping[Place, Computation | None]


@dataclass(slots=True)
class Sums:
    """Columns by group, and beside each how many towns have a figure, 不适用, a certified one."""

    panel: Panel
    columns: dict[Place, Column]
    counts: dict[Place, Ints]
    uneven: dict[Place, NDArray[np.bool_]] = field(default_factory=dict)
    twice: dict[Place, Ints] = field(default_factory=dict)

    def count(self, place: Place) -> Ints:
        """The three counts, a row each."""
        found = self.counts.get(place)
        return np.zeros((len(COUNTS), len(self.panel.towns)), np.int64) if found is None else found


def needed(catalogue: Catalogue, asked: Collection[Place]) -> Formulas:
    """What is asked and what its ratios are made of, these first; with the formula where it is a computed ratio."""
    found: dict[Place, Computation | None] = {}

    def add(place: Place) -> None:
        if place not in found:
            computation = _ratio(catalogue, place)
            for each in inputs_of(computation):
                add(each)
            found[place] = computation

    for place in asked:
        add(place)
    return found


def _ratio(catalogue: Catalogue, place: Place) -> Computation | None:
    item = catalogue.on(*place)
    if item is None or item.kind != Kind.RATIO or not item.formula or item.every != place[1].every:
        return None
    return catalogue.computation(*place)


def inputs_of(computation: Computation | None) -> list[Place]:
    """What a computed ratio reads; nothing for what can be added up."""
    readings = computation.readings.values() if computation else ()
    return list(dict.fromkeys((reading.code, period) for reading in readings for period, _ in reading.periods))


def sums_of(
    ask: Ask, catalogue: Catalogue, asked: Collection[Place], groups: Groups, towns: pl.DataFrame, *, drafts: bool
) -> Sums:
    """All columns that the question needs, from the kept sums where they do. `drafts`: with what was not sent yet."""
    formulas = dict.fromkeys(asked) if groups.are_single else needed(catalogue, asked)
    numbers = dict(Indicator.objects.values_list("code", "pk"))
    places = {place: (numbers[place[0]], place[1].ordinal) for place in formulas if place[0] in numbers}
    kept = not drafts and not ask.by_town
    frame = from_kept(ask, places.values()) if kept else from_cells(ask, set(places.values()), towns, drafts=drafts)
    sums = _columns(with_totals(ask, frame), places, groups)
    _once(sums, groups, formulas)
    for place, computation in formulas.items() if any(formulas.values()) else ():
        _work_out(sums, catalogue, place, computation)
    return sums


def _columns(frame: pl.DataFrame, places: Mapping[Place, tuple[int, int]], groups: Groups) -> Sums:
    """Every place a row, every group a column of one matrix, filled at once."""
    axes = [name for name in frame.columns if name in OF_TOWNS]
    found = frame.join(_numbered(("indicator", "ordinal"), list(places.values()), "place"), on=["indicator", "ordinal"])
    keys = _numbered(tuple(axes), list(groups.keys), "group")
    found = found.join(keys, on=axes) if axes else found.with_columns(group=pl.lit(0))
    at = found["place"].to_numpy(), found["group"].to_numpy()
    shape = len(places), len(groups.keys)
    counts, scaled = np.zeros((len(COUNTS), *shape), np.int64), np.zeros(shape, np.int64)
    for number, name in enumerate(COUNTS):
        counts[(number, *at)] = found[name].to_numpy()
    scaled[at] = (found["total"].fill_null(0) * 10**PLACES).cast(pl.Int64).to_numpy()
    kinds = np.select([counts[0] > 0, counts[1] > 0], [FIGURE, UNFIT], ABSENT).astype(np.int8)
    columns = {place: Column(kinds[number], scaled[number]) for number, place in enumerate(places)}
    size = len(groups.keys)
    return Sums(
        Panel(("",) * size, np.full(size, ""), columns), columns, {p: counts[:, n] for n, p in enumerate(places)}
    )


def _numbered(names: tuple[str, ...], rows: Sequence[tuple[object, ...]], number: str) -> pl.DataFrame:
    schema = {name: pl.String() if name in OF_TOWNS else pl.Int64() for name in names}
    return pl.DataFrame(rows, schema=schema, orient="row").with_columns(pl.int_range(pl.len()).alias(number))


def _once(sums: Sums, groups: Groups, places: Collection[Place]) -> None:
    """An enterprise that belongs to several towns of a group counts once in its sum."""
    if groups.are_single:
        return
    found = overlaps({code for code, _ in places}, {period.ordinal for period in {period for _, period in places}})
    by_ordinal = {(code, period.ordinal): (code, period) for code, period in places} if found else {}
    for key, shared in found.items():
        column = sums.columns.get(by_ordinal[key]) if key in by_ordinal else None
        for at, group in enumerate(groups.keys if column else ()):
            if column is not None and len(groups.towns[group]) > 1:
                again = sum(each.twice(groups.towns[group]) for each in shared)
                column.scaled[at] -= SCALE * again
                sums.twice.setdefault(by_ordinal[key], np.zeros(len(groups.keys), np.int64))[at] = again


def _work_out(sums: Sums, catalogue: Catalogue, place: Place, computation: Computation | None) -> None:
    """Put a ratio in the place of the sum of ratios; where it has no formula, more than one cannot be one figure."""
    item, column = catalogue.on(*place), sums.columns.get(place)
    if computation:
        sums.columns[place] = computed(computation, sums.panel, np.ones(len(sums.panel.towns), bool))
        counted = [sums.count(each)[0] for each in inputs_of(computation)]
        sums.uneven[place] = np.logical_or.reduce([each != counted[0] for each in counted])
    elif item is not None and column is not None and not can_be_added(item):
        kinds = np.where(sums.count(place)[0] > 1, UNFIT, column.kinds).astype(np.int8)
        sums.columns[place] = Column(kinds, column.scaled)


def can_be_added(item: Item) -> bool:
    """Amounts and numbers; neither ratios nor texts."""
    return item.kind not in (Kind.RATIO, Kind.TEXT)


def over(sums: Sums, item: Item, periods: Sequence[Period]) -> tuple[Column, Ints]:
    """An indicator over several periods: flows are added up, the others taken at the last one."""
    places = [(item.code, period) for period in periods]
    if len(places) == 1:
        return sums.panel.column(*places[0]), sums.count(places[0])
    columns = [sums.panel.column(*place) for place in places]
    kinds = np.maximum.reduce([column.kinds for column in columns])
    scaled = np.sum([np.where(column.figures, column.scaled, 0) for column in columns], axis=0)
    return Column(kinds, scaled), np.sum([sums.count(place) for place in places], axis=0)
