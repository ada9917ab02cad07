"""What the database holds for a question, as a frame: kept sums or cells, with the sums over each axis of towns."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import polars as pl
from django.db.models import Model, Q, QuerySet

from spectown.lib.columnar.reading import key_set, read
from spectown.monitoring.models import Cell, Tally
from spectown.monitoring.pivot.asking import ALL, OF_TOWNS, Ask, Axis, as_text
from spectown.monitoring.tallying import READ, summed
from spectown.monitoring.unsent import without_drafts

COUNTS = ("figures", "unfit", "certified")


def _of(model: type[Model], places: Iterable[tuple[int, int]]) -> QuerySet[Model]:
    """Rows of exactly these indicators and periods: those alike in periods together."""
    by_indicator: dict[int, set[int]] = {}
    for indicator, ordinal in places:
        by_indicator.setdefault(indicator, set()).add(ordinal)
    alike: dict[frozenset[int], list[int]] = {}
    for indicator, ordinals in by_indicator.items():
        alike.setdefault(frozenset(ordinals), []).append(indicator)
    wanted = Q(pk__in=())
    for periods, indicators in alike.items():
        wanted |= Q(ordinal__in=periods, indicator__in=key_set(indicators))
    return model._default_manager.filter(wanted)


def from_kept(ask: Ask, places: Iterable[tuple[int, int]]) -> pl.DataFrame:
    """Kept sums, added up along the axes of the question."""
    rows = _of(Tally, places)
    for axis, values in ask.only.items():
        none = Q(**{f"{axis.value}__isnull": True}) if "" in values and axis == Axis.COUNTY else Q(pk__in=())
        rows = rows.filter(none | Q(**{f"{axis.value}__in": [v for v in values if v or axis != Axis.COUNTY]}))
    axes = [axis.value for axis in ask.places]
    frame = read(rows, ("indicator", "ordinal", *axes, "total", *COUNTS))
    return frame.group_by("indicator", "ordinal", *axes).agg(pl.col("total", *COUNTS).sum())


def from_cells(ask: Ask, places: Collection[tuple[int, int]], towns: pl.DataFrame, *, drafts: bool) -> pl.DataFrame:
    """The same from the cells of these towns; `drafts`: with what was not sent yet."""
    frame = read(_of(Cell, places).filter(town__in=key_set(towns["key"])), READ)
    frame = frame if drafts else without_drafts(frame, {ordinal for _, ordinal in places})
    frame = frame.rename({"town": "key"}).join(towns, on="key")
    return summed(frame, [axis.value for axis in ask.places])


def with_totals(ask: Ask, frame: pl.DataFrame) -> pl.DataFrame:
    """Also the sums over each axis of towns, and over both."""
    frame = as_text(frame, ask.places)
    for axis in ask.places:
        others = [name for name in frame.columns if name in OF_TOWNS and name != axis.value]
        added = frame.group_by("indicator", "ordinal", *others).agg(pl.col("total", *COUNTS).sum())
        frame = pl.concat([frame, added.with_columns(pl.lit(ALL).alias(axis.value)).select(frame.columns)])
    return frame
