"""Geometry of the drawings: intervals of ranks, ranks over the years. Attributes of SVG, no styles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
    """One town over the years: points of its line, place of its name, whether it is named on the right."""

    name: str
    points: str
    dots: tuple[tuple[float, float, int], ...]
    y: float
    rank: int


@dataclass(frozen=True, slots=True)
class Chart:
    """The slope chart: its size, the years with their x, the lines."""

    width: int
    height: int
    years: tuple[tuple[int, float], ...]
    lines: tuple[Slope, ...]


def slopes(ranks: Mapping[str, Mapping[int, int]], years: Sequence[int]) -> Chart:
    """Ranks by town and year as lines; a town that is not ranked in a year has no point there."""
    most = max((rank for found in ranks.values() for rank in found.values()), default=1)
    step = (WIDTH - 2 * SIDE) / max(1, len(years) - 1)
    at = {year: SIDE + (step * n if len(years) > 1 else (WIDTH - 2 * SIDE) / 2) for n, year in enumerate(years)}
    lines = []
    for name, found in ranks.items():
        dots = tuple((round(at[year], 1), TOP + ROW * found[year] - 4, found[year]) for year in years if year in found)
        if dots:
            points = " ".join(f"{x},{y}" for x, y, _ in dots)
            lines.append(Slope(name, points, dots, dots[-1][1], dots[-1][2]))
    return Chart(WIDTH, TOP + ROW * (most + 1), tuple((year, round(at[year], 1)) for year in years), tuple(lines))
