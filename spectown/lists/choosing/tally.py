"""How many rows in each of many lists and when one was last changed, in a single query for all of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from django.db.models import QuerySet
from django.db.models.functions import Now

from spectown.lists.choosing.counting import LIMIT, Count, estimate, rounded
from spectown.lists.models import ListRow

Chosen = Mapping[str, QuerySet[ListRow]]


@dataclass(frozen=True, slots=True)
class Tally:
    """Number of rows and the last change; `changed` is unknown (None) where the number is an estimate."""

    count: Count
    changed: datetime.datetime | None = None


NOTHING = Tally(Count(0, True))


def tally(chosen: Chosen) -> dict[str, Tally]:
    """The tally of each; of a list longer than the limit only so many rows are read, and the number is estimated."""
    parts = {name: part for name, rows in chosen.items() if (part := _part(rows)) is not None}
    read = dict(zip(parts, _read(parts.values()), strict=True)) if parts else {}
    return {name: _tally(rows, *read.get(name, (0, None))) for name, rows in chosen.items()}


def _part(rows: QuerySet[ListRow]) -> tuple[str, tuple[Any, ...]] | None:
    """The statement for one list; None where its condition holds for no row at all."""
    try:
        return rows.order_by().values("updated_at")[: LIMIT + 1].query.sql_with_params()
    except EmptyResultSet:
        return None


def _read(parts: Iterable[tuple[str, tuple[Any, ...]]]) -> list[tuple[int, datetime.datetime | None]]:
    """Count and last change for each statement, in their order."""
    statements = [
        f"SELECT {number} AS part, COUNT(*), MAX(updated_at) FROM ({sql}) AS part_{number}"  # noqa: S608  # Django's own SQL
        for number, (sql, _) in enumerate(parts)
    ]
    given = [value for _, values in parts for value in values]
    connection = connections["default"]
    with connection.cursor() as cursor:
        cursor.execute(f"{' UNION ALL '.join(statements)} ORDER BY part", given)
        return [(rows, _moment(connection, changed)) for _, rows, changed in cursor.fetchall()]


def _moment(connection: Any, value: Any) -> datetime.datetime | None:
    """As the database wrote it, by the converters that Django has for it (SQLite gives text)."""
    expression = Now(output_field=models.DateTimeField())
    for convert in connection.ops.get_db_converters(expression):
        value = convert(value, expression, connection)
    found: datetime.datetime | None = value
    return found


def _tally(rows: QuerySet[ListRow], counted: int, changed: datetime.datetime | None) -> Tally:
    if counted <= LIMIT:
        return Tally(Count(counted, True), changed)
    return Tally(Count(rounded(max(estimate(rows), counted)), False))
