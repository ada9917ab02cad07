"""Rules across columns that many lists share."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import polars as pl
from django.utils import timezone

from spectown.lists.declaration import Rule


def not_before(column: str, earlier: str, reason: str) -> Rule:
    """A date that must not lie before another; fine where either is missing."""
    return Rule(column, pl.col(column) >= pl.col(earlier), reason)


def not_above(column: str, whole: str, reason: str) -> Rule:
    """A figure that is part of another; fine where either is missing."""
    return Rule(column, pl.col(column) <= pl.col(whole), reason)


def needed_when(column: str, decider: str, codes: Collection[str], reason: str) -> Rule:
    """A value that must be there once another column has one of these codes."""
    return Rule(column, ~pl.col(decider).is_in(list(codes)) | _present(column), reason)


def needed_with(column: str, other: str, reason: str) -> Rule:
    """A value that must be there as soon as another is."""
    return Rule(column, ~_present(other) | _present(column), reason)


def not_later_than_today(column: str, reason: str) -> Rule:
    """A day on which something happened; fine where it is missing."""
    return Rule(column, pl.col(column).cast(pl.Date).map_batches(_past, pl.Boolean), reason)


def _past(dates: pl.Series) -> Any:
    return dates.is_null() | (dates <= timezone.localdate())


def _present(column: str) -> pl.Expr:
    """Neither null nor blank text."""
    return pl.col(column).is_not_null() & (pl.col(column).cast(pl.String) != "")
