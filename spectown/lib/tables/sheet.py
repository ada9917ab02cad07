"""Writes one table as an .xlsx that prints on one page's width; no text becomes a formula or a link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from math import ceil

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from spectown.lib.excel.escape import safe_text

Cell = str | int | Decimal | None
LINE_PT, MOST_LINES = 16, 25  # Excel has rows up to 409 points
PAPER = {"A3": 8, "A4": 9}


@dataclass(frozen=True, slots=True)
class Table:
    """One table. `widths` in characters, one per column; `foot` is the row of totals; `centred` from this column on."""

    name: str
    title: str
    notes: Sequence[str]
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    foot: Sequence[Cell]
    widths: Sequence[int]
    centred: int = 1
    paper: str = "A3"


def workbook(*tables: Table) -> bytes:
    """The tables as the content of an .xlsx file, one sheet each."""
    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        for table in tables:
            _Writer(book, table).write()
    return buffer.getvalue()


def _lines(cells: Sequence[Cell], widths: Sequence[int]) -> int:
    """How many lines the fullest cell of a row takes: a Chinese character is as wide as two letters."""
    most = 1
    for cell, width in zip(cells, widths, strict=True):
        parts = str("" if cell is None else cell).split("\n")
        most = max(most, sum(ceil(sum(1 + (c > "\u2e7f") for c in part) / (width - 2)) or 1 for part in parts))
    return min(most, MOST_LINES)


class _Writer:
    """Row by row."""

    def __init__(self, book: xlsxwriter.Workbook, table: Table) -> None:
        self.table = table
        self.sheet: Worksheet = book.add_worksheet(table.name[:31])
        plain = {"font_name": "宋体", "font_size": 11, "valign": "vcenter", "text_wrap": True}
        boxed = {**plain, "border": 1}
        self.title = book.add_format({**plain, "font_size": 16, "bold": True, "align": "center"})
        self.note = book.add_format({**plain, "font_size": 10, "text_wrap": False})
        self.head = book.add_format({**boxed, "bold": True, "align": "center", "bg_color": "#E9EEF5"})
        self.text = book.add_format(boxed)
        self.centre = book.add_format({**boxed, "align": "center"})
        self.total = book.add_format({**boxed, "bold": True, "align": "center", "bg_color": "#F3F5F8"})

    def write(self) -> None:
        """Title over all columns, notes, heading, rows, totals, page set-up."""
        table, last = self.table, len(self.table.head) - 1
        for column, width in enumerate(table.widths):
            self.sheet.set_column(column, column, width)
        self.sheet.merge_range(0, 0, 0, last, safe_text(table.title), self.title)
        self.sheet.set_row(0, 30)
        for row, note in enumerate(table.notes, start=1):
            self.sheet.write_string(row, 0, safe_text(note), self.note)
        heading = len(table.notes) + 1
        self._line(heading, table.head, self.head, self.head)
        self.sheet.set_row(heading, 64)
        for row, cells in enumerate(table.rows, start=heading + 1):
            self._line(row, cells, self.text, self.centre)
            self.sheet.set_row(row, LINE_PT * _lines(cells, table.widths))
        if table.foot:
            self._line(heading + 1 + len(table.rows), table.foot, self.total, self.total)
        self._page(heading)

    def _line(self, row: int, cells: Sequence[Cell], left: Format, rest: Format) -> None:
        for column, value in enumerate(cells):
            style = left if column < self.table.centred else rest
            if isinstance(value, int | Decimal):
                self.sheet.write_number(row, column, float(value), style)
            elif value:
                self.sheet.write_string(row, column, safe_text(value), style)
            else:
                self.sheet.write_blank(row, column, None, style)

    def _page(self, heading: int) -> None:
        self.sheet.freeze_panes(heading + 1, 1)
        self.sheet.repeat_rows(heading)
        self.sheet.set_landscape()
        self.sheet.set_paper(PAPER[self.table.paper])
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        self.sheet.set_footer("&C第 &P 页,共 &N 页")
