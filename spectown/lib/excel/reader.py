"""Reads the named cells of an uploaded form workbook: values only, never a formula's result."""

import re
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from spectown.lib.excel.escape import plain_text
from spectown.lib.excel.faults import CellFault, Place, WorkbookRefusedError
from spectown.lib.excel.form import FORM_ID_NAME, NAME_PREFIX, NUMERIC_KINDS, FormField
from spectown.lib.excel.guard import DEFAULT_LIMITS, Limits, damaged, inspect

CellValue = str | int | bool | Decimal | None
_ONE_CELL = re.compile(
    r"(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^'!]+))!\$(?P<column>[A-Z]{1,2})\$(?P<row>[1-9][0-9]{0,5})"
)
_AGAIN = "请重新下载模板填写后上传"


@dataclass(frozen=True, slots=True)
class FormReading:
    """Values and places by field code, and the cells that hold no plain value."""

    values: Mapping[str, CellValue]
    places: Mapping[str, Place]
    faults: tuple[CellFault, ...]


def read_form(
    data: bytes, fields: Iterable[FormField], *, form_id: str, limits: Limits = DEFAULT_LIMITS
) -> FormReading:
    """Read every field's named cell.

    Raises WorkbookRefusedError for a file that is unsafe, damaged, or not this edition of the form.
    """
    workbook = open_workbook(data, limits)
    _check_edition(workbook, form_id)
    cells = _cells_of(workbook, fields)
    values: dict[str, CellValue] = {}
    places, faults = {}, []
    for field, cell in cells:
        place = places[field.code] = _place(workbook, field, cell)
        problem = _problem(cell)
        if problem:
            faults.append(CellFault(field.code, place, *problem))
        else:
            values[field.code] = _value(field, cell)
    return FormReading(values, places, tuple(faults))


def _cells_of(workbook: Workbook, fields: Iterable[FormField]) -> list[tuple[FormField, Cell]]:
    found, lost = [], []
    for field in fields:
        cell = _named_cell(workbook, NAME_PREFIX + field.code)
        if cell is None:
            lost.append(field.heading)
        else:
            found.append((field, cell))
    if lost:
        raise WorkbookRefusedError(f"模板被改动,找不到“{'”“'.join(lost[:5])}”的填写位置,{_AGAIN}")
    return found


def open_workbook(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Workbook:
    """Open a workbook after inspection. Raises WorkbookRefusedError."""
    inspect(data, limits)
    try:
        with warnings.catch_warnings():
            # openpyxl reports features it does not keep (say, a picture); the values are not affected.
            warnings.filterwarnings("ignore", module="openpyxl")
            return load_workbook(BytesIO(data), data_only=False, keep_links=False)
    except Exception as error:  # openpyxl raises whatever the broken part trips over
        raise damaged() from error


def _check_edition(workbook: Workbook, form_id: str) -> None:
    cell = _named_cell(workbook, FORM_ID_NAME)
    if cell is None:
        raise WorkbookRefusedError(f"文件不是本系统的申报模板,{_AGAIN}")
    if cell.value != form_id:
        raise WorkbookRefusedError(f"文件是另一版模板(“{cell.value}”),现用模板为“{form_id}”,{_AGAIN}")


def _named_cell(workbook: Workbook, name: str) -> Cell | None:
    """Return the one cell that a name stands for; None if the name is gone or means something else."""
    defined = workbook.defined_names.get(name)
    match = _ONE_CELL.fullmatch(defined.attr_text or "") if defined is not None else None
    if match is None:
        return None
    title = (match["quoted"] or match["plain"]).replace("''", "'")
    sheet = workbook[title] if title in workbook.sheetnames else None
    if not isinstance(sheet, Worksheet):
        return None
    cell = sheet[match["column"] + match["row"]]
    return cell if isinstance(cell, Cell) else None


def _place(workbook: Workbook, field: FormField, cell: Cell) -> Place:
    sheet = cell.parent.title
    return Place(workbook.sheetnames.index(sheet) + 1, sheet, cell.coordinate, field.heading)


def _problem(cell: Cell) -> tuple[str, str] | None:
    """Return value shown and reason for a cell that holds no plain value."""
    value = cell.value
    if cell.data_type == "f":
        text = str(getattr(value, "text", value))[:40]
        return text, f"填写的是公式“{text}”,请改为数值(复制后“选择性粘贴—数值”)"
    if cell.data_type == "e":
        return str(value), f"为错误值“{value}”,请重新填写"
    if isinstance(value, date | datetime | time | timedelta):
        return str(value), f"为日期或时间“{value}”,请把单元格格式改为“常规”后重新填写"
    return None


def _value(field: FormField, cell: Cell) -> CellValue:
    value = cell.value
    if isinstance(value, float):
        value = Decimal(f"{value:.15g}")  # the digits that Excel itself keeps and shows
    if isinstance(value, int | Decimal) and not isinstance(value, bool) and field.kind not in NUMERIC_KINDS:
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    if value is None or isinstance(value, int | Decimal):
        return value
    return plain_text(str(value))
