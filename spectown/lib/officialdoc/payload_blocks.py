"""Blocks as the data that official.typ lays out."""

from typing import Any

from spectown.core.officialdoc import wording
from spectown.core.officialdoc.blocks import Align, Block, Figure, Gap, Heading, Labelled, Paragraph, Table, Text
from spectown.core.officialdoc.geometry import Face
from spectown.core.officialdoc.grid import Place, align_of, places
from spectown.core.officialdoc.texts import heading_runs, runs

Data = dict[str, Any]
KEPT_ROWS, KEPT_LETTERS = 2, 80  # longer cells may be parted by the end of a page


def _runs(text: Text, face: Face) -> list[tuple[str, str]]:
    return [(content, own.value) for content, own in runs(text, face)]


def block_data(block: Block) -> Data:
    """One block; `kind` says which."""
    match block:
        case Paragraph():
            return _paragraph(_runs(block.text, block.face), block.face, block.indent, block.align, block.size_pt)
        case Heading():
            stretches = [(content, own.value) for content, own in heading_runs(block)]
            return {**_paragraph(stretches, Face.FANGSONG, True, Align.JUSTIFY, None), "sticky": not block.lead}
        case Labelled():
            return {"kind": "labelled", "label": wording.label(block), "text": block.text}
        case Gap():
            return {"kind": "gap", "lines": block.lines}
        case Table():
            return _table(block)
        case Figure():
            return _figure(block)


def _paragraph(stretches: list[tuple[str, str]], face: Face, indent: bool, align: Align, size: float | None) -> Data:
    return {
        "kind": "paragraph", "runs": stretches, "face": face.value, "indent": indent, "align": align.value,
        "size": size,
    }  # fmt: skip


def _table(table: Table) -> Data:
    return {
        "kind": "table", "widths": table.widths, "caption": table.caption, "unit": table.unit, "size": table.size_pt,
        "row": table.row_mm,
        "head": [_cell(table, place, Face.HEITI) for place in places(table.head)],
        "tail": _tail(table),
        "cells": [_cell(table, place, Face.FANGSONG) for place in places(table.rows)],
    }  # fmt: skip


def _tail(table: Table) -> int:
    """How many cells the last rows have that stay together with what follows; 0 where the rows cannot be parted."""
    start = len(table.rows) - KEPT_ROWS
    placed = list(places(table.rows))
    crossing = any(place.row < start < place.row + place.cell.rows for place in placed)
    last = [place.cell for place in placed if place.row >= start]
    long = any(len("".join(text for text, _ in runs(cell.text, Face.FANGSONG))) > KEPT_LETTERS for cell in last)
    return 0 if start <= 0 or crossing or long else len(last)


def _cell(table: Table, place: Place, face: Face) -> Data:
    align = align_of(table, place) if face is Face.FANGSONG else place.cell.align or Align.CENTER
    cell = place.cell
    return {"runs": _runs(cell.text, face), "columns": cell.columns, "rows": cell.rows, "align": align.value}


def _figure(figure: Figure) -> Data:
    image = figure.image.decode() if figure.format == "svg" else list(figure.image)
    return {
        "kind": "figure", "image": image, "format": figure.format, "alt": figure.alt, "width": figure.width_mm,
        "caption": figure.caption,
    }  # fmt: skip
