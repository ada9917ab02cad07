"""Lists on the pages of other areas: beside the clauses that ask for them, and on the page of a town."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spectown.accounts.permissions import Permission
from spectown.lists.choosing.counting import Count, count
from spectown.lists.declaration import Ledger
from spectown.lists.registry import ledgers
from spectown.lists.scope import visible
from spectown.organisations.actors import Actor
from spectown.towns.models import Town
from spectown.web.lists.found import list_url
from spectown.web.lists.words import number
from spectown.web.plans.carried import Carried, Line, Scene, carries


@dataclass(frozen=True, slots=True)
class TownList:
    """One list with its rows of one town."""

    ledger: Ledger
    rows: int
    url: str


def rows_of(ledger: Ledger, actor: Actor) -> Count:
    """Number of rows of a list that the actor sees; an estimate where they are very many."""
    return count(ledger, visible(ledger, actor), few=False)


def said(ledger: Ledger, found: Count) -> str:
    """5,000 户, 约 120,000 户."""
    return f"{'' if found.exact else '约 '}{number(found.value)} {ledger.counter}"


@carries
def beside_clauses(scene: Scene) -> Iterator[Line]:
    """Every list at the clauses that ask for it."""
    if not scene.actor.may(Permission.LIST_VIEW):
        return
    for ledger in ledgers():
        text = f"{ledger.title} {said(ledger, rows_of(ledger, scene.actor))}"
        for clause in ledger.clauses:
            yield clause, Carried("清单", text, list_url(ledger))


def town_lists(town: Town, actor: Actor) -> list[TownList]:
    """The lists with rows of a town, as far as the actor sees them; one query for each list."""
    if not actor.may(Permission.LIST_VIEW):
        return []
    found = [(ledger, visible(ledger, actor).filter(town=town.pk).count()) for ledger in ledgers()]
    return [TownList(ledger, rows, f"{list_url(ledger)}?town={town.pk}") for ledger, rows in found if rows]
