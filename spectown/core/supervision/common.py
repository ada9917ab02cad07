"""Common problems (共性问题) proposed from problems that are alike. Nothing is joined without a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from spectown.core.supervision.alike import ASPECTS, Item, Likeness, likeness, neighbours
from spectown.core.supervision.problemkinds import ProblemRules


@dataclass(frozen=True, slots=True)
class Cluster:
    """Problems alike to the one in the middle. `lead`: its number; `members`: the others, each with how it is alike.

    `joins`: the middle is a common problem that is there already, into which the members could be joined.
    `raisers`: how many had it; `same`: aspects in which all say the same.
    """

    lead: int
    members: tuple[Likeness, ...]
    joins: bool
    raisers: int
    same: tuple[str, ...]

    @property
    def pks(self) -> tuple[int, ...]:
        """All problems of the proposal; a common problem that is there already is not one of them."""
        own = () if self.joins else (self.lead,)
        return tuple(sorted((*own, *(each.pk for each in self.members))))


def clusters(items: Sequence[Item], rules: ProblemRules) -> list[Cluster]:
    """Proposals, the largest first; the order of `items` does not matter.

    Common problems take in what is alike to them first; then whoever has most alike is the middle of a proposal, of
    equals the one with the smallest number. A problem stands in one proposal at most.
    """
    ordered = sorted(items, key=lambda item: item.pk)
    near = neighbours(ordered, rules)
    places = sorted(range(len(ordered)), key=lambda n: (not ordered[n].common, -len(near[n]), n))
    free = np.array([not item.common for item in ordered], dtype=bool)
    found: list[Cluster] = []
    for place in places:
        if not (free[place] or ordered[place].common):
            continue
        taken = near[place][free[near[place]]]
        members = [ordered[int(n)] for n in taken]
        if _enough(ordered[place], members, rules):
            found.append(_cluster(ordered[place], members))
            free[taken] = free[place] = False
    return sorted(found, key=lambda each: (not each.joins, -len(each.pks), each.lead))


def _enough(lead: Item, members: Sequence[Item], rules: ProblemRules) -> bool:
    if lead.common:
        return bool(members)
    return len(members) + 1 >= rules.members and len(_raisers([lead, *members])) >= rules.raisers


def _raisers(items: Sequence[Item]) -> Counter[str]:
    return Counter(item.raiser for item in items if item.raiser)


def _cluster(lead: Item, members: Sequence[Item]) -> Cluster:
    alike = sorted((likeness(lead, each) for each in members), key=lambda each: (-each.text, each.pk))
    whole = list(members) if lead.common else [lead, *members]
    same = tuple(
        name for name in ASPECTS if len({getattr(item, name) for item in whole}) == 1 and getattr(whole[0], name)
    )
    return Cluster(lead.pk, tuple(alike), lead.common, len(_raisers(whole)), same)
