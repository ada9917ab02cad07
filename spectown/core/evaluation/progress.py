"""The progress board (进步榜): this year against last year, both on last year's goalposts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from spectown.core.evaluation.drawing import HIGH, LOW, Interval, cut, dirichlet
from spectown.core.evaluation.ranking import competition, places_of, rounded
from spectown.core.evaluation.scheme import Scheme
from spectown.core.evaluation.table import Bools, Floats, Table
from spectown.core.evaluation.yearscheme import PREVIOUS

MOST = 1.0  # one indicator counts at most as a way from last year's worst to its best
STREAM = 7919  # of the generator: other numbers than those of the level board


@dataclass(frozen=True, slots=True)
class Progress:
    """One town: points gained (None: too little to compare), rank, interval; what each indicator gave."""

    name: str
    gain: Decimal | None
    coverage: float
    rank: int | None = None
    interval: Interval | None = None
    parts: tuple[tuple[str, float], ...] = ()


def progress(table: Table, scheme: Scheme, weights: Floats, ranked: Bools, top: float) -> list[Progress]:
    """All towns, the best first. `weights`: effective ones (m,); `ranked`: who is not under a veto; `top`: the line."""
    moves = _moves(table, scheme)
    known = ~np.isnan(moves)
    coverage = known @ weights
    rows = np.flatnonzero(ranked & (coverage >= scheme.coverage - 1e-9))
    gains = 100 * _means(moves, weights[None, :])[0]
    told = [rounded(gains[row], scheme.digits) for row in rows]
    ranks = competition([(gain,) for gain in told])
    intervals = _intervals(moves[rows], weights, scheme, top) if len(rows) else []
    parts = [_parts(scheme, *each, weights) for each in zip(moves, coverage, strict=True)]
    found = [Progress(name, None, float(coverage[n]), parts=parts[n]) for n, name in enumerate(table.names)]
    for row, gain, rank, interval in zip(rows.tolist(), told, ranks, intervals, strict=True):
        found[row] = Progress(table.names[row], gain, float(coverage[row]), rank, interval, parts[row])
    return sorted(found, key=lambda each: (each.rank or len(found) + 1, each.name))


def _parts(scheme: Scheme, moves: Floats, coverage: float, weights: Floats) -> tuple[tuple[str, float], ...]:
    shares = 100 * np.nan_to_num(moves) * weights / (coverage or 1)
    leaves = zip(scheme.indicators, shares.tolist(), strict=True)
    return tuple((leaf.code, share) for leaf, share in leaves if share)


def _moves(table: Table, scheme: Scheme) -> Floats:
    """How far each indicator went (n, m) between last year's worst and best; NaN where one of the years lacks."""
    columns = []
    for leaf in scheme.indicators:
        now, last = table.column(leaf.code), table.column(f"{leaf.code}{PREVIOUS}")
        known = last[~np.isnan(last)]
        width = np.ptp(known) if known.size else 0.0
        move = (last - now if leaf.reversed else now - last) / width if width else np.full(len(now), np.nan)
        columns.append(np.clip(move, -MOST, MOST))
    return np.stack(columns, axis=1)


def _means(moves: Floats, weights: Floats) -> Floats:
    """Weighted means over what is known (d, n); 0 where nothing is."""
    known = (~np.isnan(moves)).astype(float)
    sums, amounts = weights @ np.nan_to_num(moves).T, weights @ known.T
    found: Floats = np.divide(sums, amounts, out=np.zeros_like(sums), where=amounts > 0)
    return found


def _intervals(moves: Floats, weights: Floats, scheme: Scheme, top: float) -> list[Interval]:
    drawn = scheme.robustness
    rng = np.random.Generator(np.random.PCG64([drawn.seed, STREAM]))
    ranks = places_of(_means(moves, dirichlet(weights, drawn.weights, drawn.draws, rng)).round(12))
    low, high = np.quantile(ranks, [LOW, HIGH], axis=0, method="inverted_cdf").astype(int)
    line = cut(top, len(moves))
    tops = (ranks <= line).mean(axis=0)
    rows = zip(low.tolist(), high.tolist(), tops.tolist(), strict=True)
    return [Interval(first, last, share, 0.0) for first, last, share in rows]
