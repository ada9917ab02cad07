"""Reads an upload into sheets of text: numbers in their shortest form, dates as 2024-03-01, blanks as null."""

import contextlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

import fastexcel
import polars as pl

from spectown.lib.excel.faults import WorkbookRefusedError
from spectown.lib.excel.guard import damaged
from spectown.lib.sheets import overlay
from spectown.lib.sheets.archive import xml_blocks
from spectown.lib.sheets.digits import unnoised
from spectown.lib.sheets.formulas import refusal, shown, unsaved_cells
from spectown.lib.sheets.guard import counted, inspect
from spectown.lib.sheets.legacy import read_legacy
from spectown.lib.sheets.plain import read_plain
from spectown.lib.sheets.sheet import OWN_SHEETS, Sheet
from spectown.lib.sheets.workbook import Tab, tabs_of

_MIDNIGHT = " 00:00:00"
_DATE_LENGTH = len("2024-03-01 00:00:00")
_SIGNIFICANT = 16


def read_sheets(data: bytes, name: str) -> list[Sheet]:
    """Return the shown sheets that hold anything; raises WorkbookRefusedError, and nothing else, for a bad file."""
    inspected = inspect(data, name)
    if inspected.form == "text":
        sheets = read_plain(data, name)
    elif inspected.form == "xls":
        sheets = [_without_midnight(sheet) for sheet in read_legacy(data)]
        sheets = [_turned(sheet, None) for sheet in sheets]
    else:
        sheets = _read_xlsx(data)
    filled = [sheet for sheet in sheets if sheet.frame.height and sheet.frame.width]
    for sheet in sheets:
        if sheet.unsaved and not filled:
            raise refusal(sheet.unsaved, sheet.name)
    if not filled:
        raise WorkbookRefusedError("文件中没有填写任何内容,请填写后重新上传")
    return filled


def _read_xlsx(data: bytes) -> list[Sheet]:
    with _refusing():
        tabs, styles = tabs_of(data)
        reader = fastexcel.read_excel(data)
        percent = overlay.percent_styles(styles)
        hidden = [tab.name for tab in tabs if tab.entry and not tab.visible and tab.name not in OWN_SHEETS]
        notices = (f"隐藏的表“{'”“'.join(hidden)}”没有读取。",) if hidden else ()
        return [
            _sheet(data, reader, number, tab, percent, notices)
            for number, tab in enumerate(tabs, start=1)
            if tab.entry and tab.visible
        ]


@contextlib.contextmanager
def _refusing() -> Iterator[None]:
    """Turn whatever the reader makes of a damaged file into a refusal, its panics too (they are no Exception)."""
    try:
        yield
    except WorkbookRefusedError:
        raise
    except Exception as error:
        raise damaged() from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise damaged() from error
        raise


def _sheet(
    data: bytes,
    reader: fastexcel.ExcelReader,
    number: int,
    tab: Tab,
    percent: tuple[int, ...],
    notices: tuple[str, ...],
) -> Sheet:
    if tab.entry is None:
        raise damaged()
    blocks = partial(xml_blocks, data, tab.entry)
    with ThreadPoolExecutor(1) as beside:  # the reader uses one core and leaves the lock of the interpreter alone
        counting = beside.submit(counted, data, tab.entry)
        frame = _load(reader, tab.name)
        facts = counting.result()
    start = overlay.first_column(frame, blocks) if frame.height else 1
    sheet = Sheet(
        tab.name,
        number,
        frame,
        start,
        tuple(facts.merges),
        notices + tuple(overlay.notices(facts)),
        unsaved_cells(blocks) if facts.unsaved else (),
        tuple(facts.hidden_columns),
    )
    if facts.errors:
        sheet = _with_errors(sheet, blocks)
    sheet = _without_midnight(sheet)
    if facts.long:
        sheet = _turned(sheet, blocks)
    if sheet.unsaved:
        sheet = _replaced(sheet, shown(sheet.frame, start or 1, sheet.unsaved))
    cells = overlay.percent_cells(blocks, percent) if percent else {}
    return _scattered(sheet, cells, _as_percent)


def _load(reader: fastexcel.ExcelReader, name: str) -> pl.DataFrame:
    frame = reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string").to_polars()
    return unnoised(frame.rename({column: f"c{index}" for index, column in enumerate(frame.columns)}))


def _without_midnight(sheet: Sheet) -> Sheet:
    """Write dates without the time that a date cell never had."""
    dates = [
        pl.when(pl.col(name).str.len_bytes() == _DATE_LENGTH)
        .then(pl.col(name).str.strip_suffix(_MIDNIGHT))
        .otherwise(pl.col(name))
        for name in sheet.frame.columns
        if sheet.frame[name].str.ends_with(_MIDNIGHT).any()
    ]
    return _replaced(sheet, sheet.frame.with_columns(dates)) if dates else sheet


def _turned(sheet: Sheet, blocks: overlay.Blocks | None) -> Sheet:
    """Show numbers of 16 digits and more as Excel does (9.114E17): their last digits are not what was typed."""
    ending = "" if blocks else "000"  # where the file does not tell numbers from text: what Excel makes of 18 digits
    suspects = {
        index: rows for index, column in enumerate(sheet.frame.iter_columns()) if (rows := _long_digits(column, ending))
    }
    if not suspects:
        return sheet
    if blocks is None:
        return _scattered_at(sheet, suspects, _as_science)
    return _scattered(sheet, overlay.long_numbers(blocks), _as_science)


def _long_digits(column: pl.Series, ending: str) -> list[int]:
    long = (column.str.len_bytes() >= _SIGNIFICANT) & column.str.ends_with(ending)
    if not long.any():
        return []
    return (long & column.str.contains(r"^\d+$")).fill_null(False).arg_true().to_list()


def _as_science(texts: pl.Series) -> pl.Series:
    return texts.cast(pl.Float64, strict=False).cast(pl.String)


def _as_percent(texts: pl.Series) -> pl.Series:
    """Write 0.35 as 35%."""
    numbers = (texts + "e2").cast(pl.Decimal(38, 12), strict=False).cast(pl.String)
    shown = numbers.str.strip_chars_end("0").str.strip_chars_end(".") + "%"
    return shown.fill_null(texts)


def _with_errors(sheet: Sheet, blocks: overlay.Blocks) -> Sheet:
    frame = sheet.frame
    for (column, row), text in overlay.error_cells(blocks).items():
        index = column - (sheet.first_column or 1)
        if 0 <= index < frame.width and row <= frame.height:
            frame[row - 1, index] = text
    return _replaced(sheet, frame)


def _scattered(sheet: Sheet, cells: overlay.Cells, change: Callable[[pl.Series], pl.Series]) -> Sheet:
    """Change the cells given by columns and rows of the file."""
    places = {
        column - (sheet.first_column or 1): [row - 1 for row in rows if row <= sheet.frame.height]
        for column, rows in cells.items()
    }
    return _scattered_at(sheet, places, change)


def _scattered_at(sheet: Sheet, places: dict[int, list[int]], change: Callable[[pl.Series], pl.Series]) -> Sheet:
    columns = [
        sheet.frame[:, index].clone().scatter(rows, change(sheet.frame[:, index].gather(rows)))
        for index, rows in places.items()
        if rows and 0 <= index < sheet.frame.width
    ]
    return _replaced(sheet, sheet.frame.with_columns(columns)) if columns else sheet


def _replaced(sheet: Sheet, frame: pl.DataFrame) -> Sheet:
    return replace(sheet, frame=frame)
