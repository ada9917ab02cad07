"""The grid of a table whose cells may span columns and rows: where each cell stands, and what does not fit."""

from collections.abc import Iterator
from dataclasses import dataclass

from spectown.core.officialdoc.blocks import Align, Cell, Table

Row = tuple[str | Cell, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A cell and its first row and column."""

    row: int
    column: int
    cell: Cell


def as_cell(value: str | Cell) -> Cell:
    """Plain text as a cell."""
    return value if isinstance(value, Cell) else Cell(value)


def align_of(table: Table, place: Place) -> Align:
    """The cell's own alignment, else its column's, else centred."""
    if place.cell.align:
        return place.cell.align
    return table.aligns[place.column] if place.column < len(table.aligns) else Align.CENTER


def places(rows: tuple[Row, ...]) -> Iterator[Place]:
    """Cells in reading order; places covered by a cell above or to the left are passed over."""
    covered: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        column = 0
        for cell in map(as_cell, row):
            while (number, column) in covered:
                column += 1
            yield Place(number, column, cell)
            if cell.rows > 1 or cell.columns > 1:
                covered |= {(number + r, column + c) for r in range(cell.rows) for c in range(cell.columns)}
            column += cell.columns


def faulty_row(rows: tuple[Row, ...], columns: int) -> int | None:
    """The first row whose cells do not fill the columns exactly once, counted from 1; None where all do."""
    taken = [[0] * columns for _ in rows]
    for place in places(rows):
        cell = place.cell
        if place.column + cell.columns > columns or place.row + cell.rows > len(rows):
            return place.row + 1
        for row in taken[place.row : place.row + cell.rows]:
            for column in range(place.column, place.column + cell.columns):
                row[column] += 1
    return next((n for n, row in enumerate(taken, 1) if row != [1] * columns), None)
