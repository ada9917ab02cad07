"""Sums kept beside the cells (Tally): of each indicator and period by county, category and level of the towns.

And all figures of a category in order (Spread), among which a town stands.

Only what was sent counts (unsent.py). They are worked out anew from the cells of what was touched, in the same
transaction, so that no order of saves can make them drift. Whoever brings them up to date holds the rows of the
indicators: one after the other.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection
from typing import Any

import polars as pl
from django.db import transaction
from django.db.models import Model, Q

from spectown.core.monitoring.course import SETTLED
from spectown.core.periods import of_ordinal
from spectown.lib.columnar.reading import key_set, read
from spectown.monitoring.catalogue import keep_indicators
from spectown.monitoring.enums import Held
from spectown.monitoring.models import Cell, Indicator, Spread, Tally
from spectown.monitoring.unsent import without_drafts
from spectown.towns.models import Town

READ = ("town", "indicator", "ordinal", "kind", "number", "certified_kind", "certified", "state", "sheet", "origin")
GROUPS = ("territory", "category", "level")
TOWNS = {"town": pl.Int64, "territory": pl.Int64, "category": pl.String, "level": pl.String}


def lock(codes: Collection[str]) -> dict[str, int]:
    """Take the rows of these indicators until the transaction ends; their keys by code."""
    rows = Indicator.objects.filter(code__in=codes).order_by("pk").select_for_update(of=("self",))
    found = {row.code: row.pk for row in rows}
    if len(found) < len(set(codes)):  # new in the catalogue
        keep_indicators()
        found = {row.code: row.pk for row in rows.all()}
    return found


def tally(places: Collection[tuple[str, int]]) -> None:
    """Bring the sums of these indicators and periods (code, ordinal) up to date."""
    keys = lock({code for code, _ in places})
    by_ordinal = defaultdict(set)
    for code, ordinal in places:
        by_ordinal[ordinal].add(keys[code])
    for ordinal, indicators in by_ordinal.items():
        _renew(ordinal, indicators)


@transaction.atomic
def retally(ordinal: int) -> None:
    """All sums of a period anew: after towns have moved to another county, category or level."""
    lock(dict(Indicator.objects.values_list("code", "pk")))
    _renew(ordinal, set(Indicator.objects.values_list("pk", flat=True)))


def _renew(ordinal: int, indicators: Collection[int]) -> None:
    wanted = {"ordinal": ordinal, "indicator__in": key_set(indicators)}
    cells = without_drafts(read(Cell.objects.filter(**wanted), READ), [ordinal])
    told = cells.join(towns_on(of_ordinal(ordinal).days[1]), on="town")
    for kept, frame in ((Tally, summed(told)), (Spread, spread(told))):
        _keep(kept, wanted, frame)


def _keep(kept: type[Model], wanted: dict[str, Any], frame: pl.DataFrame) -> None:
    """The rows of a frame in the place of those that were kept."""
    named = frame.rename({"indicator": "indicator_id", "territory": "territory_id"}, strict=False)
    kept._default_manager.filter(**wanted).delete()
    kept._default_manager.bulk_create((kept(**row) for row in named.iter_rows(named=True)), batch_size=500)


def towns_on(day: datetime.date, only: Q | None = None) -> pl.DataFrame:
    """Towns (all, or those of a condition) with county, category and the level of a day."""
    rows = Town.objects.filter(only or Q()).with_level(day).values_list("pk", *GROUPS)
    found = [(pk, territory, category, level or "") for pk, territory, category, level in rows]
    return pl.DataFrame(found, schema=TOWNS, orient="row")


def counted(cells: pl.DataFrame) -> pl.DataFrame:
    """Cells with what counts of them: `held` (its kind) and `figure` (where it is a number)."""
    kind = pl.coalesce("certified_kind", "kind")
    number = pl.when(pl.col("certified_kind").is_not_null()).then("certified").otherwise("number")
    return cells.with_columns(held=kind, figure=pl.when(kind == int(Held.NUMBER)).then(number))


def summed(cells: pl.DataFrame, groups: Collection[str] = GROUPS) -> pl.DataFrame:
    """Cells, as they count, added up by indicator, period and these columns."""
    return (
        counted(cells)
        .group_by("indicator", "ordinal", *groups)
        .agg(
            total=pl.col("figure").sum().cast(pl.Decimal(24, 4)),
            figures=pl.col("held").is_in([int(Held.NUMBER), int(Held.TEXT)]).sum().cast(pl.Int64),
            unfit=(pl.col("held") == int(Held.NOT_APPLICABLE)).sum().cast(pl.Int64),
            certified=pl.col("state").is_in(list(SETTLED)).sum().cast(pl.Int64),
        )
    )


def spread(cells: pl.DataFrame) -> pl.DataFrame:
    """Figures of cells, as they count, by indicator, period and category, the smallest first."""
    found = counted(cells).drop_nulls("figure").sort("figure")
    plain = pl.col("figure").cast(pl.String).str.strip_chars_end("0").str.strip_chars_end(".")
    return found.group_by("indicator", "ordinal", "category").agg(figures=plain.str.join(" "))
