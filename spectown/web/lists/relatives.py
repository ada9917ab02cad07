"""Rows of other lists that refer to a row, and who maintains it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet

from spectown.accounts.permissions import Permission
from spectown.lists.choosing.tally import tally
from spectown.lists.declaration import BoundColumn, Ledger
from spectown.lists.duties import leads
from spectown.lists.kinds import Kind
from spectown.lists.models import ListRow
from spectown.lists.registry import ledgers
from spectown.lists.scope import visible_in
from spectown.organisations.actors import Actor
from spectown.web.lists.found import list_url, row_url

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Referring:
    """A column of a list that names rows of another."""

    ledger: Ledger
    column: BoundColumn

    @property
    def key(self) -> str:
        """Tells it from the others."""
        return f"{self.ledger.slug}.{self.column.name}"


@dataclass(frozen=True, slots=True)
class Relative:
    """Rows of one list that refer to the row by one column: the first few, and whether there are more."""

    ledger: Ledger
    column: str
    rows: list[tuple[str, str]]
    more: int
    url: str


def relatives(row: ListRow, actor: Actor, covered: Collection[str] = ()) -> list[Relative]:
    """Rows of all lists that refer to this one and that the actor sees; `covered`: lists shown elsewhere."""
    pairs = [pair for pair in _referring(type(row)) if pair.ledger.slug not in covered]
    seen = visible_in([pair.ledger for pair in pairs], actor)
    rows = {pair.key: seen[pair.ledger.slug].filter(**{pair.column.name: row.pk}) for pair in pairs}
    tallies = tally(rows)
    often = {slug for slug, times in Counter(pair.ledger.slug for pair in pairs).items() if times > 1}
    return [
        _relative(pair, rows[pair.key], row, tallies[pair.key].count.value, named=pair.ledger.slug in often)
        for pair in pairs
        if tallies[pair.key].count.value
    ]


def _referring(model: type[Any]) -> list[Referring]:
    pairs = (Referring(ledger, bound) for ledger in ledgers() for bound in ledger.bound if bound.kind == Kind.REFERENCE)
    return [pair for pair in pairs if pair.column.field.related_model is model]


def _relative(pair: Referring, rows: QuerySet[ListRow], row: ListRow, count: int, *, named: bool) -> Relative:
    ledger, references = pair.ledger, [b.name for b in pair.ledger.bound if b.kind == Kind.REFERENCE]
    first = rows.select_related(*references).order_by("-pk")[:SHOWN]  # the name of a row may be made of what it names
    shown = [(str(found), row_url(ledger, found.pk)) for found in first]
    url = f"{list_url(ledger)}?{urlencode({pair.column.name: row.pk})}"
    return Relative(ledger, pair.column.label if named else "", shown, count - len(shown), url)


def maintainers(ledger: Ledger, row: ListRow) -> list[str]:
    """Who keeps the row right: its county, its town's bodies, the lead units of the tasks, the office."""
    if ledger.permission != Permission.LIST_CHANGE:
        return ["领导小组办公室"]
    places = [f"{row.territory}填报单位"]
    if row.town:
        bodies = [str(unit) for unit in (row.town.operator, row.town.responsible_unit) if unit]
        places += [f"{row.town}({'、'.join(dict.fromkeys(bodies))})"] if bodies else []
    return [*places, *leads(ledger), "领导小组办公室"]
