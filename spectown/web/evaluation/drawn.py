"""Geometry of the drawings: intervals of ranks, ranks over the years. Attributes of SVG, no styles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

WIDTH, ROW, SIDE, TOP = 640, 26, 150, 26


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
    """One town over the years: points of its lines, one each for years under the same scheme, place of its name."""

    name: str
    lines: tuple[str, ...]
    dots: tuple[tuple[float, float, int, bool], ...]
    y: float
    rank: int


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
    step = (WIDTH - 2 * SIDE) / max(1, len(years) - 1)
    at = {year: SIDE + (step * n if len(years) > 1 else (WIDTH - 2 * SIDE) / 2) for n, year in enumerate(years)}
    lines = []
    for name, found in ranks.items():
        own = [(round(at[year], 1), found[year]) for year in years if year in found]
        dots = tuple((x, TOP + ROW * place.rank - 4, place.rank, place.other) for x, place in own)
        if dots:
            runs = groupby(zip(own, dots, strict=True), key=lambda pair: pair[0][1].code)
            joined = tuple(" ".join(f"{x},{y}" for _, (x, y, *_) in run) for _, run in runs)
            lines.append(Slope(name, joined, dots, dots[-1][1], dots[-1][2]))
    return Chart(WIDTH, TOP + ROW * (most + 1), tuple((year, round(at[year], 1)) for year in years), tuple(lines))
