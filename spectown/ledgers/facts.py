"""What the lists say about a town: the eight functions of public service (方案 二(七))."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from spectown.ledgers.lists.places import FUNCTIONS, PLATFORMS
from spectown.lists.scope import visible
from spectown.organisations.actors import Actor


@dataclass(frozen=True, slots=True)
class FunctionsOfTown:
    """Which of the eight functions a town has: number of platforms in use that offer each, by code of the function."""

    town: int
    platforms: int
    offered: Mapping[str, int]

    @property
    def present(self) -> int:
        """How many of the eight functions somebody offers."""
        return sum(1 for count in self.offered.values() if count)


def function_labels() -> dict[str, str]:
    """Names of the eight functions in the plan's order, by code."""
    return {name: PLATFORMS.by_name[name].label for name in FUNCTIONS}


def functions_of_towns(actor: Actor, towns: Collection[int], on: datetime.date) -> dict[int, FunctionsOfTown]:
    """The functions of each town by its number, from the platforms that the actor sees and that are in use that day."""
    rows: dict[int, list[dict[str, object]]] = defaultdict(list)
    in_use = Q(closed_on__isnull=True) | Q(closed_on__gt=on)
    for row in visible(PLATFORMS, actor).filter(in_use, town__in=towns).values("town", *FUNCTIONS):
        rows[row["town"]].append(row)
    return {town: _functions(town, rows[town]) for town in towns}


def _functions(town: int, rows: Iterable[Mapping[str, object]]) -> FunctionsOfTown:
    found = list(rows)
    return FunctionsOfTown(town, len(found), {name: sum(bool(row[name]) for row in found) for name in FUNCTIONS})
