"""What a way of deriving says of a period: figures by town, and what it cannot say."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Model, Q, QuerySet

from spectown.core.periods import Period


@dataclass(frozen=True, slots=True)
class Found:
    """Figures by town; a town that is not named has 0, since a list is complete, unless it is `unknown` (未报).

    `shared`: how many enterprises belong to exactly these towns, of those that belong to several: what a sum over these
    towns counts twice.
    """

    figures: Mapping[int, Decimal]
    unknown: frozenset[int] = frozenset()
    shared: Mapping[frozenset[int], int] = field(default_factory=Counter)

    def of(self, town: int) -> Decimal | None:
        """The figure of a town, None where it is not known."""
        return None if town in self.unknown else self.figures.get(town, Decimal(0))


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a period, and of its year up to its end."""

    first: datetime.date
    last: datetime.date

    @property
    def year_begins(self) -> datetime.date:
        """First day of the year."""
        return self.last.replace(month=1, day=1)

    def within(self, field: str) -> Q:
        """A day of the period."""
        return Q(**{f"{field}__range": (self.first, self.last)})

    def this_year(self, field: str) -> Q:
        """A day of the year, not after the period."""
        return Q(**{f"{field}__range": (self.year_begins, self.last)})

    def begun(self, field: str) -> Q:
        """On or before the last day; an unknown day is taken as long ago."""
        return Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__lte": self.last})

    def lasting(self, field: str) -> Q:
        """`field` is the last day on which it holds: not before the end of the period."""
        return Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": self.last})

    def not_yet(self, field: str) -> Q:
        """`field` is the first day on which it holds no more: after the period."""
        return Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gt": self.last})


def span_of(period: Period) -> Span:
    """The days of a period."""
    return Span(*period.days)


def alive(model: type[Model], *conditions: Q) -> QuerySet[Any]:
    """Rows of a list that have not been deleted and belong to a town."""
    return model._default_manager.filter(*conditions, deleted_at__isnull=True, town__isnull=False).order_by()


def figures(rows: Iterable[tuple[int, Any]], *, unknown: Collection[int] = ()) -> Found:
    """From pairs of town and sum: a sum of nothing but empty fields is not known."""
    found = dict(rows)
    known = {town: Decimal(number) for town, number in found.items() if number is not None}
    return Found(known, frozenset(unknown) - set(known) | (set(found) - set(known)))
