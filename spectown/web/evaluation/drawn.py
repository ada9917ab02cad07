"""Geometry of the drawings: intervals of ranks, ranks over the years. Attributes of SVG, no styles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

WIDTH, ROW, TOP = 460, 24, 26
LEFT, RIGHT = 34, 216  # room for the first rank, and for rank, name and move
FAR = 3  # places from which on a rise or fall stands out


@dataclass(frozen=True, slots=True)
class Strip:
    """One interval on a line from the first to the last place, 0…100: begin, width, mark."""

    begin: float
    width: float
    mark: float


def strip(low: int | None, high: int | None, rank: int | None, towns: int) -> Strip | None:
    """The interval of a town among so many; None without one."""
    if low is None or high is None or rank is None or not towns:
        return None
    step = 100 / towns
    return Strip(round((low - 1) * step, 2), round((high - low + 1) * step, 2), round((rank - 0.5) * step, 2))


@dataclass(frozen=True, slots=True)
class Slope:
    """One town over the years: points of its lines, one each for years under the same scheme, its dots, its last rank.

    `move`: ↑ or ↓ and the places since the year before, 新 without a rank then; `way`: up or down where it is far.
    """

    name: str
    lines: tuple[str, ...]
    dots: tuple[tuple[float, float, int, bool], ...]
    rank: int
    move: str
    way: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The slope chart: its size, the years with their x, the lines."""

    width: int
    height: int
    years: tuple[tuple[int, float], ...]
    lines: tuple[Slope, ...]


class Placed(Protocol):
    """A rank by a scheme."""

    @property
    def rank(self) -> int:
        """From 1 on."""

    @property
    def code(self) -> str:
        """Of the scheme."""

    @property
    def other(self) -> bool:
        """True where that is not the scheme of the page."""


def slopes(ranks: Mapping[str, Mapping[int, Placed]], years: Sequence[int]) -> Chart:
    """Ranks by town and year as lines; a town that is not ranked in a year has no point there, and no line joins ranks
    of two schemes."""
    most = max((place.rank for found in ranks.values() for place in found.values()), default=1)
    step = (WIDTH - LEFT - RIGHT) / max(1, len(years) - 1)
    at = {year: LEFT + step * n for n, year in enumerate(years)}
    lines = tuple(_slope(name, found, at) for name, found in ranks.items() if found)
    return Chart(WIDTH, TOP + ROW * (most + 1), tuple((year, round(x, 1)) for year, x in at.items()), lines)


def _slope(name: str, found: Mapping[int, Placed], at: Mapping[int, float]) -> Slope:
    own = [(round(x, 1), found[year]) for year, x in at.items() if year in found]
    dots = tuple((x, float(TOP + ROW * place.rank - 4), place.rank, place.other) for x, place in own)
    runs = groupby(zip(own, dots, strict=True), key=lambda pair: pair[0][1].code)
    joined = tuple(" ".join(f"{x},{y}" for _, (x, y, *_) in run) for _, run in runs)
    last, *earlier = reversed(list(at))
    now, before = found.get(last), found.get(earlier[0]) if earlier else None
    gain = before.rank - now.rank if now and before and now.code == before.code else 0
    move = "新" if now and earlier and not before else moved(gain)
    way = "" if abs(gain) < FAR else "up" if gain > 0 else "down"
    return Slope(name, joined, dots, dots[-1][2], move, way)


def moved(gain: int) -> str:
    """↑ or ↓ with the places gained or lost: the colour never says it alone. Empty where there is no move."""
    return f"{'↑' if gain > 0 else '↓'}{abs(gain)}" if gain else ""
