"""The meeting's tables as a workbook: one sheet a table, its source above it."""

from __future__ import annotations

from spectown.lib.bundles.tables import Meeting, Section, shown
from spectown.lib.tables.sheet import Cell, Table, workbook


def book(meeting: Meeting) -> bytes:
    """The content of the .xlsx."""
    return workbook(*(_sheet(meeting, section) for section in meeting.sections))


def _sheet(meeting: Meeting, section: Section) -> Table:
    rows: list[list[Cell]] = [[shown(cell) if cell is None else cell for cell in row] for row in section.rows]
    return Table(
        name=section.name,
        title=f"{meeting.title}:{section.name}",
        notes=[section.summary, str(section.source)],
        head=section.head,
        rows=rows or [[section.empty, *[""] * (len(section.head) - 1)]],
        foot=(),
        widths=section.widths,
        centred=len(section.head),
        paper="A3",
    )
