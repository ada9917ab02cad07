"""Many rows at once, without the triggers: they make the index many times dearer than the rows taken together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import polars as pl
from django.db import connection
from django.db.backends.utils import CursorWrapper

from spectown.lib.search.statements import BESIDE, COLUMN, index_of

USUAL = 4  # FTS5's own automerge
_VALUES = re.compile(r"BEGIN (INSERT INTO .+?) VALUES \((.+)\); END\s*$", re.DOTALL)


@contextmanager
def indexed_together(table: str, first: int) -> Iterator[None]:
    """Rows inserted meanwhile, all numbered from `first` on, are indexed by one statement at the end.

    Only for SQLite and only where no present row has such a number; else the triggers do it. Must run inside a
    transaction, which takes the trigger back with the rows where anything fails.
    """
    trigger = _trigger(table) if connection.vendor == "sqlite" else ""
    if not trigger or _last(table) >= first:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {index_of(table)}_insert")
    yield
    target, values = _parts(trigger)
    chosen = f"SELECT {values.replace('new.', '')} FROM {table} WHERE id >= {int(first)}"  # noqa: S608
    with connection.cursor() as cursor:
        _merge(cursor, table, 0)
        cursor.execute(f"{target} {chosen}")
        _merge(cursor, table, USUAL)
        cursor.execute(trigger)


@contextmanager
def indexed_beside(table: str) -> Iterator[bool]:
    """PostgreSQL: rows inserted meanwhile are not indexed; the caller brings `pairs` of them where this gives True."""
    index = index_of(table)
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [index])
        indexed = bool(cursor.fetchone()[0])
        cursor.execute("SELECT set_config(%s, %s, true)", [BESIDE, index])
    yield indexed
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, '', true)", [BESIDE])


def pairs(frame: pl.DataFrame, key: str) -> pl.DataFrame:
    """Rows of PostgreSQL's index: `id` and the pairs of neighbouring characters of the text as an array literal."""
    char = pl.element()
    quoted = (char + char.shift(-1)).str.replace_all(r'(["\\])', r"\$1")
    found = pl.col(COLUMN).str.split("").list.eval(quoted).list.drop_nulls().list.unique().list.join('","')
    whole = pl.concat_str(pl.lit('{"'), found, pl.lit('"}'))
    array = pl.when(found == "").then(pl.lit("{}")).otherwise(whole)
    return frame.select(pl.col(key).alias("id"), array.alias("pairs"))


def _merge(cursor: CursorWrapper, table: str, level: int) -> None:
    """How many parts of the index are merged at once while rows come in; 0 = left to later writers, a third faster."""
    index = index_of(table)
    cursor.execute(f"INSERT INTO {index}({index}, rank) VALUES ('automerge', {level:d})")  # noqa: S608  # names are ours


def _trigger(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = %s", [f"{index_of(table)}_insert"]
        )
        found = cursor.fetchone()
    return str(found[0]) if found else ""


def _parts(trigger: str) -> tuple[str, str]:
    """The statement of a trigger and the values that it takes from the new row."""
    found = _VALUES.search(trigger)
    if found is None:
        raise ValueError(f"not a trigger of a search index: {trigger}")
    return found.group(1), found.group(2)


def _last(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COALESCE(MAX(id), 0) FROM {table}")  # noqa: S608  # a table of ours
        return int(cursor.fetchone()[0])
