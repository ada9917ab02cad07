"""Sums by group of towns, from the kept ones or from the cells; ratios worked out from the sums of what they are of."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np
import polars as pl
from django.db.models import Q, Sum
from numpy.typing import NDArray

from spectown.core.monitoring.affected import Place
from spectown.core.monitoring.catalogue import Catalogue
from spectown.core.monitoring.columns import computed
from spectown.core.monitoring.indicator import Indicator as Item
from spectown.core.monitoring.indicator import Kind
from spectown.core.monitoring.panel import ABSENT, FIGURE, PLACES, SCALE, UNFIT, Column, Panel
from spectown.core.periods import Period, of_ordinal
from spectown.lib.columnar.reading import key_set, read
from spectown.monitoring.models import Cell, Indicator, Tally
from spectown.monitoring.overlaps import overlaps
from spectown.monitoring.pivot.asking import ALL, OF_TOWNS, Ask, Axis, Groups, as_text
from spectown.monitoring.tallying import READ, summed

COUNTS = ("figures", "unfit", "certified")
Ints = NDArray[np.int64]
MEASURES: dict[str, pl.DataType] = {"total": pl.Decimal(24, 4)} | dict.fromkeys(COUNTS, pl.Int64())


@dataclass(slots=True)
class Sums:
    """Columns by group, and beside each how many towns have a figure, 不适用, a certified one."""

    panel: Panel
    counts: dict[Place, tuple[Ints, Ints, Ints]]
    uneven: dict[Place, NDArray[np.bool_]] = field(default_factory=dict)

    def column(self, place: Place) -> Column:
        """What is summed up of an indicator in a period."""
        return self.panel.column(*place)

    def count(self, place: Place) -> tuple[Ints, Ints, Ints]:
        """The three counts."""
        none = np.zeros(len(self.panel.towns), np.int64)
        return self.counts.get(place, (none, none, none))


def needed(catalogue: Catalogue, asked: Collection[Place]) -> list[Place]:
    """What is asked, and what its ratios are made of, these first."""
    found: dict[Place, None] = {}

    def add(place: Place) -> None:
        if place in found:
            return
        for read_ in inputs_of(catalogue, place):
            add(read_)
        found[place] = None

    for place in asked:
        add(place)
    return list(found)


def inputs_of(catalogue: Catalogue, place: Place) -> list[Place]:
    """What a computed ratio reads; nothing for what can be added up."""
    item = catalogue.on(*place)
    if item is None or item.kind != Kind.RATIO or not item.formula or item.every != place[1].every:
        return []
    readings = catalogue.computation(*place).readings.values()
    return list(dict.fromkeys((reading.code, period) for reading in readings for period, _ in reading.periods))


def sums_of(ask: Ask, catalogue: Catalogue, groups: Groups, towns: pl.DataFrame, kept: bool) -> Sums:
    """All columns that the question needs. `kept`: from the kept sums."""
    places = needed(catalogue, [(code, period) for code in ask.indicators for period in ask.periods])
    named = dict(Indicator.objects.filter(code__in={code for code, _ in places}).values_list("pk", "code"))
    ordinals = {period.ordinal for _, period in places}
    frame = _kept(ask, named, ordinals) if kept else _from_cells(ask, named, ordinals, towns)
    sums = _columns(_with_totals(ask, frame), named, groups)
    _once(sums, groups, {code for code, _ in places}, ordinals)
    for place in places:
        _work_out(sums, catalogue, place)
    return sums


def _kept(ask: Ask, named: Collection[int], ordinals: Collection[int]) -> pl.DataFrame:
    rows = Tally.objects.filter(ordinal__in=ordinals, indicator__in=key_set(named)).order_by()
    for axis, values in ask.only.items():
        none = Q(**{f"{axis.value}__isnull": True}) if "" in values and axis == Axis.COUNTY else Q(pk__in=())
        rows = rows.filter(none | Q(**{f"{axis.value}__in": [v for v in values if v or axis != Axis.COUNTY]}))
    fields = ("indicator", "ordinal", *(axis.value for axis in ask.places))
    found = rows.values_list(*fields).annotate(*(Sum(name) for name in ("total", *COUNTS)))
    schema: dict[str, pl.DataType] = {name: pl.String() if name in OF_TOWNS else pl.Int64() for name in fields}
    plain = ((*map(_text, row[: len(fields)], fields), *row[len(fields) :]) for row in found)
    return pl.DataFrame(list(plain), schema=schema | MEASURES, orient="row")


def _text(value: object, field: str) -> object:
    return ("" if value is None else str(value)) if field in OF_TOWNS else value


def _from_cells(ask: Ask, named: Collection[int], ordinals: Collection[int], towns: pl.DataFrame) -> pl.DataFrame:
    rows = Cell.objects.filter(ordinal__in=ordinals, indicator__in=key_set(named), town__in=key_set(towns["key"]))
    frame = read(rows, READ).rename({"town": "key"}).join(towns, on="key")
    return summed(frame, [axis.value for axis in ask.places])


def _with_totals(ask: Ask, frame: pl.DataFrame) -> pl.DataFrame:
    """Also the sums over each axis of towns, and over both."""
    frame = as_text(frame, ask.places)
    for axis in ask.places:
        others = [name for name in frame.columns if name in OF_TOWNS and name != axis.value]
        added = frame.group_by("indicator", "ordinal", *others).agg(pl.col("total", *COUNTS).sum())
        frame = pl.concat([frame, added.with_columns(pl.lit(ALL).alias(axis.value)).select(frame.columns)])
    return frame


def _columns(frame: pl.DataFrame, named: dict[int, str], groups: Groups) -> Sums:
    size, at = len(groups.keys), {key: place for place, key in enumerate(groups.keys)}
    columns, counts = {}, {}
    axes = [name for name in frame.columns if name in OF_TOWNS]
    for (indicator, ordinal), rows in frame.partition_by("indicator", "ordinal", as_dict=True).items():
        known = [(at[key], row) for row in rows.iter_rows(named=True) if (key := _key(row, axes)) in at]
        figures, unfit, certified = (np.zeros(size, np.int64) for _ in COUNTS)
        scaled, place = np.zeros(size, np.int64), [each for each, _ in known]
        for array, name in ((figures, "figures"), (unfit, "unfit"), (certified, "certified")):
            array[place] = [row[name] for _, row in known]
        scaled[place] = [int((row["total"] or Decimal(0)).scaleb(PLACES)) for _, row in known]
        kinds = np.select([figures > 0, unfit > 0], [FIGURE, UNFIT], ABSENT).astype(np.int8)
        key_ = (named[indicator], of_ordinal(ordinal))
        columns[key_], counts[key_] = Column(kinds, scaled), (figures, unfit, certified)
    return Sums(Panel(("",) * size, np.full(size, ""), columns), counts)


def _key(row: dict[str, object], axes: list[str]) -> tuple[str, ...]:
    return tuple(str(row[axis]) for axis in axes)


def _once(sums: Sums, groups: Groups, codes: Collection[str], ordinals: Collection[int]) -> None:
    """An enterprise that belongs to several towns of a group counts once in its sum."""
    for (code, ordinal), shared in overlaps(codes, ordinals).items():
        column = sums.panel.columns.get((code, of_ordinal(ordinal)))
        if column is None:
            continue
        for at, key in enumerate(groups.keys):
            if len(groups.towns[key]) > 1:
                column.scaled[at] -= SCALE * sum(each.twice(groups.towns[key]) for each in shared)


def _work_out(sums: Sums, catalogue: Catalogue, place: Place) -> None:
    """Put a ratio in the place of the sum of ratios; where it has no formula, more than one cannot be one figure."""
    item, column = catalogue.on(*place), sums.panel.columns.get(place)
    inputs = inputs_of(catalogue, place)
    columns = dict(sums.panel.columns)
    if inputs:
        everywhere = np.ones(len(sums.panel.towns), bool)
        columns[place] = computed(catalogue.computation(*place), sums.panel, everywhere)
        counted = [sums.count(each)[0] for each in inputs]
        sums.uneven[place] = np.logical_or.reduce([each != counted[0] for each in counted])
    elif item is not None and column is not None and not can_be_added(item):
        many = sums.count(place)[0] > 1
        columns[place] = Column(np.where(many, UNFIT, column.kinds).astype(np.int8), column.scaled)
    sums.panel = Panel(sums.panel.towns, sums.panel.categories, columns)


def can_be_added(item: Item) -> bool:
    """Amounts and numbers; neither ratios nor texts."""
    return item.kind not in (Kind.RATIO, Kind.TEXT)


def over(sums: Sums, item: Item, periods: list[Period]) -> tuple[Column, tuple[Ints, Ints, Ints]]:
    """An indicator over several periods: flows are added up, the others taken at the last one."""
    places = [(item.code, period) for period in sorted(periods)]
    if item.kind != Kind.FLOW or len(places) == 1:
        return sums.column(places[-1]), sums.count(places[-1])
    columns = [sums.column(place) for place in places]
    kinds = np.maximum.reduce([column.kinds for column in columns])
    counts = [np.sum([sums.count(place)[n] for place in places], axis=0) for n in range(len(COUNTS))]
    scaled = np.sum([np.where(column.figures, column.scaled, 0) for column in columns], axis=0)
    return Column(kinds, scaled), (counts[0], counts[1], counts[2])
