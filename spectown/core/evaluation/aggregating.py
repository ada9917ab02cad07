"""Normalised values (n, m) and weights of many draws (d, m) to values of the root (d, n)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from spectown.core.evaluation.scheme import Aggregation, Indicator, Missing, Node, Scheme
from spectown.core.evaluation.table import Floats


@dataclass(frozen=True, slots=True)
class Filled:
    """Values without gaps (n, m), and where they count: 1, or 0 where one is left out; None = everywhere."""

    values: Floats
    counts: Floats | None


def filled(values: Floats, treatment: Missing) -> Filled:
    """Put something in the place of NaN, or leave it out."""
    gaps = np.isnan(values)
    if not gaps.any():
        return Filled(values, None)
    if treatment == Missing.MEAN:
        known = np.where(gaps, 0, values).sum(axis=0) / np.maximum((~gaps).sum(axis=0), 1)
        return Filled(np.where(gaps, known, values), None)
    return Filled(np.nan_to_num(values, nan=0.0), None if treatment == Missing.ZERO else (~gaps).astype(float))


def total(scheme: Scheme, data: Filled, weights: Floats, aggregation: Aggregation) -> Floats:
    """Value of the root per draw and town (d, n); 0 for a town without any value."""
    if aggregation == Aggregation.TOPSIS:
        return topsis(data, weights)
    return Climb(data, weights, aggregation).value(scheme.root)[0]


class Climb:
    """The way from the leaves to the root; `dimensions`: value (d, n) and weight (d, n or 1) of each node passed."""

    def __init__(self, data: Filled, weights: Floats, fallback: Aggregation) -> None:
        self.data, self.weights, self.fallback = data, weights, fallback
        self.at = 0  # column of the next leaf
        self.dimensions: dict[str, tuple[Floats, Floats]] = {}

    def value(self, node: Node) -> tuple[Floats, Floats]:
        """Value and weight of a node."""
        mean = Mean((node.aggregation or self.fallback) == Aggregation.GEOMETRIC)
        leaves = []
        for child in node.children:
            if isinstance(child, Indicator):
                leaves.append(self.at)
                self.at += 1
            else:
                mean.add(*self.value(child))
        if leaves:
            mean.add_leaves(self.data, self.weights, leaves)
        self.dimensions[node.code] = mean.value(), mean.amounts
        return self.dimensions[node.code]


class Mean:
    """A weighted mean in the making, for all draws and towns at once."""

    def __init__(self, geometric: bool) -> None:
        self.geometric = geometric
        self.sums: Floats = np.zeros((1, 1))
        self.amounts: Floats = np.zeros((1, 1))
        self.zeros: Floats = np.zeros((1, 1))  # weight of what is 0: any of it makes a geometric mean 0

    def add(self, value: Floats, weight: Floats) -> None:
        """A part with a value (d, n) and a weight (d, n or 1)."""
        self.sums = self.sums + weight * self._scale(value)
        self.amounts = self.amounts + weight
        if self.geometric:
            self.zeros = self.zeros + weight * (value <= 0)

    def add_leaves(self, data: Filled, weights: Floats, leaves: list[int]) -> None:
        """Leaves by their columns: one matrix product."""
        values, own = data.values[:, leaves], weights[:, leaves]
        counts = None if data.counts is None else data.counts[:, leaves]
        scaled = self._scale(values)
        self.sums = self.sums + own @ (scaled if counts is None else scaled * counts).T
        self.amounts = self.amounts + (own.sum(axis=1, keepdims=True) if counts is None else own @ counts.T)
        if self.geometric:
            self.zeros = self.zeros + own @ ((values <= 0) * (1.0 if counts is None else counts)).T

    def value(self) -> Floats:
        """The mean (d, n); 0 where nothing was added."""
        out = np.zeros(np.broadcast_shapes(self.sums.shape, self.amounts.shape))
        mean = np.divide(self.sums, self.amounts, out=out, where=self.amounts > 0)
        return np.where((self.zeros > 0) | (self.amounts <= 0), 0.0, np.exp(mean)) if self.geometric else mean

    def _scale(self, value: Floats) -> Floats:
        return np.log(np.maximum(value, 1e-300)) if self.geometric else value


def topsis(data: Filled, weights: Floats) -> Floats:
    """Closeness to the best town, by the distances to the best and to the worst; a missing value counts in neither."""
    known = data.values if data.counts is None else np.where(data.counts > 0, data.values, np.nan)
    ones = np.ones_like(data.values) if data.counts is None else data.counts
    ideals = (np.fmax.reduce(known), np.fmin.reduce(known))
    away, near = (np.sqrt(weights**2 @ (ones * np.nan_to_num(known - ideal) ** 2).T) for ideal in ideals)
    closeness: Floats = np.divide(near, away + near, out=np.full(near.shape, 0.5), where=away + near > 0)
    return closeness
