"""The one rounding, competition ranks with ties, ranks of many draws."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import numpy as np
from numpy.typing import NDArray

from spectown.core.evaluation.table import Bools, Floats

Integers = NDArray[np.int64]


def rounded(score: float, digits: int) -> Decimal:
    """Half up, from the shortest decimal that names the number."""
    return Decimal(repr(float(score))).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def competition(keys: list[tuple[Decimal, ...]]) -> list[int]:
    """Ranks 1, 2, 2, 4 by keys, the greatest first."""
    places: dict[tuple[Decimal, ...], int] = {}
    for place, key in enumerate(sorted(keys, reverse=True), 1):
        places.setdefault(key, place)
    return [places[key] for key in keys]


def ordered(scores: Floats) -> Integers:
    """Rows of each draw (d, n), the best first.

    The number of the town rides in the last bits of its score, so that one plain sort orders both: scores of a draw
    are compared at 2⁻⁴⁰ of their range or finer, towns that cannot be told apart by it keep their order (see `alike`).
    """
    towns = scores.shape[1]
    low, high = scores.min(axis=1, keepdims=True), scores.max(axis=1, keepdims=True)
    keys = (high - scores) / np.where(high > low, high - low, 1.0)
    keys += 1.0  # 1 the best … 2 the worst: positive numbers sort as their bits do
    mask = np.int64((1 << max(1, int(towns - 1).bit_length())) - 1)
    packed: Integers = keys.view(np.int64)
    packed &= ~mask
    packed |= np.arange(towns, dtype=np.int64)
    keys.sort(axis=1)
    packed &= mask
    return packed


def tally(scores: Floats, counts: Integers, places: Integers) -> None:
    """Add to `places` (k, n) how often each kind of town stands on each place (from 0) in draws (d, k).

    `counts`: towns of each kind, n in all; those of one kind share the better place.
    """
    kinds, towns = places.shape
    order = ordered(scores)
    if kinds == towns:
        before: Integers = np.arange(towns, dtype=np.int64)
    else:
        amounts = counts[order]
        before = np.cumsum(amounts, axis=1) - amounts
    order *= towns
    order += before
    places += np.bincount(order.ravel(), minlength=kinds * towns).reshape(kinds, towns)


def places_of(scores: Floats) -> Integers:
    """Competition ranks (d, n) of draws (d, n), equal scores sharing the better one."""
    order = np.argsort(-scores, axis=1, kind="stable")
    sorted_scores = np.take_along_axis(scores, order, axis=1)
    new = np.ones_like(order, dtype=bool)
    new[:, 1:] = sorted_scores[:, 1:] != sorted_scores[:, :-1]
    first = np.maximum.accumulate(np.where(new, np.arange(scores.shape[1]), 0), axis=1)
    ranks = np.empty_like(order)
    np.put_along_axis(ranks, order, first + 1, axis=1)
    return ranks.astype(np.int64)


def alike(values: Floats) -> tuple[Integers, Integers, Integers]:
    """Towns that are equal in everything: first row of each kind, how many there are of it, kind of each town."""
    _kinds, first, kind, count = np.unique(values, axis=0, return_index=True, return_inverse=True, return_counts=True)
    if len(first) == len(values):  # all differ: the order of the table, so that nothing need be rearranged
        rows: Integers = np.arange(len(values), dtype=np.int64)
        return rows, np.ones_like(rows), rows
    return first.astype(np.int64), count.astype(np.int64), kind.reshape(-1).astype(np.int64)


def quantile(places: Integers, share: float) -> Integers:
    """Smallest place (from 1) that so large a share of the draws is on or before, per town (rows of `tally`)."""
    reached: Bools = np.cumsum(places, axis=1) >= share * places.sum(axis=1, keepdims=True)
    place: Integers = np.argmax(reached, axis=1).astype(np.int64) + 1
    return place
