"""The schematic of counties and zones (示意图): a grid from the plan folder, no map and no boundary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from spectown.organisations.models import Territory


@dataclass(frozen=True, slots=True)
class Cell:
    """One territory with the number of its published towns."""

    territory: Territory
    towns: int


def schematic(territories: Iterable[Territory], towns: Mapping[int, int]) -> list[list[Cell | None]]:
    """Rows of cells (None: empty place). `towns`: number by primary key of the territory."""
    placed = {(t.grid_row, t.grid_column): Cell(t, towns.get(t.pk, 0)) for t in territories if t.grid_row}
    if not placed:
        return []
    rows, columns = ({place[i] for place in placed} for i in (0, 1))
    return [
        [placed.get((row, column)) for column in range(min(columns), max(columns) + 1)]
        for row in range(min(rows), max(rows) + 1)
    ]
