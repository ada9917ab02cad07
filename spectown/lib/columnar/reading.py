"""Rows of a queryset as a frame: SQLite by a JSON array a column, PostgreSQL by COPY; no Python object per value."""

from __future__ import annotations

import json
from collections.abc import Iterable
from io import BytesIO
from typing import Any

import polars as pl
from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models.expressions import RawSQL

from spectown.lib.columnar.types import PlField, dtype_of, fields_of, schema_of


def key_set(values: Iterable[Any], *, text: bool = False) -> RawSQL:
    """Right side of `__in` for any number of keys: one parameter, whatever their number."""
    keys = [str(value) if text else int(value) for value in values]
    if connection.vendor == "postgresql":
        return RawSQL(f"SELECT unnest(%s::{'text' if text else 'bigint'}[])", [keys])  # noqa: S611  # two fixed words
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(keys, ensure_ascii=False)])


def read(rows: models.QuerySet[Any], names: Iterable[str]) -> pl.DataFrame:
    """Frame of these fields of the rows, in no particular order."""
    fields = fields_of(rows.model, names)
    schema = schema_of(rows.model, [field.name for field in fields])
    chosen = rows.order_by().values_list(*(field.attname for field in fields))
    try:
        inner, parameters = chosen.query.sql_with_params()
    except EmptyResultSet:
        return pl.DataFrame(schema=schema)
    raw = (_by_copy if connection.vendor == "postgresql" else _by_array)(inner, parameters, fields)
    return raw.select(_typed(field) for field in fields)


def _selected(field: PlField) -> str:
    column, dtype = connection.ops.quote_name(str(field.column)), dtype_of(field)
    if dtype == pl.Datetime("us", "UTC") and connection.vendor == "postgresql":
        return f"""to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"""
    if isinstance(dtype, pl.Boolean):
        return f"CAST({column} AS INTEGER)"
    return column if isinstance(dtype, (pl.String, pl.Int64)) else f"CAST({column} AS TEXT)"


def _raw_types(fields: list[PlField]) -> dict[str, pl.DataType]:
    whole = (pl.Int64, pl.Boolean)
    return {f.name: pl.Int64() if isinstance(dtype_of(f), whole) else pl.String() for f in fields}


def _by_array(inner: str, parameters: tuple[Any, ...], fields: list[PlField]) -> pl.DataFrame:
    columns, schema = ", ".join(f"json_group_array({_selected(field)})" for field in fields), _raw_types(fields)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM ({inner}) chosen", parameters)  # noqa: S608  # columns of the model
        texts = cursor.fetchone()
    if texts[0] == "[]":  # explode would make a row of it
        return pl.DataFrame(schema=schema)
    arrays = zip(schema.items(), texts, strict=True)
    return pl.DataFrame([pl.Series(n, [text]).str.json_decode(pl.List(t)).explode() for (n, t), text in arrays])


def _by_copy(inner: str, parameters: tuple[Any, ...], fields: list[PlField]) -> pl.DataFrame:
    buffer, schema = BytesIO(), _raw_types(fields)
    columns = ", ".join(_selected(field) for field in fields)
    copied = f"COPY (SELECT {columns} FROM ({inner}) chosen) TO STDOUT (FORMAT csv)"  # noqa: S608  # of the model
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.cursor.copy(copied, parameters) as copy:
        for part in copy:
            buffer.write(part)
    if not buffer.tell():
        return pl.DataFrame(schema=schema)
    return pl.read_csv(buffer.getvalue(), has_header=False, schema=schema)


def _typed(field: PlField) -> pl.Expr:
    column, dtype = pl.col(field.name), dtype_of(field)
    if isinstance(dtype, pl.Datetime):
        return column.str.to_datetime("%Y-%m-%d %H:%M:%S%.f", time_unit="us", time_zone="UTC")
    return column.str.to_date("%Y-%m-%d") if isinstance(dtype, pl.Date) else column.cast(dtype)
