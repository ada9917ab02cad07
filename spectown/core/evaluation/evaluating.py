"""A table and a scheme to boards: score, rank, interval, breakdown of each town of each peer group."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from spectown.core.evaluation import sensitivity
from spectown.core.evaluation.boards import THIN, VETOED, Board, Row
from spectown.core.evaluation.breakdown import parts_of
from spectown.core.evaluation.drawing import Ground, Interval, coins, cut, intervals
from spectown.core.evaluation.ranking import competition, rounded
from spectown.core.evaluation.scheme import Scheme
from spectown.core.evaluation.table import Bools, Floats, Table
from spectown.core.evaluation.weighting import effective

NOT_SET = frozenset({"", "0", "否", "无"})


def evaluate(table: Table, scheme: Scheme, other: Table | None = None, *, robust: bool = True) -> list[Board]:
    """All boards. `other`: the same towns with the figures of another source. Raises Unusable."""
    boards = []
    for place, (name, rows) in enumerate(_groups(table, scheme)):
        rng = np.random.Generator(np.random.PCG64([scheme.robustness.seed, place]))
        group = _Group(scheme, table.part(rows), other.part(rows) if other else None, rng)
        boards.append(group.board(name, robust))
    return boards


def _groups(table: Table, scheme: Scheme) -> Iterator[tuple[str, NDArray[np.intp]]]:
    if not scheme.group:
        yield "", np.arange(len(table.names))
        return
    labels = np.array(table.text(scheme.group))
    for name in dict.fromkeys(labels.tolist()):
        yield name or "未分组", np.flatnonzero(labels == name)


class _Group:
    """One peer group in the making: first whoever is covered enough, then those without a veto."""

    def __init__(self, scheme: Scheme, table: Table, other: Table | None, rng: np.random.Generator) -> None:
        self.scheme, self.rng = scheme, rng
        points = np.zeros(len(table.names))
        values = Ground(scheme, (table,), points, np.arange(len(points))).values(0, scheme.normalisation)
        coverage = ~np.isnan(values) @ effective(scheme.root, values)
        thick = coverage >= scheme.coverage - 1e-9
        rows = np.flatnonzero(thick)
        self.thin = [(table.names[row], float(coverage[row])) for row in np.flatnonzero(~thick)]
        self.table, self.coverage = table.part(rows), coverage[rows]
        self.points, self.ranked = adjusted(self.table, scheme), np.flatnonzero(~vetoed(self.table, scheme))
        self.ground = Ground(scheme, (self.table,), self.points, self.ranked)
        self.values = self.ground.values(0, scheme.normalisation)
        self.weights = effective(scheme.root, self.values)
        drawn = coins(self.table, other.part(rows), scheme, rng) if other else (self.table,)
        self.drawn = Ground(scheme, drawn, self.points, self.ranked)

    def board(self, name: str, robust: bool) -> Board:
        """The whole board."""
        thin = [Row(town, None, share, why=THIN) for town, share in self.thin]
        leaves = zip(self.scheme.indicators, self.weights, strict=True)
        weights = {leaf.code: float(weight) for leaf, weight in leaves}
        if not robust or not len(self.ranked):
            return Board(name, (*self._rows({}), *thin), weights)
        told = dict(zip(self.ranked.tolist(), intervals(self.drawn, self.weights, self.rng), strict=True))
        shares = sensitivity.shares(self.drawn, self.weights, self.rng)
        dropped = tuple(sensitivity.dropped(self.drawn, self.weights))
        return Board(name, (*self._rows(told), *thin), weights, shares, dropped)

    def _rows(self, told: dict[int, Interval]) -> list[Row]:
        everybody = Ground(self.scheme, (self.table,), self.points, np.arange(len(self.points)))
        digits, own = self.scheme.digits, everybody.variants[0]
        scores = [rounded(value, digits) for value in everybody.scores(own, self.weights[None, :])[0]]
        keys = [(scores[row], *self._ties(row)) for row in self.ranked.tolist()]
        ranks = dict(zip(self.ranked.tolist(), competition(keys), strict=True))
        parts = parts_of(self.scheme, self.table, everybody.filled(own), self.weights)
        rows = [
            Row(
                town, scores[place], float(self.coverage[place]), ranks.get(place), told.get(place),
                band=self.scheme.band_of(scores[place]) if place in ranks else "",
                why="" if place in ranks else VETOED,
                noise=self._noise(told.get(place)),
                points=rounded(self.points[place], digits),
                breakdown=parts[place],
            )
            for place, town in enumerate(self.table.names)
        ]  # fmt: skip
        return sorted(rows, key=lambda row: (row.rank or len(rows) + 1, -(row.score or 0)))

    def _ties(self, row: int) -> list[Decimal]:
        codes = [leaf.code for leaf in self.scheme.indicators]
        values = [self.values[row, codes.index(code)] for code in self.scheme.ties]
        return [Decimal(-1) if np.isnan(value) else rounded(value, 9) for value in values]

    def _noise(self, interval: Interval | None) -> tuple[str, ...]:
        """Cut lines that the interval crosses: places on both sides of it."""
        if interval is None:
            return ()
        towns, drawn = len(self.ranked), self.scheme.robustness
        lines = (("top", cut(drawn.top, towns)), ("bottom", towns - cut(drawn.bottom, towns)))
        return tuple(name for name, line in lines if interval.low <= line < interval.high)


def adjusted(table: Table, scheme: Scheme) -> Floats:
    """Bonus and deductions in points (n,), each item within its cap; empty = none."""
    points = np.zeros(len(table.names))
    for item in scheme.adjustments:
        points += np.clip(np.nan_to_num(table.column(item.column)) * item.points, -item.cap, item.cap)
    return points


def vetoed(table: Table, scheme: Scheme) -> Bools:
    """Which towns have a veto item set."""
    found = np.zeros(len(table.names), bool)
    for column in scheme.vetoes:
        found |= np.array([text.strip() not in NOT_SET for text in table.text(column)], bool)
    return found
