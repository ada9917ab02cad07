"""The improvement path (改进路径): the fewest changes that lift a town, each no larger than others really managed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

import numpy as np

from spectown.core.evaluation.boards import Row
from spectown.core.evaluation.scheme import Indicator, Scheme
from spectown.core.evaluation.table import Floats, Table
from spectown.core.evaluation.year import scores_of
from spectown.core.evaluation.yearscheme import PREVIOUS

CONSIDERED = 6  # indicators that promise most, of which combinations are tried
MOST = 3  # changes at once
HALVINGS = 5


@dataclass(frozen=True, slots=True)
class Change:
    """One indicator from a figure to another."""

    code: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Path:
    """Changes and what comes of them; `rank_before`, `band_before`: as it stands."""

    changes: tuple[Change, ...]
    score: Decimal
    rank: int
    band: str
    score_before: Decimal
    rank_before: int
    band_before: str


def path_of(town: str, table: Table, scheme: Scheme, decimals: Mapping[str, int]) -> Path | None:
    """The path of a town; None where it is not ranked, or nothing within reach lifts it."""
    now = scores_of(table, scheme)[town]
    if now.rank is None or now.score is None:
        return None
    steps = list(_steps(table.names.index(town), table, scheme, decimals))
    alone = {step: _after(town, table, scheme, (step,)) for step in steps}
    best = sorted((s for s in steps if _points(alone[s]) > now.score), key=lambda s: -_points(alone[s]))[:CONSIDERED]
    for size in range(1, MOST + 1):
        tried = {chosen: _after(town, table, scheme, chosen) for chosen in combinations(best, size)}
        reached = [chosen for chosen, row in tried.items() if _lifts(row, now)]
        if reached:
            changes = _smaller(town, table, scheme, decimals, max(reached, key=lambda c: _points(tried[c])), now)
            return _path(changes, _after(town, table, scheme, changes), now)
    return None


def _points(row: Row) -> Decimal:
    return row.score or Decimal(0)


def _lifts(row: Row, now: Row) -> bool:
    """A better rank or grade, with a score that is told as a higher one: no tie-break alone."""
    better = row.rank is not None and now.rank is not None and row.rank < now.rank
    return (better or row.band != now.band) and _points(row) > _points(now)


def _steps(place: int, table: Table, scheme: Scheme, decimals: Mapping[str, int]) -> Iterator[Change]:
    """For each indicator the furthest it can be thought to go in a year."""
    for leaf in scheme.indicators:
        reach = _reach(place, table, leaf)
        before = float(table.figures[leaf.code][place])
        if np.isnan(before) or reach <= 0:
            continue
        after = _rounded(before, -reach if leaf.reversed else reach, decimals.get(leaf.code, 2))
        if after != before:
            yield Change(leaf.code, before, after)


def _reach(place: int, table: Table, leaf: Indicator) -> float:
    """The largest step that another town made in the year, absolute and in proportion, to no better than the best."""
    sign = -1.0 if leaf.reversed else 1.0
    now, last = sign * table.figures[leaf.code], sign * table.figures[f"{leaf.code}{PREVIOUS}"]
    others = np.arange(len(now)) != place
    moves = (now - last)[others]
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = moves / np.abs(last[others])
    bounds = [_largest(moves), _largest(now[others]) - now[place]]
    if now[place] and np.isfinite(shares).any():
        bounds.append(_largest(shares) * abs(now[place]))
    return float(min(bounds))


def _largest(values: Floats) -> float:
    known = values[np.isfinite(values)]
    return float(known.max()) if known.size else 0.0


def _rounded(before: float, step: float, decimals: int) -> float:
    """The figure after a step, in the places in which it is told, never beyond the step; as it was where none fits."""
    scale = 10.0**decimals
    end = (before + step) * scale
    after = round(float(np.floor(end + 1e-9) if step > 0 else np.ceil(end - 1e-9)) / scale, decimals)
    return after if (after - before) * step > 0 else before


def _after(town: str, table: Table, scheme: Scheme, changes: Sequence[Change]) -> Row:
    place, figures = table.names.index(town), dict(table.figures)
    for change in changes:
        column = figures[change.code].copy()
        column[place] = change.after
        figures[change.code] = column
    return scores_of(Table(table.names, figures, table.words), scheme)[town]


def _smaller(
    town: str, table: Table, scheme: Scheme, decimals: Mapping[str, int], changes: tuple[Change, ...], now: Row
) -> tuple[Change, ...]:
    """The same changes, all shortened alike as long as they lift the town."""
    low, high, found = 0.0, 1.0, tuple(changes)
    for _turn in range(HALVINGS):
        middle = (low + high) / 2
        tried = tuple(
            Change(c.code, c.before, _rounded(c.before, middle * (c.after - c.before), decimals.get(c.code, 2)))
            for c in changes
        )
        if all(c.after != c.before for c in tried) and _lifts(_after(town, table, scheme, tried), now):
            high, found = middle, tried
        else:
            low = middle
    return found


def _path(changes: tuple[Change, ...], row: Row, now: Row) -> Path:
    return Path(changes, _points(row), row.rank or 0, row.band, _points(now), now.rank or 0, now.band)
