"""A frame into a table, in the caller's transaction: SQLite by executemany, PostgreSQL by COPY.

Columns of a frame have the names of the model's fields. Errors are Django's (IntegrityError …).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

import polars as pl
from django.db import connection, models, transaction

from spectown.lib.columnar.types import PlField, fields_of
from spectown.lib.search.bulk import indexed_beside, indexed_together, pairs
from spectown.lib.search.statements import COLUMN, index_of

STEP = 20_000
TEMPORARY = "landing"


def new_keys(model: type[models.Model], count: int) -> list[int]:
    """So many free primary keys, taken for good (PostgreSQL) or for this transaction (SQLite)."""
    table, column = model._meta.db_table, str(model._meta.pk.column)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [connection.ops.quote_name(table), column, count],
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = %s", [table])
        last = int(cursor.fetchone()[0])
    return list(range(last + 1, last + count + 1))


def insert(model: type[models.Model], frame: pl.DataFrame) -> None:
    """Add the rows of a frame; columns that it lacks must have defaults in the database."""
    _require_transaction()
    fields, table = fields_of(model, frame.columns), connection.ops.quote_name(model._meta.db_table)
    if frame.is_empty():
        return
    columns, key = ", ".join(_columns(fields)), model._meta.pk.name
    if connection.vendor == "postgresql":
        _insert_by_copy(model._meta.db_table, columns, frame, key)
        return
    marks = ", ".join("?" * len(fields))
    first = int(frame[key].min()) if key in frame.columns else 0  # type: ignore[arg-type]  # a frame with rows
    with indexed_together(model._meta.db_table, first):
        _many(f"INSERT INTO {table} ({columns}) VALUES ({marks})", frame)  # noqa: S608


def _insert_by_copy(table: str, columns: str, frame: pl.DataFrame, key: str) -> None:
    """Rows and their index by turns: while the server takes a part, the pairs of the part are made here."""
    quoted = connection.ops.quote_name(table)
    rows = f"COPY {quoted} ({columns}) FROM STDIN (FORMAT csv)"
    if COLUMN not in frame.columns:
        _copy(rows, frame)
        return
    with indexed_beside(table) as indexed, ThreadPoolExecutor(1) as beside:
        for part in frame.iter_slices(STEP):
            made = beside.submit(pairs, part, key) if indexed else None
            _copy(rows, part)
            if made:
                _copy(f"COPY {index_of(table)} (id, pairs) FROM STDIN (FORMAT csv)", made.result())


def update(model: type[models.Model], frame: pl.DataFrame, *, step: str = "") -> int:
    """Give the rows named by the primary key the values of the frame's other columns. Return how many there were.

    `step`: a column that counts changes: only rows in which it stands one below the frame's value are changed.
    """
    _require_transaction()
    key = model._meta.pk.name
    fields = fields_of(model, [name for name in frame.columns if name != key])
    if frame.is_empty() or not fields:
        return 0
    ordered = frame.select(*(field.name for field in fields), key)
    return (_update_by_copy if connection.vendor == "postgresql" else _update_by_row)(model, fields, ordered, step)


def _update_by_row(model: type[models.Model], fields: list[PlField], frame: pl.DataFrame, step: str) -> int:
    table, key = connection.ops.quote_name(model._meta.db_table), connection.ops.quote_name(str(model._meta.pk.column))
    settings = ", ".join(f"{column} = ?" for column in _columns(fields))
    before = [(pl.col(step) - 1).alias("_before")] if step else []
    condition = f" AND {_column(model, step)} = ?" if step else ""
    return _many(f"UPDATE {table} SET {settings} WHERE {key} = ?{condition}", frame.with_columns(before))  # noqa: S608


def _update_by_copy(model: type[models.Model], fields: list[PlField], frame: pl.DataFrame, step: str) -> int:
    table, key = connection.ops.quote_name(model._meta.db_table), connection.ops.quote_name(str(model._meta.pk.column))
    names = _columns(fields)
    columns = ", ".join([*names, key])
    settings = ", ".join(f"{column} = {TEMPORARY}.{column}" for column in names)
    counter = _column(model, step) if step else ""
    condition = f" AND {table}.{counter} = {TEMPORARY}.{counter} - 1" if step else ""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {TEMPORARY} AS SELECT {columns} FROM {table} WITH NO DATA")  # noqa: S608
        _copy(f"COPY {TEMPORARY} ({columns}) FROM STDIN (FORMAT csv)", frame)
        cursor.execute(f"ANALYZE {TEMPORARY}")
        same = f"{table}.{key} = {TEMPORARY}.{key}{condition}"
        cursor.execute(f"UPDATE {table} SET {settings} FROM {TEMPORARY} WHERE {same}")  # noqa: S608
        changed = int(cursor.rowcount)
        cursor.execute(f"DROP TABLE {TEMPORARY}")
    return changed


def _column(model: type[models.Model], name: str) -> str:
    return _columns(fields_of(model, [name]))[0]


def _columns(fields: Iterable[PlField]) -> list[str]:
    return [connection.ops.quote_name(str(field.column)) for field in fields]


def _copy(sql: str, frame: pl.DataFrame) -> None:
    """Missing is an unquoted nothing, empty text is quoted: COPY's own distinction."""
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.cursor.copy(sql) as copy:
        for part in frame.iter_slices(STEP):
            copy.write(part.write_csv(include_header=False, quote_style="non_numeric").encode())


def _many(sql: str, frame: pl.DataFrame) -> int:
    """SQLite's own executemany: Django's looks ahead with tee, which keeps every row in memory to the end."""
    with connection.wrap_database_errors:
        return int(connection.connection.executemany(sql, _tuples(frame)).rowcount)


def _tuples(frame: pl.DataFrame) -> Iterator[tuple[object, ...]]:
    """Rows as SQLite stores Django's values: decimals, dates and times as text, the time in UTC."""
    plain = frame.select(_plain(name, dtype) for name, dtype in frame.schema.items())
    for part in plain.iter_slices(STEP):
        yield from zip(*(column.to_list() for column in part.get_columns()), strict=True)


def _plain(name: str, dtype: pl.DataType) -> pl.Expr:
    column = pl.col(name)
    if isinstance(dtype, pl.Datetime):
        return column.dt.strftime("%Y-%m-%d %H:%M:%S%.6f")
    if isinstance(dtype, pl.Boolean):
        return column.cast(pl.Int8)
    return column.cast(pl.String) if isinstance(dtype, (pl.Decimal, pl.Date)) else column


def _require_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a frame is written inside a transaction: all rows or none")
