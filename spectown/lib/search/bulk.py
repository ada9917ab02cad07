"""Many rows at once: on SQLite a trigger per row makes the index ten times dearer than one statement for all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.backends.utils import CursorWrapper

from spectown.lib.search.statements import index_of

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
