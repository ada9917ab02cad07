"""The marked copy: the uploaded workbook with every faulty cell coloured, noted, and listed on a sheet."""

from collections import defaultdict
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink

from spectown.lib.excel.escape import safe_text
from spectown.lib.excel.faults import CellFault
from spectown.lib.excel.form import INPUT_FILL
from spectown.lib.excel.guard import DEFAULT_LIMITS, Limits
from spectown.lib.excel.reader import open_workbook

LIST_SHEET = "问题清单"
MARK = "【问题】"
FAULT_FILL = "FFC7CE"
_BELOW = "\n————\n"
_COLUMNS = (("序号", 6), ("表", 12), ("单元格", 9), ("项目", 34), ("现在的内容", 34), ("问题和处理办法", 70))


def mark_faults(
    data: bytes,
    faults: Iterable[CellFault],
    limits: Limits = DEFAULT_LIMITS,
    *,
    title: str = "预审",
) -> bytes:
    """Return a copy with the faults marked; marks of an earlier round are removed first.

    `title`: who signs the notes.
    Raises WorkbookRefusedError for a file that cannot be opened safely.
    """
    workbook, faults = open_workbook(data, limits), list(faults)
    _remove_marks(workbook)
    reasons: dict[tuple[str, str], list[str]] = defaultdict(list)
    for fault in faults:
        reasons[fault.place.sheet, fault.place.cell].append(fault.reason)
    for (sheet, reference), texts in reasons.items():
        _mark(workbook[sheet][reference], ";".join(texts), title)
    _list(workbook, faults)
    buffer = BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _mark(cell: Any, reason: str, title: str) -> None:
    if not isinstance(cell, Cell):
        return
    cell.fill = PatternFill("solid", start_color=FAULT_FILL)
    before = f"{_BELOW}{cell.comment.text}" if cell.comment else ""
    cell.comment = Comment(f"{MARK}{reason}{before}", title, height=160, width=360)


def _remove_marks(workbook: Workbook) -> None:
    if LIST_SHEET in workbook.sheetnames:
        del workbook[LIST_SHEET]
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell, Cell) and cell.comment and cell.comment.text.startswith(MARK):
                    before = cell.comment.text.partition(_BELOW)[2]
                    cell.comment = Comment(before, "预审") if before else None
                    cell.fill = PatternFill("solid", start_color=INPUT_FILL)


def _list(workbook: Workbook, faults: list[CellFault]) -> None:
    sheet = workbook.create_sheet(LIST_SHEET)
    for column, (heading, width) in enumerate(_COLUMNS, start=1):
        cell = sheet.cell(1, column, heading)
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = width
    for number, fault in enumerate(faults, start=1):
        place = fault.place
        texts = (place.sheet, place.cell, place.heading, fault.value, fault.reason)
        sheet.cell(number + 1, 1, number)
        for column, text in enumerate(texts, start=2):
            cell = sheet.cell(number + 1, column)
            cell.value = safe_text(text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        link = Hyperlink(ref=f"C{number + 1}", location=f"'{place.sheet}'!{place.cell}")
        sheet.cell(number + 1, 3).hyperlink = link
    sheet.freeze_panes = "A2"
    workbook.active = sheet
