"""Lists on the pages of other areas: beside the clauses that ask for them, and on the page of a town."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spectown.accounts.permissions import Permission
from spectown.lists.choosing.counting import Count
from spectown.lists.choosing.tally import tally
from spectown.lists.declaration import Ledger
from spectown.lists.registry import ledgers
from spectown.lists.scope import visible_in
from spectown.organisations.actors import Actor
from spectown.towns.models import Town
from spectown.web.lists.found import list_url
from spectown.web.lists.words import number
from spectown.web.plans.carried import Carried, Line, Scene, carries


@dataclass(frozen=True, slots=True)
class TownList:
    """One list with its rows of one town."""

    ledger: Ledger
    rows: str
    url: str


def said(ledger: Ledger, found: Count) -> str:
    """5,000 户, 约 120,000 户."""
    return f"{'' if found.exact else '约 '}{number(found.value)} {ledger.counter}"


@carries
def beside_clauses(scene: Scene) -> Iterator[Line]:
    """Every list at the clauses that ask for it."""
    if not scene.actor.may(Permission.LIST_VIEW):
        return
    tallies = tally(visible_in(ledgers(), scene.actor))
    for ledger in ledgers():
        text = f"{ledger.title} {said(ledger, tallies[ledger.slug].count)}"
        for clause in ledger.clauses:
            yield clause, Carried("清单", text, list_url(ledger))


def town_lists(town: Town, actor: Actor) -> list[TownList]:
    """The lists with rows of a town, as far as the actor sees them."""
    if not actor.may(Permission.LIST_VIEW):
        return []
    tallies = tally({slug: rows.filter(town=town.pk) for slug, rows in visible_in(ledgers(), actor).items()})
    found = [(ledger, tallies[ledger.slug].count) for ledger in ledgers()]
    return [TownList(ledger, said(ledger, n), f"{list_url(ledger)}?town={town.pk}") for ledger, n in found if n.value]
