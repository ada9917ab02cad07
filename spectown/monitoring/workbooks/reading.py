"""An uploaded workbook into entries by town and indicator; every fault with sheet, row, column, value and reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from spectown.lib.excel.faults import WorkbookRefusedError
from spectown.lib.sheets.checking import ROW, Checked, check
from spectown.lib.sheets.headings import locate_in
from spectown.lib.sheets.reading import read_sheets
from spectown.monitoring.models import FormPeriod
from spectown.monitoring.services.filling import Entry
from spectown.monitoring.workbooks.layout import (
    COMMENT,
    FOOT,
    HEADINGS,
    HIDDEN,
    KEY,
    REVISION,
    SAID,
    VALUE,
    WAS,
    key_of,
    specs,
)

NO_KEY = "这一行不是系统给出的行,认不出是哪个镇的哪个指标;请用系统下载的表填写,不要增加行。"


@dataclass(frozen=True, slots=True)
class BookFault:
    """One thing that is wrong: where it stands in the file, what is written there, what to do."""

    sheet: str
    row: int
    column: str
    heading: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row that was changed: where it stands, and what it enters."""

    row: int
    town: str
    code: str
    entry: Entry


@dataclass(slots=True)
class Book:
    """What a workbook says: changed rows, how many were left as they were, faults, notices."""

    sheet: str
    letters: Mapping[str, str]
    lines: list[Line] = field(default_factory=list)
    same: int = 0
    faults: list[BookFault] = field(default_factory=list)
    notices: tuple[str, ...] = ()

    def blame(self, row: int, name: str, value: str, reason: str) -> None:
        """Note a fault of a cell."""
        self.faults.append(BookFault(self.sheet, row, self.letters.get(name, ""), HEADINGS[name], value, reason))


def read_book(opened: FormPeriod, data: bytes, name: str) -> Book:
    """Read an upload. Raises WorkbookRefusedError for a file that cannot be used as a whole."""
    wanted = specs()
    headings = [replace(spec.expected, ours=spec.field in HIDDEN) for spec in wanted]
    found = check(locate_in(read_sheets(data, name), headings), wanted, unique=[[KEY]])
    letters = {name: column.letters for name, column in found.located.columns.items()}
    book = Book(found.located.sheet, letters, notices=found.notices)
    for row, about, value, reason in found.faults.iter_rows():
        book.blame(row, about, value or "", reason)
    wrong = {fault.row for fault in book.faults}
    for each in _rows(found):
        if int(each[ROW] or 0) not in wrong:
            _take(book, opened, each)
    return book


def _rows(found: Checked) -> Iterator[dict[str, str | None]]:
    absent = dict.fromkeys((REVISION, WAS, SAID))
    yield from ({**absent, **row} for row in found.frame.iter_rows(named=True))


def _take(book: Book, opened: FormPeriod, row: Mapping[str, str | None]) -> None:
    at, value, comment = int(row[ROW] or 0), row[VALUE], row[COMMENT]
    parts = (row[KEY] or "").split("/")
    if len(parts) != len(key_of(opened, "", "").split("/")):
        book.blame(at, KEY, row[KEY] or "", NO_KEY)
        return
    form, period, town, code = parts
    if (form, period) != (opened.form, opened.period.code):
        raise WorkbookRefusedError(f"这份表是 {period} 的,现在填的是{opened},请下载这一期的表填写")
    if (value, comment) == (row[WAS], row[SAID]):
        book.same += 1
        return
    if code.startswith(FOOT):
        book.lines.append(Line(at, town, code, Entry(comment if comment != row[SAID] else value or "")))
        return
    seen = row[REVISION]
    said = None if comment == row[SAID] else comment or ""
    book.lines.append(Line(at, town, code, Entry(value or "", said, int(seen) if seen and seen.isdigit() else None)))
