"""How many rows wait for somebody: many counts in one query, whose text is remembered.

Every page asks, for the side navigation. Django needs 15 ms to put the question into SQL and the database under one
to answer it, so the SQL is kept: it follows from who asks and from the day alone.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import Func, IntegerField, QuerySet, Subquery
from django.utils import timezone

from spectown.accounts.models import User
from spectown.organisations.actors import Actor

Rows = QuerySet[Any]
Badge = Callable[[Actor], Rows]  # asks nothing of the database while it is put together (tests/web/test_navigation.py)


def of(actor: Actor, badges: tuple[Badge, ...]) -> tuple[int, ...]:
    """How many rows each of them finds for the actor; nothing for the public."""
    if not badges or actor.user_id is None:
        return (0,) * len(badges)
    sql, values = _question(actor.nameless(), badges, timezone.localdate())
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return tuple(number or 0 for number in cursor.fetchone())


@functools.lru_cache(maxsize=2000)
def _question(actor: Actor, badges: tuple[Badge, ...], day: datetime.date) -> tuple[str, tuple[Any, ...]]:
    """Return SQL and its values: one row, a number for each."""
    parts = {f"rows_{n}": Subquery(_number(badge(actor))) for n, badge in enumerate(badges)}
    row = User.objects.filter(pk=actor.person).order_by().annotate(**parts).values_list(*parts)
    sql, values = row.query.sql_with_params()
    return sql, tuple(values)


def _number(rows: Rows) -> Rows:
    """A query that gives one number; a function instead of an aggregate, which would group."""
    whole: Rows = rows.model._default_manager.filter(pk__in=rows.order_by().values("pk")).order_by()
    counted = Func("pk", function="COUNT", output_field=IntegerField())
    found: Rows = whole.annotate(rows_counted=counted).values("rows_counted")
    return found
