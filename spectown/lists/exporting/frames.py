"""Rows of a list as frames of a workbook: in their order, a block at a time, stored codes turned into words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl
from django.db.models import QuerySet

from spectown.lib.columnar.reading import key_set, read
from spectown.lists.declaration import BoundColumn, Ledger
from spectown.lists.exporting.sheet import NUMBER, VERSION
from spectown.lists.kinds import Kind
from spectown.lists.references import reference_of

BLOCK = 20_000
_KEY = "id"


def frames(ledger: Ledger, rows: QuerySet[Any]) -> Iterator[pl.DataFrame]:
    """The rows in the order of the queryset, fixed at the beginning; a row deleted meanwhile is left out."""
    keys = list(rows.values_list("pk", flat=True))
    for start in range(0, len(keys), BLOCK):
        yield _block(ledger, keys[start : start + BLOCK])


def _block(ledger: Ledger, keys: list[int]) -> pl.DataFrame:
    model = ledger.model
    found = read(model._default_manager.filter(pk__in=key_set(keys)), [_KEY, "version", *ledger.by_name])
    ordered = pl.DataFrame({_KEY: keys}, schema={_KEY: pl.Int64}).join(
        found, on=_KEY, how="inner", maintain_order="left"
    )
    digits = pl.col(_KEY).cast(pl.String).str.zfill(7)
    return ordered.select(
        pl.concat_str(pl.lit(ledger.prefix), digits).alias(NUMBER),
        *(_words(column, ordered) for column in ledger.bound),
        pl.col("version").alias(VERSION),
    )


def _words(column: BoundColumn, frame: pl.DataFrame) -> pl.Expr:
    value = pl.col(column.name)
    if column.kind == Kind.CHOICE:
        return _mapped(column.name, {code: str(label) for code, label in column.field.flatchoices})
    if column.kind == Kind.REFERENCE:
        related: Any = column.field.related_model
        return _mapped(column.name, reference_of(related).labels(frame[column.name].drop_nulls().unique().to_list()))
    return value


def _mapped(name: str, words: Mapping[Any, str]) -> pl.Expr:
    value = pl.col(name)
    if not words:
        return value.cast(pl.String)
    return value.replace_strict(dict(words), default=value.cast(pl.String), return_dtype=pl.String)
