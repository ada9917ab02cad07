"""Figures of the rows of a fact: sums that say what they leave out, ranks with ties."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

Rows = Sequence[Mapping[str, Any]]


def figure(value: Any) -> Decimal | None:
    """A figure as a number; null where there is none (null, 不适用, 待核)."""
    return Decimal(value) if isinstance(value, (Decimal, int)) else None


def total(rows: Rows | None, name: str) -> Decimal | None:
    """Sum of the figures that are there; null where none is."""
    known = [value for row in rows or () if (value := figure(row[name])) is not None]
    return sum(known, Decimal(0)) if known else None


def missing(rows: Rows | None, name: str) -> int:
    """How many rows have no figure there, so that a sum can say so."""
    return sum(figure(row[name]) is None for row in rows or ())


def ranked(value: Any, rows: Rows, name: str = "rank") -> str:
    """A rank as documents write it: 第2, 并列第2 where another row has it too, 未排名 for null."""
    if figure(value) is None:
        return value or "未排名"
    return f"{'并列' if sum(row[name] == value for row in rows) > 1 else ''}第{value}"
