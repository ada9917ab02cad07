"""What is wrong with rows of an upload: a frame of row, column, value as written, reason."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

# `row`: number of the row in the upload from 0 (ROW); `field`: null where the whole row is meant.
SCHEMA = {"row": pl.Int64(), "field": pl.String(), "value": pl.String(), "reason": pl.String()}
ROW = "_row"


def none() -> pl.DataFrame:
    """No faults."""
    return pl.DataFrame(schema=SCHEMA)


def together(parts: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """All faults by row; the same one is told once."""
    whole = pl.concat([none(), *(part.select(pl.col(n).cast(t) for n, t in SCHEMA.items()) for part in parts)])
    return whole.unique(maintain_order=True).sort("row", maintain_order=True)


def at(rows: pl.DataFrame, field: str | None, reason: pl.Expr | str, value: pl.Expr | None = None) -> pl.DataFrame:
    """The same kind of fault at each of these rows (a frame with ROW)."""
    said = pl.lit(reason) if isinstance(reason, str) else reason
    shown = pl.lit("") if value is None else value.cast(pl.String).fill_null("")
    return rows.select(
        pl.col(ROW).cast(pl.Int64).alias("row"),
        pl.lit(field, pl.String).alias("field"),
        shown.alias("value"),
        said.alias("reason"),
    )
