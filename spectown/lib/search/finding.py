"""Which rows may contain a word: a subquery for rare words, nothing for common ones."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable

from django.db import connections
from django.db.models import BigIntegerField
from django.db.models.expressions import RawSQL

from spectown.lib.search.statements import index_of

# Rows of a word; of more the table is read in order. SQLite's planner then takes an index of the filters and sorts, so
# its own index of words is the shorter way for longer (measured at 1,000,000 rows: 16 ms for 33,000, 70 for 66,000).
RARE = {"sqlite": 100_000, "postgresql": 20_000}
FEW = 20_000  # so many can be counted one by one
MOST_TERMS = 1_000  # endings of a word of two characters that are looked up one by one


def lookup(
    table: str, word: str, using: str = "default", worth: Callable[[int], bool] = lambda number: True
) -> tuple[RawSQL, bool] | None:
    """Numbers of the rows that may contain the word, to be checked with "contains", and whether they are few.

    None: too common or too short to be looked up.
    `worth` is asked with the number of entries that the index has to read: is there no shorter way to the wanted ones?
    """
    if len(word) < 2:
        return None
    vendor = connections[using].vendor
    find = _in_sqlite if vendor == "sqlite" else _in_postgresql
    found = find(index_of(table), word, using)
    if found is None:
        return None
    rows, expected, read = found
    return (rows, expected <= FEW) if expected <= RARE[vendor] and worth(read) else None


def _in_sqlite(index: str, word: str, using: str) -> tuple[RawSQL, int, int] | None:
    query = _quoted(word[i : i + 3] for i in range(len(word) - 2)) if len(word) > 2 else _endings(index, word, using)
    if query is None:
        return None
    found = f"SELECT rowid FROM {index} WHERE {index} MATCH %s"  # noqa: S608  # the name is ours
    most = RARE["sqlite"] + 1
    with connections[using].cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({found} LIMIT {most})", [query])  # noqa: S608
        number = cursor.fetchone()[0]
    return RawSQL(found, [query], BigIntegerField()), number, number  # noqa: S611


def _quoted(terms: Iterable[str], joined: str = " AND ") -> str:
    return joined.join('"' + term.replace('"', '""') + '"' for term in terms)


def _endings(index: str, word: str, using: str) -> str | None:
    """The words of three characters that begin with the two; None where they are too many rows or words."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"SELECT term, doc FROM {index}_words WHERE term >= %s AND term < %s LIMIT %s",  # noqa: S608
            (word, word + "\U0010ffff", MOST_TERMS + 1),
        )
        rows = cursor.fetchall()
    if len(rows) > MOST_TERMS or sum(doc for _, doc in rows) > 2 * RARE["sqlite"]:
        return None
    return _quoted((term for term, _ in rows), " OR ") or _quoted([word + "\U0010ffff"])


def _in_postgresql(index: str, word: str, using: str) -> tuple[RawSQL, int, int]:
    """The planner takes pairs for independent, which those of a word are not: half way to its rarest pair is nearer."""
    pairs = sorted({word[i : i + 2] for i in range(len(word) - 1)})
    found = f"SELECT id FROM {index} WHERE pairs @> %s::text[]"  # noqa: S608
    parts = " UNION ALL ".join(f"({found} OFFSET 0)" for _ in (pairs, *pairs))
    with connections[using].cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {parts}", [pairs, *([pair] for pair in pairs)])
        plan = cursor.fetchone()[0]
    plans = (json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]["Plans"]
    together, *alone = (max(1, part["Plan Rows"]) for part in plans)
    expected = math.isqrt(together * min(alone))
    return RawSQL(found, [pairs], BigIntegerField()), expected, min(alone)  # noqa: S611
