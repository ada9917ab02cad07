"""Rows of other lists that refer to a row, and who maintains it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from spectown.lists.declaration import BoundColumn, Ledger
from spectown.lists.duties import leads
from spectown.lists.kinds import Kind
from spectown.lists.models import ListRow
from spectown.lists.registry import ledgers
from spectown.lists.scope import visible
from spectown.organisations.actors import Actor
from spectown.web.lists.found import list_url, row_url

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Relative:
    """Rows of one list that refer to the row by one column: the first few, and whether there are more."""

    ledger: Ledger
    column: str
    rows: list[tuple[str, str]]
    more: int
    url: str


def relatives(row: ListRow, actor: Actor) -> list[Relative]:
    """Rows of all lists that refer to this one and that the actor sees."""
    pairs = _referring(type(row))
    often = {ledger.slug for ledger, column in pairs if sum(ledger is other for other, _ in pairs) > 1}
    found = [_relative(ledger, column, row, actor, named=ledger.slug in often) for ledger, column in pairs]
    return [relative for relative in found if relative.rows]


def _referring(model: type[Any]) -> list[tuple[Ledger, BoundColumn]]:
    pairs = [(ledger, column) for ledger in ledgers() for column in ledger.bound if column.kind == Kind.REFERENCE]
    return [(ledger, column) for ledger, column in pairs if column.field.related_model is model]


def _relative(ledger: Ledger, column: BoundColumn, row: ListRow, actor: Actor, *, named: bool) -> Relative:
    rows = visible(ledger, actor).filter(**{column.name: row.pk}).order_by("-pk")
    count = rows.count()
    shown = [(str(found), row_url(ledger, found.pk)) for found in rows[:SHOWN]] if count else []
    url = f"{list_url(ledger)}?{urlencode({column.name: row.pk})}"
    return Relative(ledger, column.label if named else "", shown, count - len(shown), url)


def maintainers(ledger: Ledger, row: ListRow) -> list[str]:
    """Who keeps the row right: its county, its town's bodies, the lead units of the tasks, the office."""
    places = [f"{row.territory}填报单位"]
    if row.town:
        bodies = [str(unit) for unit in (row.town.operator, row.town.responsible_unit) if unit]
        places += [f"{row.town}({'、'.join(dict.fromkeys(bodies))})"] if bodies else []
    return [*places, *leads(ledger), "领导小组办公室"]
