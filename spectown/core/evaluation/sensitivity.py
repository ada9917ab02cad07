"""What the ranks hang on: share of the variance per source (pick-freeze), and each indicator left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from spectown.core.evaluation.drawing import Ground, Variant, dirichlet
from spectown.core.evaluation.ranking import Integers, places_of
from spectown.core.evaluation.table import Floats

BASE = 512  # points of each of the two samples; a first-order index is sure to about 0.05
SOURCES: Mapping[str, str] = {
    "weights": "权重",
    "normalisation": "标准化办法",
    "aggregation": "合成办法",
    "missing": "缺数处理",
    "table": "核定数与填报数",
}


@dataclass(frozen=True, slots=True)
class Sample:
    """Points drawn: weights (k, m), and a variant for each."""

    weights: Floats
    variants: tuple[Variant, ...]

    def but(self, source: str, other: Sample) -> Sample:
        """These points with one source taken from the other sample."""
        if source == "weights":
            return Sample(other.weights, self.variants)
        pairs = zip(self.variants, other.variants, strict=True)
        return Sample(self.weights, tuple(replace(a, **{source: getattr(b, source)}) for a, b in pairs))


def shares(ground: Ground, effective: Floats, rng: np.random.Generator) -> dict[str, float]:
    """First-order index of each source that varies: V(E[rank | source])/V(rank), summed over towns first."""
    first, second = (_sample(ground, effective, rng) for _turn in range(2))
    sources = _varying(ground)
    samples = [first, second, *(first.but(source, second) for source in sources)]
    a, b, *mixed = np.split(_ranks(ground, _joined(samples)).astype(float), len(samples))
    spread = np.concatenate([a, b]).var(axis=0).sum()
    found = {}
    for source, ranks in zip(sources, mixed, strict=True):
        part = (b * (ranks - a)).mean(axis=0).sum()
        found[source] = max(0.0, float(part / spread)) if spread > 0 else 0.0
    return found


def _varying(ground: Ground) -> list[str]:
    variants = ground.variants
    names = [name for name in SOURCES if name != "weights" and len({getattr(v, name) for v in variants}) > 1]
    return names if ground.scheme.robustness.weights is None else ["weights", *names]


def _sample(ground: Ground, effective: Floats, rng: np.random.Generator) -> Sample:
    variants = ground.variants
    chosen = rng.integers(len(variants), size=BASE)
    weights = dirichlet(effective, ground.scheme.robustness.weights, BASE, rng)
    return Sample(weights, tuple(variants[place] for place in chosen))


def _joined(samples: Sequence[Sample]) -> Sample:
    """One after the other, so that each variant is worked out once."""
    variants = tuple(variant for sample in samples for variant in sample.variants)
    return Sample(np.concatenate([sample.weights for sample in samples]), variants)


def _ranks(ground: Ground, sample: Sample) -> Integers:
    ranks = np.empty((len(sample.variants), len(ground.rows)), np.int64)
    places: dict[Variant, list[int]] = {}
    for place, variant in enumerate(sample.variants):
        places.setdefault(variant, []).append(place)
    for variant, here in places.items():
        ranks[here] = places_of(ground.scores(variant, sample.weights[here]))
    return ranks


@dataclass(frozen=True, slots=True)
class Dropped:
    """How the ranks move without one indicator: mean and largest shift, and the town that moves most."""

    code: str
    mean: float
    largest: int
    row: int


def dropped(ground: Ground, effective: Floats) -> list[Dropped]:
    """Each indicator left out in turn; none where there is only one."""
    leaves = ground.scheme.indicators
    without = np.where(np.eye(len(leaves), dtype=bool), 0.0, effective)
    possible = without.sum(axis=1) > 0
    own = ground.variants[0]
    before = places_of(ground.scores(own, effective[None, :]))[0]
    found = []
    for place in np.flatnonzero(possible):
        weights = without[place] / without[place].sum()
        shift = np.abs(places_of(ground.scores(own, weights[None, :]))[0] - before)
        found.append(
            Dropped(leaves[place].code, float(shift.mean()), int(shift.max()), int(ground.rows[shift.argmax()]))
        )
    return found
