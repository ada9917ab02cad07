"""Every column of the list for every row of the upload: from the file, else as it stands, else the default.

A blank cell clears the value: text becomes empty, a column that must hold something falls back to its default.
"""

from __future__ import annotations

from typing import Any

import polars as pl
from django.core.exceptions import ValidationError
from django.core.validators import (
    DecimalValidator,
    MaxLengthValidator,
    MaxValueValidator,
    MinValueValidator,
    ProhibitNullCharactersValidator,
)
from django.db.models import NOT_PROVIDED, CharField, TextField

from spectown.lib.columnar.reading import key_set, read
from spectown.lib.columnar.types import dtype_of
from spectown.lists.declaration import BEFORE, BoundColumn, Ledger
from spectown.lists.following import places_of
from spectown.lists.importing import faults
from spectown.lists.importing.faults import ROW
from spectown.lists.importing.incoming import VERSION, Incoming
from spectown.lists.importing.keeping import as_stored
from spectown.lists.importing.matching import PK
from spectown.lists.kinds import validate_code

BY_COLUMN = (
    DecimalValidator,
    MaxLengthValidator,
    MaxValueValidator,
    MinValueValidator,
    ProhibitNullCharactersValidator,
)
OLD, NOW = BEFORE, "_now"


def settle(ledger: Ledger, incoming: Incoming, frame: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """`frame` (with PK) with all columns of the list, their present values as OLD…, the present version as NOW.

    `known`: rows of the list read already, with `stored_columns`.
    """
    present = set(incoming.present(ledger))
    current = _current(ledger, frame[PK].drop_nulls(), known)
    beside = current.rename({b.name: f"{OLD}{b.name}" for b in ledger.bound} | {"version": NOW, "id": "_id"})
    joined = frame.join(beside, left_on=PK, right_on="_id", how="left", maintain_order="left")
    settled = joined.with_columns(_settled(bound, bound.name in present) for bound in ledger.bound)
    settled = as_stored([b for b in ledger.bound if b.name in present], settled, OLD)
    return _following(ledger, settled) if ledger.follows else settled


def stepped(ledger: Ledger, given: pl.DataFrame, final: pl.DataFrame) -> pl.DataFrame:
    """Faults of cells that want to make a step (Column.stepped): `given`: what the file says there, with ROW.

    A row that was changed meanwhile is not asked: its file only shows what stood there then.
    """
    names = [b for b in ledger.bound if b.column.stepped and b.name in given.columns]
    if not names:
        return faults.none()
    present = final.select(ROW, PK, VERSION, NOW, *(f"{OLD}{b.name}" for b in names))
    beside = as_stored(names, given.join(present, on=ROW, how="left", maintain_order="left"), OLD)
    fresh = beside.filter(pl.col(PK).is_null() | (pl.col(VERSION).fill_null(pl.col(NOW)) >= pl.col(NOW)))
    return faults.together([_step_of(bound, fresh) for bound in names])


def _step_of(bound: BoundColumn, fresh: pl.DataFrame) -> pl.DataFrame:
    dtype, value = dtype_of(bound.field), pl.col(bound.name)
    kept = pl.coalesce(pl.when(pl.col(PK).is_not_null()).then(f"{OLD}{bound.name}"), pl.lit(blank_of(bound), dtype))
    filled = value.is_not_null() & (value.cast(pl.String) != "")
    said = f"“{bound.label}”由网页上的办理步骤形成,不能用表格填写或改动。新增的行请留空,已有的行请改回原来的内容。"
    return faults.at(fresh.filter(filled & value.ne_missing(kept)), bound.name, said, value)


def _following(ledger: Ledger, settled: pl.DataFrame) -> pl.DataFrame:
    """What a row takes from its parent (lists.following)."""
    places = places_of(ledger, settled[ledger.followed].drop_nulls().unique().to_list())
    taken = {name: {pk: place[f"{name}_id"] for pk, place in places.items()} for name in ledger.follows}
    parent = pl.col(ledger.followed)
    return settled.with_columns(
        parent.replace_strict(table, default=None, return_dtype=pl.Int64).alias(name) for name, table in taken.items()
    )


def stored_columns(ledger: Ledger) -> list[str]:
    """What `settle` wants to know of rows of the list."""
    return ["version", *(b.name for b in ledger.bound)]


def _current(ledger: Ledger, pks: pl.Series, known: pl.DataFrame) -> pl.DataFrame:
    names = ["id", *stored_columns(ledger)]
    others = pks.filter(~pks.is_in(known["id"].implode()))
    if others.is_empty():
        return known.select(names)
    rows = ledger.model._base_manager.filter(pk__in=key_set(others.to_list()))
    return pl.concat([known.select(names), read(rows, names)])


def _settled(bound: BoundColumn, present: bool) -> pl.Expr:
    dtype, old = dtype_of(bound.field), pl.col(f"{OLD}{bound.name}")
    blank = pl.lit(blank_of(bound), dtype)
    if present:
        return pl.col(bound.name).cast(dtype).fill_null(blank).alias(bound.name)
    return pl.when(pl.col(PK).is_not_null()).then(old).otherwise(blank).alias(bound.name)


def blank_of(bound: BoundColumn) -> Any:
    """What a blank cell stands for: the default, empty text, or nothing."""
    field = bound.field
    if field.has_default() and field.default is not NOT_PROVIDED and (not field.null or bound.column.locked):
        value = field.get_default()
        return value.value if hasattr(value, "value") else value
    return "" if isinstance(field, CharField | TextField) and not field.null else None


def missing(ledger: Ledger, final: pl.DataFrame) -> pl.DataFrame:
    """Faults of rows that lack a value they cannot stand without."""
    found = []
    for bound in [b for b in ledger.bound if b.required]:
        column = pl.col(bound.name)
        empty = column.is_null() | (column == "") if isinstance(dtype_of(bound.field), pl.String) else column.is_null()
        found.append(faults.at(final.filter(empty), bound.name, f"“{bound.label}”必须填写,这一格是空的,请补上。"))
    return faults.together(found)


def too_long(ledger: Ledger, final: pl.DataFrame) -> pl.DataFrame:
    """Faults of texts longer than their column."""
    found = []
    for bound in ledger.bound:
        most = bound.field.max_length
        if most and isinstance(dtype_of(bound.field), pl.String):
            long = final.select(ROW, bound.name).filter(pl.col(bound.name).str.len_chars() > most)
            found.append(faults.at(long, bound.name, f"文字太长,超过 {most} 个字,请缩短。", pl.col(bound.name)))
    return faults.together(found)


def refused(ledger: Ledger, final: pl.DataFrame) -> pl.DataFrame:
    """Faults of values that a validator of the model refuses; each value is asked once.

    Limits, lengths and credit codes have been judged by the column already.
    """
    found = []
    for bound in ledger.bound:
        own = [v for v in bound.field.validators if not isinstance(v, BY_COLUMN) and v is not validate_code]
        if own:
            values = final[bound.name].drop_nulls().unique().to_list()
            said = {value: reason for value in values if value != "" and (reason := _said(own, value))}
            wrong = final.select(ROW, bound.name).filter(pl.col(bound.name).is_in(list(said)))
            told = pl.col(bound.name).replace_strict(said, default="", return_dtype=pl.String)
            found.append(faults.at(wrong, bound.name, told, pl.col(bound.name)))
    return faults.together(found)


def _said(validators: list[Any], value: Any) -> str:
    for validator in validators:
        try:
            validator(value)
        except ValidationError as error:
            return ";".join(error.messages)
    return ""


def rules(ledger: Ledger, final: pl.DataFrame, *, explained: bool = False) -> pl.DataFrame:
    """Faults of rows that break a rule of the list, or change what needs a written reason and has none."""
    found = [
        faults.at(final.filter(~rule.fine.fill_null(True)), rule.column, rule.reason, pl.col(rule.column))
        for rule in (*ledger.rules, *(() if explained else ledger.moves))
    ]
    return faults.together(found)
