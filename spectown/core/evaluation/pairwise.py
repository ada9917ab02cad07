"""Pairwise comparisons as a person makes them: Saaty's scale in words, the weights, what contradicts most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from spectown.core.evaluation.table import Floats
from spectown.core.evaluation.weighting import RANDOM_INDEX, ahp

CONSISTENT = 0.1  # Saaty
SCALE: Mapping[int, str] = {
    1: "同样重要",
    2: "略重要",  # even steps stand between their neighbours
    3: "稍重要",
    4: "较重要",
    5: "明显重要",
    6: "很重要",
    7: "强烈重要",
    8: "非常重要",
    9: "极端重要",
}
LARGEST = len(RANDOM_INDEX) - 1
Pairs = Sequence[Sequence[object]]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One comparison that goes against the others: how many times was said, how many times the others say."""

    first: str
    second: str
    said: float
    implied: float


@dataclass(frozen=True, slots=True)
class Compared:
    """Weights in per cent by code, adding up to 100; consistency ratio; the two worst comparisons where it is high."""

    weights: Mapping[str, float]
    ratio: float
    worst: tuple[Contradiction, ...]

    @property
    def is_consistent(self) -> bool:
        """True where the comparisons go together well enough."""
        return self.ratio <= CONSISTENT


def couples(codes: Sequence[str]) -> list[tuple[str, str]]:
    """Every pair once, in order."""
    return list(combinations(codes, 2))


def said_of(codes: Sequence[str], pairs: Pairs) -> dict[tuple[str, str], float]:
    """What was said of each pair, read in the order of `codes`; pairs with others are left out."""
    found = {}
    for first, second, times in pairs:
        if first in codes and second in codes and first != second:
            one, two, number = str(first), str(second), float(str(times))
            straight = codes.index(one) < codes.index(two)
            found[(one, two) if straight else (two, one)] = number if straight else 1 / number
    return found


def compared(codes: Sequence[str], pairs: Pairs) -> Compared | None:
    """None while a comparison is lacking. Raises Unusable above ten."""
    said = said_of(codes, pairs)
    if len(codes) < 2 or len(said) < len(couples(codes)):
        return None
    matrix = np.eye(len(codes))
    for (first, second), times in said.items():
        i, j = codes.index(first), codes.index(second)
        matrix[i, j], matrix[j, i] = times, 1 / times
    weights, ratio = ahp(matrix)
    worst = _worst(codes, matrix, weights) if ratio > CONSISTENT else ()
    return Compared(dict(zip(codes, in_percent(weights), strict=True)), ratio, worst)


def _worst(codes: Sequence[str], matrix: Floats, weights: Floats) -> tuple[Contradiction, ...]:
    """The two comparisons farthest (as a factor) from what the weights of all of them say."""
    implied = weights[:, None] / weights[None, :]
    away = np.triu(np.abs(np.log(matrix) - np.log(implied)), 1)
    order = np.argsort(-away, axis=None, kind="stable")[:2]
    found = [np.unravel_index(place, away.shape) for place in order]
    return tuple(
        Contradiction(codes[i], codes[j], float(matrix[i, j]), float(implied[i, j])) for i, j in found if away[i, j] > 0
    )


def in_percent(weights: Floats) -> list[float]:
    """Weights as per cents with one decimal that add up to exactly 100: what is left over goes to the largest rests."""
    tenths = 1000 * weights / weights.sum()
    whole = np.floor(tenths + 1e-9)
    rest = round(1000 - whole.sum())
    for place in np.argsort(-(tenths - whole), kind="stable")[:rest]:
        whole[place] += 1
    return [float(tenth) / 10 for tenth in whole]


def in_words(times: float, first: str, second: str) -> str:
    """A comparison as a sentence part: `甲比乙稍重要(3)`; what lies between is rounded to the scale."""
    if times < 1:
        return in_words(1 / times, second, first)
    step = min(9, max(1, round(times)))
    return f"{first}和{second}同样重要" if step == 1 else f"{first}比{second}{SCALE[step]}({step})"
