"""Blocks of a kind with their facts become blocks of the document tree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from spectown.core.documentkinds import model
from spectown.core.documentkinds.cells import columns
from spectown.core.documentkinds.charts import Bar, bars
from spectown.core.documentkinds.figures import figure
from spectown.core.documentkinds.language import Facts, LanguageFault, fill, holds
from spectown.core.officialdoc import blocks as tree
from spectown.core.officialdoc.geometry import Face
from spectown.core.officialdoc.wording import full_width

TITLE_PT = 22.0


def filled(parts: Sequence[model.Block], facts: Facts) -> Iterator[tree.Block]:
    """The blocks with their facts, headings not yet numbered. Raises LanguageFault."""
    for part in parts:
        yield from _block(part, facts)


def _block(part: model.Block, facts: Facts) -> Iterator[tree.Block]:
    if part.each:
        for number, item in enumerate(_rows(part.each, facts), 1):
            yield from filled(part.do, {**facts, "item": item, "number": number})
    elif part.when:
        yield from filled(part.do if holds(part.when, facts) else part.other, facts)
    elif part.do:
        yield from filled(part.do, facts)
    else:
        yield from _single(part, facts)


def _single(part: model.Block, facts: Facts) -> Iterator[tree.Block]:
    if part.table:
        yield _table(part.table, facts)
    elif part.grid:
        yield _grid(part.grid, facts)
    elif part.chart:
        yield _chart(part.chart, facts)
    elif part.gap:
        yield tree.Gap(part.gap)
    elif part.heading:
        yield tree.Heading(part.heading, fill(part.text, facts), lead=fill(part.lead, facts))
    elif part.labelled:
        yield tree.Labelled(fill(part.labelled, facts), fill(part.text, facts))
    else:
        yield from _paragraphs(part, facts)


def _paragraphs(part: model.Block, facts: Facts) -> Iterator[tree.Paragraph]:
    for line in fill(part.text, facts).split("\n"):
        if line.strip():
            face, size = (Face.XIAOBIAOSONG, TITLE_PT) if part.big else (Face.FANGSONG, None)
            align = part.align or tree.Align.JUSTIFY
            yield tree.Paragraph(line.strip(), part.indent, align, face, part.size or size)


def _rows(name: str, facts: Facts) -> Sequence[Any]:
    if name not in facts:
        raise LanguageFault(f"没有名为“{name}”的要素。")
    return facts[name] or ()


def _table(table: model.Table, facts: Facts) -> tree.Table:
    if table.across:
        return _table_of_cells(table, facts)
    rows = [
        tuple(fill(column.text, {**facts, "row": row, "number": number}) for column in table.columns)
        for number, row in enumerate(_rows(table.rows, facts), 1)
    ]
    if table.total:
        rows.append(tuple(fill(text, facts) for text in table.total))
    return tree.Table(
        widths=tuple(column.width for column in table.columns),
        head=(tuple(column.label for column in table.columns),),
        rows=tuple(rows),
        aligns=tuple(column.align for column in table.columns),
        caption=fill(table.caption, facts),
        unit=fill(table.unit, facts),
        size_pt=table.size_pt,
        row_mm=table.row_mm,
    )


def _table_of_cells(table: model.Table, facts: Facts) -> tree.Table:
    """Headings and cells are facts."""
    head = tuple(_rows(table.across, facts))
    rows = tuple(tuple(full_width(cell or "") for cell in row) for row in _rows(table.rows, facts))
    widths, aligns = columns(head, rows)
    return tree.Table(
        widths=widths,
        head=(head,),
        rows=rows,
        aligns=aligns,
        caption=fill(table.caption, facts),
        unit=fill(table.unit, facts),
    )


def _grid(grid: model.Grid, facts: Facts) -> tree.Table:
    rows = (row for part in grid.rows for row in _grid_rows(part, facts))
    return tree.Table(grid.widths, (), tuple(rows), size_pt=grid.size_pt, row_mm=grid.row_mm)


def _grid_rows(part: model.Repeated | tuple[model.Cell, ...], facts: Facts) -> Iterator[tuple[tree.Cell, ...]]:
    if isinstance(part, model.Repeated):
        for number, row in enumerate(_rows(part.each, facts), 1):
            yield from _grid_rows(part.cells, {**facts, "row": row, "number": number})
    else:
        yield tuple(tree.Cell(fill(cell.text, facts), cell.columns, cell.rows, cell.align) for cell in part)


def _chart(chart: model.Chart, facts: Facts) -> tree.Figure:
    found = []
    for row in _rows(chart.rows, facts):
        value, low, high = (row.get(name) if name else None for name in (chart.value, chart.low, chart.high))
        found.append(Bar(str(row[chart.label]), *(figure(each) for each in (value, low, high))))
    line = facts.get(chart.line) if chart.line else None
    image = bars(found, chart.unit, Decimal(line) if line is not None else None, chart.absent)
    caption = fill(chart.caption, facts)
    return tree.Figure(image.encode(), "svg", caption, caption=caption)
