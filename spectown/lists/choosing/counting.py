"""How many rows, and their sums: exact up to a limit, beyond that an estimate that says so."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connections
from django.db.models import BigIntegerField, QuerySet, Sum
from django.db.models import Count as CountRows
from django.db.models.expressions import RawSQL

from spectown.lists.declaration import Ledger
from spectown.lists.models import ListRow

LIMIT = 10_000
SAMPLE = 1_000
SURE = 2 * LIMIT  # an estimate above this is far enough from the limit to be believed


@dataclass(frozen=True, slots=True)
class Count:
    """Number of rows; not `exact`: an estimate, to be shown as 约."""

    value: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows: number of rows, and the first and last row numbers where it is in their falling order."""

    rows: int
    first: int = 0
    last: int = 0

    def density(self, number: int) -> int:
        """Rows in a table of so many numbers, if it is everywhere as on this page; 0 = cannot be told."""
        return int(self.rows * number / (self.first - self.last + 1)) if self.last else 0


def count(ledger: Ledger, rows: QuerySet[ListRow], *, few: bool) -> Count:
    """Number of the chosen rows. `few`: an index leads to them, so that counting is cheap in any case."""
    guess = 0 if few or not ledger.large else estimate(rows)
    if guess > SURE:
        return Count(rounded(guess), False)
    counted = rows.order_by().values("pk")[: LIMIT + 1].count()
    if counted <= LIMIT:
        return Count(counted, True)
    return Count(rounded(max(guess or estimate(rows), counted)), False)


def glance(ledger: Ledger, rows: QuerySet[ListRow], shown: Shown, plain: QuerySet[ListRow]) -> Count:
    """About how many rows, without reading them all: for the page of a large list, whose exact count comes later.

    `plain`: the same rows without the index of words, which would be read whole for a sample.

    Exact only where the whole table is small. Else what an estimate says if it is large enough to be sure; below that
    the density of the rows on the page decides, within what the estimate leaves possible.
    """
    last = _last(rows)
    if last <= SURE:
        return count(ledger, rows, few=True)
    guess = estimate(rows if connections[rows.db].vendor == "postgresql" else plain, last)
    if guess <= SURE:
        step = last / SAMPLE
        spread = 3 * step * ((guess / step) ** 0.5 + 1)
        guess = int(min(max(shown.density(last) or guess, guess - spread), guess + spread))
    return Count(rounded(max(guess, shown.rows + 1)), False)


def sums(ledger: Ledger, rows: QuerySet[ListRow]) -> dict[str, Decimal | int]:
    """Exact sums of the summed columns over all the rows, however many."""
    names = [bound.name for bound in ledger.bound if bound.column.total]
    if not names:
        return {}
    found = rows.order_by().aggregate(**{f"sum_{name}": Sum(name) for name in names})
    return {name: found[f"sum_{name}"] or 0 for name in names}


def sums_of(ledger: Ledger, rows: Iterable[ListRow]) -> dict[str, Decimal | int]:
    """Sums of rows that are at hand."""
    names = [bound.name for bound in ledger.bound if bound.column.total]
    return {name: sum(getattr(row, name) or 0 for row in shown) for shown in [list(rows)] for name in names}


def estimate(rows: QuerySet[ListRow], last: int | None = None) -> int:
    """About how many rows: the planner's guess (PostgreSQL), or the share among evenly spread rows (SQLite)."""
    plain = rows.order_by()
    if connections[rows.db].vendor == "postgresql":
        return planned(plain)
    return _sampled(plain, _last(rows) if last is None else last)


def _last(rows: QuerySet[ListRow]) -> int:
    """Largest row number of the table."""
    found: int | None = rows.model._default_manager.order_by("-pk").values_list("pk", flat=True).first()
    return found or 0


def planned(rows: QuerySet[ListRow]) -> int:
    """What PostgreSQL's planner expects."""
    sql, params = rows.values("pk").query.sql_with_params()
    with connections[rows.db].cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
        plan: Any = cursor.fetchone()[0]
    return int((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]["Plan Rows"])


def _sampled(rows: QuerySet[ListRow], last: int) -> int:
    """The numbers of rows are given out in turn, so that evenly spread numbers are a fair sample."""
    step = last / SAMPLE
    if step < 2:
        return 0
    numbers = json.dumps([int(step * (i + 1)) for i in range(SAMPLE)])
    sample = RawSQL("SELECT value FROM json_each(%s)", [numbers], BigIntegerField())
    found = rows.filter(pk__in=sample).aggregate(number=CountRows("pk"))["number"]
    return int(found * step)


def rounded(number: int) -> int:
    """Two figures are as much as an estimate knows: 123,456 -> 120,000."""
    return int(round(number, 2 - len(str(number))))
