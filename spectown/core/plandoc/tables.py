"""Tables in text: cells parted by tabs or |, rows on lines, or one cell per line."""

from __future__ import annotations

import re

from spectown.core.plandoc.folding import fold
from spectown.core.plandoc.lines import Line
from spectown.core.plandoc.model import Table

_BOX = re.compile(r"[│┃║]")
_RULE = re.compile(r"[\s|:+\-─━┄┅┈┉┌┐└┘├┤┬┴┼═╔╗╚╝╠╣╦╩╬]*$")
_MOST_COLUMNS = 16


def find(source: str, lines: list[Line], skip: frozenset[int]) -> tuple[list[Table], list[list[tuple[int, int]]]]:
    """Return the tables and, for each, the source range of every row."""
    tables: list[Table] = []
    places: list[list[tuple[int, int]]] = []
    for first, last in _regions(source, lines, skip):
        rows, ranges = _rows(source, lines[first : last + 1])
        if len(rows) < 2 or max(len(row) for row in rows) < 2:
            continue
        title = lines[first - 1].text if first and len(lines[first - 1].text) <= 60 else ""
        tables.append(Table(title, tuple(rows), lines[first].start, lines[last].end))
        places.append(ranges)
    return tables, places


def _regions(source: str, lines: list[Line], skip: frozenset[int]) -> list[tuple[int, int]]:
    """Return (first, last) indices of runs of lines that show cell separators."""
    found: list[tuple[int, int]] = []
    first = -1
    for i, line in enumerate([*lines, None]):
        if line is not None and i not in skip and _is_row(source, line):
            first = i if first < 0 else first
        elif first >= 0:
            if i - first >= 2:
                found.append((first, i - 1))
            first = -1
    return found


def _is_row(source: str, line: Line) -> bool:
    raw = source[line.start : line.end]
    return "|" in line.text or bool(_BOX.search(raw)) or "\t" in raw.strip("\t ")


def _rows(source: str, lines: list[Line]) -> tuple[list[tuple[str, ...]], list[tuple[int, int]]]:
    per_line = [_cells(_raw(source, line)) for line in lines]
    full = [cells for cells in per_line if len([c for c in cells if c]) >= 2]
    if len(full) * 2 >= len([cells for cells in per_line if any(cells)]):
        rows = [
            (tuple(cells), (line.start, line.end)) for cells, line in zip(per_line, lines, strict=True) if any(cells)
        ]
        return [row for row, _ in rows], [place for _, place in rows]
    return _one_cell_per_line(lines, per_line)


def _raw(source: str, line: Line) -> str:
    """Return the line with the tabs before it, which are empty cells."""
    start = source.rfind("\n", 0, line.start) + 1
    head = source[start : line.start]
    return (
        ("\t" * head.count("\t")) + source[line.start : line.end]
        if "\t" in source[line.start : line.end]
        else source[line.start : line.end]
    )


def _cells(raw: str) -> list[str]:
    text = _BOX.sub("|", raw).replace("\uff5c", "|")
    if _RULE.fullmatch(text):
        return []
    if "|" in text:
        inner = text.strip(" ")
        inner = inner[1:] if inner.startswith("|") else inner
        inner = inner[:-1] if inner.endswith("|") else inner
        return [" ".join(cell.split()) for cell in inner.split("|")]
    return [" ".join(cell.split()) for cell in text.split("\t")]


def _one_cell_per_line(
    lines: list[Line], per_line: list[list[str]]
) -> tuple[list[tuple[str, ...]], list[tuple[int, int]]]:
    """Return rows of a table written one cell a line; the width is where a first column counts 1, 2, 3."""
    cells = [(cell, line) for line, found in zip(lines, per_line, strict=True) for cell in (found or [""])]
    if [line.text for line in lines].count("|") * 3 >= len(lines):
        cells = [(cell, line) for cell, line in cells if cell]
    width = _width([cell for cell, _ in cells])
    rows: list[tuple[str, ...]] = []
    ranges: list[tuple[int, int]] = []
    for i in range(0, len(cells), width):
        row = cells[i : i + width]
        rows.append(tuple(cell for cell, _ in row))
        ranges.append((row[0][1].start, row[-1][1].end))
    return rows, ranges


def _width(cells: list[str]) -> int:
    best, width = 1, max(2, len(cells))
    for candidate in range(2, min(_MOST_COLUMNS, len(cells) // 2) + 1):
        run = 0
        for cell in cells[candidate::candidate]:
            if fold(cell).strip(" .、") != str(run + 1):
                break
            run += 1
        if run > best:
            best, width = run, candidate
    return width
