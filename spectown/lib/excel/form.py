"""Writes a form workbook from field declarations: instructions, form sheet, drop-downs, notes, protection."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any, Protocol

import xlsxwriter

from spectown.lib.excel.escape import safe_text

NAME_PREFIX = "in_"
FORM_ID_NAME = "form_id"
INPUT_FILL = "FFF9E5"
OPTIONS_SHEET, GUIDE_SHEET = "选项", "填写说明"
NUMERIC_KINDS = frozenset({"money", "percent", "integer", "year"})
_FIRST_ROW = 2
_CREATED = datetime(2000, 1, 1, tzinfo=UTC)  # fixed, so that the same form is the same file


class FormField(Protocol):
    """What the workbook needs to know of a field.

    `kind` is one of text, long_text, list, choice, yes_no, money, percent, integer, year; `options` are the
    labels of a drop-down; `open_choice` lets other values through.
    """

    @property
    def code(self) -> str:
        """Stable code; the cell is named after it."""

    @property
    def kind(self) -> str:
        """Kind of value."""

    @property
    def heading(self) -> str:
        """Label with its unit."""

    @property
    def section(self) -> str:
        """Heading under which it stands."""

    @property
    def hint(self) -> str:
        """What to fill in."""

    @property
    def example(self) -> str:
        """An example."""

    @property
    def clause(self) -> str | None:
        """Clause of the plan."""

    @property
    def options(self) -> Sequence[str]:
        """Labels of the drop-down."""

    @property
    def open_choice(self) -> bool:
        """True where other values than the options are accepted."""


@dataclass(frozen=True, slots=True)
class FormBook:
    """Title, sheet name and instructions of a form; `form_id` tells one edition of a form from another."""

    title: str
    sheet: str
    form_id: str
    instructions: tuple[str, ...]


def write_form(book: FormBook, fields: Iterable[FormField], values: Mapping[str, object] | None = None) -> bytes:
    """Return the workbook (.xlsx), empty or with values filled in."""
    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as workbook:
        workbook.set_properties({"title": book.title, "created": _CREATED})
        _Writer(workbook, book).write(list(fields), values or {})
    return buffer.getvalue()


class _Writer:
    """One workbook being written."""

    def __init__(self, workbook: Any, book: FormBook) -> None:
        self.workbook, self.book = workbook, book
        base = {"font_name": "宋体", "font_size": 11, "valign": "vcenter", "text_wrap": True, "border": 1}
        styles = {
            "title": {"font_size": 16, "bold": True, "font_name": "黑体"},
            "plain": {"font_name": "宋体", "font_size": 11, "text_wrap": True, "valign": "top"},
            "head": {**base, "bold": True, "bg_color": "#DDE6F2", "align": "center"},
            "section": {**base, "bold": True, "bg_color": "#F2F2F2"},
            "label": base,
            "hint": {**base, "font_color": "#555555", "font_size": 10},
            "text": {**base, "bg_color": f"#{INPUT_FILL}", "locked": False, "num_format": "@"},
            "number": {**base, "bg_color": f"#{INPUT_FILL}", "locked": False, "num_format": "General"},
        }
        self.styles = {name: workbook.add_format(style) for name, style in styles.items()}

    def write(self, fields: list[FormField], values: Mapping[str, object]) -> None:
        """Write all sheets; the guide comes first, the form second."""
        self._guide()
        sheet = self.workbook.add_worksheet(self.book.sheet)
        self.options = self.workbook.add_worksheet(OPTIONS_SHEET)
        self.options.hide()
        self._frame(sheet)
        row, section = _FIRST_ROW, None
        for field in fields:
            if field.section != section:
                section = field.section
                for column in range(4):
                    sheet.write_string(row, column, section if column == 0 else "", self.styles["section"])
                row += 1
            self._line(sheet, row, field, values.get(field.code))
            row += 1

    def _guide(self) -> None:
        guide = self.workbook.add_worksheet(GUIDE_SHEET)
        guide.set_column(0, 0, 100)
        guide.write_string(0, 0, self.book.title, self.styles["title"])
        for number, line in enumerate(self.book.instructions, start=1):
            guide.write_string(number, 0, f"{number}.{line}", self.styles["plain"])
        last = len(self.book.instructions) + 2
        guide.write_string(last, 0, self.book.form_id, self.styles["hint"])
        self.workbook.define_name(FORM_ID_NAME, f"='{GUIDE_SHEET}'!$A${last + 1}")
        guide.protect()

    def _frame(self, sheet: Any) -> None:
        for column, width in enumerate((10, 34, 48, 56)):
            sheet.set_column(column, column, width)
        sheet.write_string(0, 0, self.book.title, self.styles["title"])
        for column, heading in enumerate(("方案条款", "项目", "填写内容", "填写说明")):
            sheet.write_string(1, column, heading, self.styles["head"])
        sheet.freeze_panes(_FIRST_ROW, 2)
        sheet.protect(options={"format_cells": True, "format_columns": True, "format_rows": True})
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(1)
        sheet.activate()

    def _line(self, sheet: Any, row: int, field: FormField, value: object) -> None:
        hint = _hint(field)
        sheet.write_string(row, 0, field.clause or "", self.styles["label"])
        sheet.write_string(row, 1, safe_text(field.heading), self.styles["label"])
        style = self.styles["number" if field.kind in NUMERIC_KINDS else "text"]
        _write_value(sheet, row, 2, value, style)
        sheet.write_string(row, 3, safe_text(hint), self.styles["hint"])
        if hint:
            sheet.write_comment(row, 2, hint, {"x_scale": 2, "y_scale": 1.2})
        if field.kind == "long_text":
            sheet.set_row(row, 48)
        self._validate(sheet, row, field)
        self.workbook.define_name(NAME_PREFIX + field.code, f"='{self.book.sheet}'!$C${row + 1}")

    def _validate(self, sheet: Any, row: int, field: FormField) -> None:
        rule: dict[str, object] = {"error_type": "warning", "error_title": "请核对"}
        if field.options:
            for index, option in enumerate(field.options):
                self.options.write_string(row, index, option)
            last = xlsxwriter.utility.xl_rowcol_to_cell(row, len(field.options) - 1, True, True)
            source = f"='{OPTIONS_SHEET}'!$A${row + 1}:{last}"
            rule |= {"validate": "list", "source": source, "error_message": "列表中没有这一项,确定要填写吗?"}
            if not field.open_choice:
                rule |= {"error_type": "stop", "error_message": "请从列表中选择"}
        elif field.kind in NUMERIC_KINDS:
            number = "integer" if field.kind in ("integer", "year") else "decimal"
            rule |= {"validate": number, "criteria": ">=", "value": 0}
            rule |= {"error_message": f"{field.heading}应为数字,请核对"[:255]}
        else:
            return
        sheet.data_validation(row, 2, row, 2, rule)


def _hint(field: FormField) -> str:
    example = f"例:{field.example}" if field.example else ""
    return "\n".join(filter(None, (field.hint, example)))


def _write_value(sheet: Any, row: int, column: int, value: object, style: Any) -> None:
    if value is None:
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, int | Decimal) and not isinstance(value, bool) and Decimal(repr(float(value))) == value:
        sheet.write_number(row, column, float(value), style)
    else:
        sheet.write_string(row, column, safe_text(str(value)), style)
