"""Which problems are alike: by the pairs of neighbouring letters in common, by clause, kind, chain position, unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from spectown.core.supervision.problemkinds import ProblemRules
from spectown.core.supervision.wording import grams, in_common

ASPECTS: Mapping[str, str] = MappingProxyType(
    {"clause": "条款", "kind": "类别", "chain": "链上位置", "unit": "承办单位"}
)
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Item:
    """One problem as it is compared. `raiser`: whoever has it; `common`: a common problem that takes others in."""

    pk: int
    text: str
    clause: str = ""
    kind: str = ""
    chain: str = ""
    unit: str = ""
    raiser: str = ""
    common: bool = False


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike an item is to another: percent of the text in common, names of the aspects that coincide."""

    pk: int
    text: int
    shared: tuple[str, ...]


def coincide(first: Item, second: Item) -> tuple[str, ...]:
    """Names of the aspects in which both say the same."""
    return tuple(name for name in ASPECTS if getattr(first, name) and getattr(first, name) == getattr(second, name))


def is_alike(text: int, shared: int, rules: ProblemRules) -> bool:
    """True where the text alone says it, or text and enough other aspects."""
    return text >= rules.sure or (text >= rules.near and shared >= rules.shared)


def likeness(first: Item, second: Item) -> Likeness:
    """How alike the second is to the first."""
    return Likeness(second.pk, in_common(grams(first.text), grams(second.text)), coincide(first, second))


def nearest(item: Item, others: Sequence[Item], rules: ProblemRules, most: int = 5) -> list[Likeness]:
    """The others that look like an item that is being written, the likest first: shown before it is posted."""
    own = grams(item.text)
    found = [
        Likeness(other.pk, percent, coincide(item, other))
        for other in others
        if (percent := in_common(own, grams(other.text))) >= rules.near and other.pk != item.pk
    ]
    return sorted(found, key=lambda each: (-each.text, -len(each.shared), each.pk))[:most]


def neighbours(items: Sequence[Item], rules: ProblemRules) -> list[Numbers]:
    """By the place of each item, the places of those alike to it; all pairs, through the letters they share."""
    sets = [grams(item.text) for item in items]
    sizes = np.array([len(each) for each in sets], dtype=np.int64)
    holders = _holders(sets)
    aspects = [_numbered([str(getattr(item, name)) for item in items]) for name in ASPECTS]
    return [_alike_to(place, sets, sizes, holders, aspects, rules) for place in range(len(items))]


def _alike_to(
    place: int,
    sets: Sequence[frozenset[str]],
    sizes: Numbers,
    holders: Mapping[str, Numbers],
    aspects: Sequence[Numbers],
    rules: ProblemRules,
) -> Numbers:
    if not sets[place]:
        return np.zeros(0, dtype=np.int64)
    both = np.bincount(np.concatenate([holders[gram] for gram in sets[place]]), minlength=len(sets))
    percent = 200 * both // (sizes + sizes[place])
    same = np.zeros(len(sets), dtype=np.int64)
    for numbers in aspects:
        same += (numbers == numbers[place]) & (numbers[place] > 0)
    alike = (percent >= rules.sure) | ((percent >= rules.near) & (same >= rules.shared))
    alike[place] = False
    return np.flatnonzero(alike)


def _holders(sets: Sequence[frozenset[str]]) -> dict[str, Numbers]:
    places: dict[str, list[int]] = {}
    for place, each in enumerate(sets):
        for gram in each:
            places.setdefault(gram, []).append(place)
    return {gram: np.array(found, dtype=np.int64) for gram, found in places.items()}


def _numbered(values: Sequence[str]) -> Numbers:
    """Equal values get equal numbers, an empty one 0: nothing said is nothing in common."""
    numbers = {value: n for n, value in enumerate(dict.fromkeys(values), start=1) if value}
    return np.array([numbers.get(value, 0) for value in values], dtype=np.int64)
