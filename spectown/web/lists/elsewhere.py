"""Lists on the pages of other areas: beside the clauses that ask for them, and on the page of a town."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from spectown.accounts.permissions import Permission
from spectown.lists.choosing.counting import Count
from spectown.lists.choosing.filters import at_town
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
class ListCount:
    """One list and how many rows it has for somebody, of one town or altogether."""

    ledger: Ledger
    rows: str
    url: str


def said(ledger: Ledger, found: Count) -> str:
    """5,000 户, 约 120,000 户."""
    return f"{'' if found.exact else '约 '}{number(found.value)} {ledger.counter}"


@carries
def beside_clauses(scene: Scene) -> Iterator[Line]:
    """Every list at the clauses that ask for it and at the tasks that it feeds."""
    places = dict(scene.version.tasks.values_list("number", "clause__ref"))
    for each in _counts(scene.actor):
        fed = [places[number] for number in each.ledger.tasks if number in places]
        for clause in dict.fromkeys((*each.ledger.clauses, *fed)):
            yield clause, Carried("清单", f"{each.ledger.title} {each.rows}", each.url)


def _counts(actor: Actor) -> list[ListCount]:
    """All lists, as far as the actor sees them."""
    if not actor.may(Permission.LIST_VIEW):
        return []
    tallies = tally(visible_in(ledgers(), actor))
    return [ListCount(each, said(each, tallies[each.slug].count), list_url(each)) for each in ledgers()]


def lists_of_tasks(actor: Actor) -> dict[int, list[ListCount]]:
    """The lists that feed each of the ten tasks, by its number."""
    found: dict[int, list[ListCount]] = defaultdict(list)
    for each in _counts(actor):
        for task in each.ledger.tasks:
            found[task].append(each)
    return dict(found)


def town_lists(town: Town, actor: Actor) -> list[ListCount]:
    """The lists with rows of a town, as far as the actor sees them."""
    if not actor.may(Permission.LIST_VIEW):
        return []
    seen = visible_in(ledgers(), actor)
    tallies = tally({each.slug: seen[each.slug].filter(at_town(each, town.pk)) for each in ledgers()})
    found = [(each, tallies[each.slug].count) for each in ledgers()]
    return [
        ListCount(each, said(each, n), f"{list_url(each)}?{each.town_column}={town.pk}") for each, n in found if n.value
    ]
