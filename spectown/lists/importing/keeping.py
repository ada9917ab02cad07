"""What a sheet cannot show is no change: blanks at the ends, line breaks in a short text, a name that has gone.

A workbook that was taken out of a list and sent back unedited changes nothing (tests/apps/test_round_trip.py).
"""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from spectown.lib.columnar.reading import key_set, read
from spectown.lib.excel.bulk.text import safe
from spectown.lib.sheets.cleaning import tidy
from spectown.lists.declaration import BoundColumn, Ledger
from spectown.lists.importing.faults import ROW
from spectown.lists.importing.incoming import NUMBER
from spectown.lists.kinds import Kind, is_long
from spectown.lists.references import reference_of


def as_stored(bounds: Iterable[BoundColumn], settled: pl.DataFrame, old: str) -> pl.DataFrame:
    """Texts of the file that the stored one would read as stay as stored. `old`: prefix of the stored columns."""
    found = [_as_stored(b, settled, old) for b in bounds if b.kind == Kind.TEXT]
    return settled.with_columns(column for column in found if column is not None)


def _as_stored(bound: BoundColumn, settled: pl.DataFrame, old: str) -> pl.Series | None:
    written, stored = settled[bound.name], settled[f"{old}{bound.name}"]
    places = (written != stored).fill_null(False).arg_true()
    if not len(places):
        return None
    before = stored.gather(places)
    shown = tidy(before.to_frame("t").select(safe(pl.col("t"))).to_series(), multiline=is_long(bound.field))
    same = (shown.fill_null("") == written.gather(places)).arg_true()
    return written.clone().scatter(places.gather(same), before.gather(same)) if len(same) else None


def present_names(ledger: Ledger, bound: BoundColumn, rows: pl.DataFrame) -> pl.Series:
    """Number that each row (ROW, NUMBER, the column as text) refers to now, where the text is just what that is called.

    For texts that lead nowhere any more, or to several: a deleted enterprise, two units of one name.
    """
    pks = {number: ledger.pk(number) for number in rows[NUMBER].drop_nulls().unique()}
    number = pl.col(NUMBER).replace_strict(pks, default=None, return_dtype=pl.Int64)
    meant = rows.select(ROW, bound.name, number.alias("id"))
    wanted = meant["id"].drop_nulls().to_list()
    now = read(ledger.model._base_manager.filter(pk__in=key_set(wanted)), ["id", bound.name]) if wanted else None
    if now is None:
        return pl.Series("pk", [None], pl.Int64).new_from_index(0, rows.height)
    reference = reference_of(bound.field.related_model)  # type: ignore[arg-type]  # a foreign key always has a model
    labels = reference.labels(now[bound.name].drop_nulls().unique().to_list())
    texts = pl.DataFrame({"t": [*labels.values()]}, schema={"t": pl.String}).select(safe(pl.col("t"))).to_series()
    shown = dict(zip(labels, tidy(texts), strict=True))
    told = now.select("id", pl.col(bound.name).alias("pk")).with_columns(
        pl.col("pk").replace_strict(shown, default=None, return_dtype=pl.String).alias("label")
    )
    joined = meant.join(told, on="id", how="left", maintain_order="left")
    return joined.select(pl.when(pl.col("label") == pl.col(bound.name)).then("pk")).to_series()
