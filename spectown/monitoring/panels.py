"""Cells as columns for the core: all towns at once, one query."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal

import numpy as np
import polars as pl

from spectown.core.monitoring.panel import PLACES, Column, Panel
from spectown.core.periods import Every, Period, before, of_ordinal, parts, so_far, year_ago
from spectown.lib.columnar.reading import key_set, read
from spectown.monitoring.enums import Held
from spectown.monitoring.models import Cell, Indicator
from spectown.towns.models import Town

READ = ("town", "indicator", "ordinal", "kind", "number", "certified_kind", "certified")
CERTIFIED = "certified"


def periods_needed(period: Period) -> list[Period]:
    """What rules may read: a period, the one before, the year so far, the same of last year; and their parts."""
    last = year_ago(period)
    december = Period((period.last[0] - 1, 12), 1)  # what comes before months that are told together
    told = [period, before(period), *so_far(period), last, *so_far(last), december]
    finer = [part for each in told for every in Every for part in parts(each, every)]
    return list(dict.fromkeys([*told, *finer]))


def panel_of(
    towns: Sequence[Town], periods: Collection[Period], codes: Collection[str] | None = None, *, reported: bool = False
) -> Panel:
    """Columns of these towns and periods, of all indicators or those named: what counts, and what bureaus gave.

    `reported`: what the towns said in place of what counts.
    """
    rows = Cell.objects.filter(ordinal__in=[period.ordinal for period in periods])
    rows = rows.filter(town__in=key_set(town.pk for town in towns))
    named = dict(Indicator.objects.values_list("pk", "code"))
    if codes is not None:
        named = {pk: code for pk, code in named.items() if code in codes}
        rows = rows.filter(indicator__in=key_set(named))
    frame = read(rows, READ).join(
        pl.DataFrame({"town": [town.pk for town in towns], "place": range(len(towns))}, schema=_PLACES), on="town"
    )
    settles = frame.with_columns(kind=pl.coalesce("certified_kind", "kind"), number=_counting())
    counts = frame if reported else settles
    settled = frame.filter(pl.col("certified_kind").is_not_null())
    settled = settled.with_columns(kind=pl.col("certified_kind"), number=pl.col("certified"))
    categories = np.array([town.category for town in towns], dtype=np.str_)
    columns, bureaus = (_columns(found, named, len(towns)) for found in (counts, settled))
    return Panel(tuple(town.name for town in towns), categories, columns, {CERTIFIED: bureaus})


_PLACES = {"town": pl.Int64, "place": pl.Int64}


def _counting() -> pl.Expr:
    return pl.when(pl.col("certified_kind").is_not_null()).then("certified").otherwise("number")


def _columns(frame: pl.DataFrame, named: dict[int, str], size: int) -> dict[tuple[str, Period], Column]:
    found = {}
    for (indicator, ordinal), rows in frame.partition_by("indicator", "ordinal", as_dict=True).items():
        if indicator in named:
            found[named[indicator], of_ordinal(ordinal)] = _column(rows, size)
    return found


def _column(rows: pl.DataFrame, size: int) -> Column:
    kinds, scaled = np.zeros(size, np.int8), np.zeros(size, np.int64)
    place = rows["place"].to_numpy()
    held = rows["kind"].replace(int(Held.TEXT), int(Held.NOT_APPLICABLE))
    kinds[place] = held.to_numpy()
    whole = (rows["number"].fill_null(Decimal(0)) * 10**PLACES).cast(pl.Int64)
    scaled[place] = whole.to_numpy()
    return Column(kinds, scaled)
