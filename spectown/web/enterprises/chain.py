"""The chain of a town at a glance: parts, leading enterprises, valid honours, each with the way to its rows."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from spectown.accounts.permissions import Permission
from spectown.core.enterprises.counts import TownCounts
from spectown.enterprises.counts import counts_of
from spectown.enterprises.lists import ENTERPRISES
from spectown.lists.scope import visible
from spectown.organisations.actors import Actor
from spectown.towns.models import Town
from spectown.web.enterprises.figures import FIGURES, Figure, counted_url
from spectown.web.lists.found import row_url

NAMED = 8
PARTS = (
    "leading_enterprises",
    "role_upstream",
    "role_downstream",
    "role_partner",
    "family_farms",
    "cooperatives",
)


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure of the town."""

    figure: Figure
    number: int
    url: str


@dataclass(frozen=True, slots=True)
class Chain:
    """`leaders`: names and addresses of those the reader may open; `unnamed`: leading ones beyond them."""

    total: int
    partners: Shown
    parts: list[Shown]
    honours: list[Shown]
    without_role: Shown
    leaders: list[tuple[str, str]]
    unnamed: int


def chain_of(town: Town, actor: Actor, today: datetime.date) -> Chain | None:
    """What the lists say of the town's chain, in a fixed number of queries; None for those who see no lists."""
    if not actor.may(Permission.LIST_VIEW):
        return None
    counts = counts_of([town.pk], today)[town.pk]
    parts = shown(town, counts, PARTS)
    leaders = _leaders(town, actor, today) if parts[0].number else []
    honours = [each for each in shown(town, counts, (c for c in FIGURES if c.startswith("kind_"))) if each.number]
    (partners, without_role) = shown(town, counts, ("chain_partners", "role_none"))
    return Chain(counts.total, partners, parts, honours, without_role, leaders, parts[0].number - len(leaders))


def shown(town: Town, counts: TownCounts, codes: Iterable[str]) -> list[Shown]:
    """These figures of the town."""
    return [Shown(FIGURES[code], FIGURES[code].number(counts), counted_url(town, code)) for code in codes]


def _leaders(town: Town, actor: Actor, today: datetime.date) -> list[tuple[str, str]]:
    rows = FIGURES["leading_enterprises"].rows(town.pk, today) & visible(ENTERPRISES, actor)
    found = rows.order_by("name", "pk").values_list("pk", "name")[:NAMED]
    return [(name, row_url(ENTERPRISES, pk)) for pk, name in found]
