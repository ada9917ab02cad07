"""A table as a PNG of 1080 px, to be pasted into a chat and read on a phone."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from spectown.core.officialdoc.geometry import Face
from spectown.lib.officialdoc.fonts import installed
from spectown.lib.officialdoc.pdf import compiled_png
from spectown.lib.tables.sheet import Cell, Table

TEMPLATE = Path(__file__).with_name("picture.typ")
ROOM = 68  # letters beside each other; a Chinese character is as wide as two
MOST_ROWS = 200


def picture(table: Table) -> bytes:
    """Content of the .png; of a table with more rows than can be read the first ones, which it says."""
    fonts = installed()
    notes = list(table.notes)
    if len(table.rows) > MOST_ROWS:
        notes.append(f"只画前 {MOST_ROWS} 行,共 {len(table.rows)} 行;全部见 Excel。")
    parts = [_part(table, columns) for columns in _columns(table.widths)]
    families = list(dict.fromkeys([*fonts.families(Face.HEITI), *fonts.families(Face.SONGTI)]))
    data = {"title": table.title, "notes": notes, "parts": parts, "fonts": families}
    return compiled_png(TEMPLATE, {"data": json.dumps(data, ensure_ascii=False)}, 144.0)


def _columns(widths: Sequence[int]) -> Iterator[list[int]]:
    """Columns side by side in each part; the first stands in all of them."""
    part, room = [0], ROOM - widths[0]
    for column, width in enumerate(widths[1:], start=1):
        if width > room and len(part) > 1:
            yield part
            part, room = [0], ROOM - widths[0]
        part.append(column)
        room -= width
    yield part


def _part(table: Table, columns: Sequence[int]) -> dict[str, Any]:
    rows = [[_cell(row[column]) for column in columns] for row in table.rows[:MOST_ROWS]]
    if table.foot:
        rows.append([_cell(table.foot[column], strong=True) for column in columns])
    return {
        "widths": [table.widths[column] for column in columns],
        "head": [table.head[column] for column in columns],
        "rows": rows,
        "foot": len(rows) if table.foot else -1,
    }


def _cell(value: Cell, *, strong: bool = False) -> dict[str, Any]:
    """Figures, and texts that begin with one (1,234.5 ✓), stand at the right."""
    text = f"{value:,}" if isinstance(value, int | Decimal) else value or ""
    begins = text.lstrip("+-")[:1]
    return {"text": text, "number": begins.isdigit(), "strong": strong}
