"""A condition of the model's constraints as an expression over a frame; None where it cannot be said there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl
from django.db.models import F, Q

Lookup = Callable[[pl.Expr, Any], pl.Expr]
# Fields that every living row has empty.
EMPTY = frozenset({"deleted_at", "deleted_by"})
LOOKUPS: Mapping[str, Lookup] = {
    "exact": lambda column, value: column.eq(value),
    "gt": lambda column, value: column > value,
    "gte": lambda column, value: column >= value,
    "lt": lambda column, value: column < value,
    "lte": lambda column, value: column <= value,
    "in": lambda column, value: column.is_in(list(value)),
    "isnull": lambda column, value: column.is_null() if value else column.is_not_null(),
}


def expression(condition: Q, names: frozenset[str]) -> pl.Expr | None:
    """The condition over columns `names`; null where the database would say unknown."""
    parts = [_part(child, names) for child in condition.children]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts) or condition.connector not in (Q.AND, Q.OR):
        return None
    joined = (pl.any_horizontal if condition.connector == Q.OR else pl.all_horizontal)(known) if known else pl.lit(True)
    return ~joined if condition.negated else joined


def _part(child: Any, names: frozenset[str]) -> pl.Expr | None:
    if isinstance(child, Q):
        return expression(child, names)
    if not isinstance(child, tuple):
        return None
    field, _, lookup = child[0].partition("__")
    column, value = _column(field, names), _value(child[1], names)
    if column is None or value is None or (lookup or "exact") not in LOOKUPS:
        return None
    return LOOKUPS[lookup or "exact"](column, value)


def _column(field: str, names: frozenset[str]) -> pl.Expr | None:
    if field in EMPTY:
        return pl.lit(None)
    return pl.col(field) if field in names else None


def _value(value: Any, names: frozenset[str]) -> Any:
    if isinstance(value, F):
        return _column(str(value.name), names)  # type: ignore[attr-defined]  # missing in the stubs
    return None if hasattr(value, "resolve_expression") else value


def fields_in(condition: Q) -> list[str]:
    """Names of the fields that a condition speaks of, in order."""
    found: list[str] = []
    for child in condition.children:
        if isinstance(child, Q):
            found += fields_in(child)
        elif isinstance(child, tuple):
            found.append(child[0].partition("__")[0])
            found += [str(child[1].name)] if isinstance(child[1], F) else []  # type: ignore[attr-defined]
    return list(dict.fromkeys(found))
