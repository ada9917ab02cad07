"""Look of a sheet: title, meta line, headings with notes, widths, frozen panes, protection, filter and print."""

import math
from typing import Any

from spectown.lib.excel.bulk.lists import Lists
from spectown.lib.excel.bulk.rules import rule_of
from spectown.lib.excel.bulk.sheet import NUMBERS, BulkColumn, BulkSheet
from spectown.lib.excel.escape import safe_text

GUIDE = "填写说明"
FAULT_FILL, LOCKED_FILL, HEAD_FILL, TOTAL_FILL = "#FFC7CE", "#F2F2F2", "#E9EEF5", "#F3F5F8"
ROLES: dict[str, dict[str, Any]] = {
    "body": {},
    "fault": {"bg_color": FAULT_FILL, "locked": False},
    "spare": {"locked": False},
    "total": {"bold": True, "bg_color": TOTAL_FILL},
}
PAPER = {"A3": 8, "A4": 9}
ACROSS = {"A3": 310, "A4": 220}  # characters that one landscape page holds at about two thirds of their size
_FONT = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
_CENTRED = frozenset({"date", "moment", "flag", "year", "choice"})
_ALLOWED = ("format_columns", "format_rows", "sort", "autofilter")


class SheetWriter:
    """Writes one sheet's skeleton."""

    def __init__(self, book: Any, worksheet: Any, sheet: BulkSheet, lists: Lists) -> None:
        self.book, self.worksheet, self.sheet, self.lists = book, worksheet, sheet, lists
        self.last = len(sheet.columns) - 1

    def write(self, rows: int) -> None:
        """Everything but the rows, for so many of them."""
        self._above()
        self._heading()
        self._samples()
        self._rules(self.sheet.first_row + rows + self.sheet.spare_rows - 1)
        if self.sheet.protect:
            self.worksheet.protect("", dict.fromkeys(_ALLOWED, True))
        self._print()

    def write_instructions(self) -> None:
        """The sheet 填写说明; its first row is the heading."""
        guide = self.book.add_worksheet(GUIDE)
        bold = self._format(bold=True, bg_color=HEAD_FILL, border=1, text_wrap=True)
        plain = self._format(border=1, text_wrap=True)
        for row, cells in enumerate(self.sheet.instructions):
            for column, text in enumerate(cells):
                guide.write_string(row, column, safe_text(text), plain if row else bold)
        guide.set_column(0, 0, 24)
        guide.set_column(1, max(1, max(map(len, self.sheet.instructions)) - 1), 48)
        guide.freeze_panes(1, 0)
        guide.set_paper(PAPER["A4"])
        guide.fit_to_pages(1, 0)

    def _above(self) -> None:
        lines = [(self.sheet.title, self._format(font_size=16, bold=True, align="center"))]
        if self.sheet.meta:
            lines.append(("\u3000\u3000".join(self.sheet.meta), self._format(font_size=10)))
        for row, (text, style) in enumerate(lines):
            if self.last:
                self.worksheet.merge_range(row, 0, row, self.last, "", style)
            self.worksheet.write_string(row, 0, safe_text(text), style)
        self.worksheet.set_row(0, 30)

    def _heading(self) -> None:
        row = self.sheet.heading_row - 1
        boxed = {"border": 1, "bold": True, "align": "center", "bg_color": HEAD_FILL, "text_wrap": True}
        plain, required = self._format(**boxed), self._format(**boxed, font_color="#C00000")
        self.worksheet.set_comments_author("专镇通")
        for index, column in enumerate(self.sheet.columns):
            self.worksheet.set_column(index, index, column.width, None, {"hidden": column.hidden})
            style = required if column.required else plain
            self.worksheet.write_string(row, index, safe_text(column.heading), style)
            note = "\n".join(filter(None, ("必填" if column.required else "", column.hint)))
            if note:
                self.worksheet.write_comment(row, index, note, {"x_scale": 2, "font_size": 10})
        self.worksheet.set_row(row, 36)
        self.worksheet.freeze_panes(row + 1, min(self.sheet.frozen, self.last))

    def _samples(self) -> None:
        """One row for each role, in the order of ROLES; the skeleton cuts them out."""
        for offset, (role, look) in enumerate(ROLES.items()):
            for index, column in enumerate(self.sheet.columns):
                style = self._format(**_of_kind(column), **(self._lock(column) if role == "body" else look))
                self.worksheet.write_blank(self.sheet.first_row - 1 + offset, index, None, style)

    def _lock(self, column: BulkColumn) -> dict[str, Any]:
        if not self.sheet.protect:
            return {}
        return {"locked": True, "bg_color": LOCKED_FILL} if column.locked else {"locked": False}

    def _rules(self, last_row: int) -> None:
        first, last = self.sheet.first_row - 1, last_row - 1
        if last >= first:
            for index, column in enumerate(self.sheet.columns):
                rule = rule_of(column, self.lists)
                if rule is not None:
                    self.worksheet.data_validation(first, index, last, index, rule)
        self.worksheet.autofilter(first - 1, 0, max(first - 1, last), self.last)

    def _print(self) -> None:
        self.worksheet.repeat_rows(self.sheet.heading_row - 1)
        self.worksheet.set_landscape()
        paper, pages = self._paper()
        self.worksheet.set_paper(PAPER[paper])
        self.worksheet.fit_to_pages(pages, 0)
        if pages > 1 and self.sheet.frozen:
            self.worksheet.repeat_columns(0, min(self.sheet.frozen, self.last) - 1)
        self.worksheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        self.worksheet.set_footer("&C第 &P 页,共 &N 页")

    def _paper(self) -> tuple[str, int]:
        """A table too wide for its paper is printed on A3, and on several pages beside each other, never unreadable."""
        widths = [0 if column.hidden else column.width for column in self.sheet.columns]
        paper = "A3" if sum(widths) > ACROSS[self.sheet.paper] else self.sheet.paper
        repeated, whole = sum(widths[: self.sheet.frozen]), ACROSS[paper]
        if sum(widths) <= whole or repeated >= whole:
            return paper, 1
        return paper, math.ceil((sum(widths) - repeated) / (whole - repeated))

    def _format(self, **looks: Any) -> Any:
        return self.book.add_format({**_FONT, **looks})


def _of_kind(column: BulkColumn) -> dict[str, Any]:
    places = f".{'0' * column.decimals}" if column.decimals else ""
    formats = {"integer": "#,##0", "year": "0", "decimal": f"#,##0{places}", "percent": f"0{places}"}
    formats |= {"date": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm"}
    align = "center" if column.kind in _CENTRED else "right" if column.kind in NUMBERS else "left"
    wrap = {"text_wrap": True} if column.kind == "long" else {}
    return {"border": 1, "num_format": formats.get(column.kind, "@"), "align": align, **wrap}
