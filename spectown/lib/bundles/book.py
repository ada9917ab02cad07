"""The meeting's tables as a workbook: one sheet a table, its source above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spectown.lib.bundles.tables import Meeting, Section, shown
from spectown.lib.tables.sheet import Cell, Table, workbook


def book(meeting: Meeting) -> bytes:
    """The content of the .xlsx."""
    return workbook(*(_sheet(meeting, section) for section in [*meeting.sections, *_towns(meeting)]))


def _towns(meeting: Meeting) -> list[Section]:
    """The pages of towns as one sheet a table, the town in the first column, so that they can be compared."""
    columns = zip(*(page.sections for page in meeting.towns), strict=True)
    return [_joined([page.name for page in meeting.towns], parts) for parts in columns]


def _joined(names: Sequence[str], parts: Sequence[Section]) -> Section:
    first = parts[0]
    rows = [(name, *row) for name, part in zip(names, parts, strict=True) for row in part.rows]
    source = replace(first.source, path=f"{first.source.path} 等,见各行")
    said = f"{len(names)}个专业镇的{first.name},共{len(rows)}行。"
    return Section(f"各镇{first.name}", ("专业镇", *first.head), rows, source, said, (24, *first.widths), first.empty)


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
