"""Draws of everything that is not sure about a scheme, and what becomes of the ranks. Seeded, PCG64."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from spectown.core.evaluation.aggregating import Filled, filled, total
from spectown.core.evaluation.normalising import normalised
from spectown.core.evaluation.ranking import Integers, alike, quantile, tally
from spectown.core.evaluation.scheme import Aggregation, Missing, Normalisation, Scheme
from spectown.core.evaluation.table import Floats, Table

BLOCK = 1 << 18  # scores worked on at a time: 2 MB, which stays in the cache
COINS = 40  # tables drawn between certified and reported figures
LOW, HIGH = 0.05, 0.95


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to do it all: which table, normalisation, treatment of gaps, aggregation."""

    table: int
    normalisation: Normalisation
    missing: Missing
    aggregation: Aggregation


@dataclass(frozen=True, slots=True)
class Interval:
    """What the draws say of one town."""

    low: int
    high: int
    top: float
    bottom: float


class Ground:
    """The tables of a peer group and the values that each variant makes of them, worked out once.

    `points`: bonus and deductions of all towns; `rows`: those that are ranked.
    """

    def __init__(self, scheme: Scheme, tables: tuple[Table, ...], points: Floats, rows: NDArray[np.intp]) -> None:
        self.scheme, self.tables, self.points, self.rows = scheme, tables, points, rows
        self._values: dict[tuple[int, Normalisation], Floats] = {}
        self._filled: dict[tuple[int, Normalisation, Missing], Filled] = {}

    @property
    def variants(self) -> tuple[Variant, ...]:
        """All of them, the scheme's own first."""
        scheme, drawn = self.scheme, self.scheme.robustness
        kinds = dict.fromkeys((scheme.normalisation, *drawn.normalisations))
        gaps = dict.fromkeys((scheme.missing, *drawn.missing))
        ways = dict.fromkeys((scheme.aggregation, *drawn.aggregations))
        return tuple(Variant(*each) for each in product(range(len(self.tables)), kinds, gaps, ways))

    def values(self, table: int, normalisation: Normalisation) -> Floats:
        """Normalised columns (n, m), NaN = not reported; an indicator's own normalisation stays."""
        key = table, normalisation
        if key not in self._values:
            leaves = self.scheme.indicators
            columns = [normalised(self.tables[table], leaf, leaf.normalisation or normalisation) for leaf in leaves]
            self._values[key] = np.stack(columns, axis=1)
        return self._values[key]

    def filled(self, variant: Variant) -> Filled:
        """Those of a variant, without gaps."""
        key = variant.table, variant.normalisation, variant.missing
        if key not in self._filled:
            self._filled[key] = filled(self.values(*key[:2]), variant.missing)
        return self._filled[key]

    def scores(self, variant: Variant, weights: Floats) -> Floats:
        """Scores (d, n) of the ranked towns for effective weights (d, m)."""
        data = self.filled(variant)
        if len(self.rows) < len(data.values):
            counts = None if data.counts is None else data.counts[self.rows]
            data = Filled(data.values[self.rows], counts)
        return 100 * total(self.scheme, data, weights, variant.aggregation) + self.points[self.rows]


def coins(own: Table, other: Table, scheme: Scheme, rng: np.random.Generator) -> tuple[Table, ...]:
    """The own table and drawn ones in which each figure that differs is taken from either."""
    columns = {leaf.column for leaf in scheme.indicators}
    tables = [own]
    for _turn in range(COINS):
        drawn = {
            name: np.where(rng.random(len(own.names)) < 0.5, column, other.figures.get(name, column))
            if name in columns
            else column
            for name, column in own.figures.items()
        }
        tables.append(Table(own.names, drawn, own.words))
    return tuple(tables)


def dirichlet(effective: Floats, concentration: float | None, draws: int, rng: np.random.Generator) -> Floats:
    """Weights (d, m) around the effective ones; without a concentration always these."""
    if concentration is None:
        return np.broadcast_to(effective, (draws, len(effective)))
    drawn = rng.standard_gamma(effective * concentration, (draws, len(effective)))
    weights: Floats = drawn / drawn.sum(axis=1, keepdims=True)
    return weights


def intervals(ground: Ground, effective: Floats, rng: np.random.Generator) -> list[Interval]:
    """5 to 95 % of the ranks, and the shares of the first and last few, per town."""
    drawn, towns = ground.scheme.robustness, len(ground.rows)
    everything = [ground.values(*key) for key in {(v.table, v.normalisation): None for v in ground.variants}]
    everything.append(ground.points[:, None])
    first, counts, kind = alike(np.nan_to_num(np.hstack(everything)[ground.rows], nan=-1e9))
    places: Integers = np.zeros((len(first), towns), np.int64)
    for variant, amount in _shared(drawn.draws, ground.variants):
        for size in _blocks(amount, towns):
            weights = dirichlet(effective, drawn.weights, size, rng)
            scores = ground.scores(variant, weights)
            tally(scores if len(first) == towns else scores[:, first], counts, places)
    return _told(places[kind], cut(drawn.top, towns), cut(drawn.bottom, towns))


def _told(places: Integers, top: int, bottom: int) -> list[Interval]:
    draws = places[0].sum() if len(places) else 1
    tops, bottoms = places[:, :top].sum(axis=1) / draws, places[:, len(places) - bottom :].sum(axis=1) / draws
    rows = zip(quantile(places, LOW), quantile(places, HIGH), tops, bottoms, strict=True)
    return [Interval(int(low), int(high), float(p), float(q)) for low, high, p, q in rows]


def cut(share: float, towns: int) -> int:
    """How many towns a share below 1 (rounded half up, at least one), or a number, means."""
    return min(towns, int(share) if share >= 1 else max(1, int(share * towns + 0.5)))


def _shared(draws: int, variants: tuple[Variant, ...]) -> Iterator[tuple[Variant, int]]:
    for place, variant in enumerate(variants):
        yield variant, draws // len(variants) + (place < draws % len(variants))


def _blocks(amount: int, towns: int) -> Iterator[int]:
    size = max(1, max(BLOCK, towns * towns // 2) // max(towns, 1))  # each block counts into towns² places
    while amount > 0:
        yield min(size, amount)
        amount -= size
