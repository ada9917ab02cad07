"""Everything of a workbook but the rows, written by XlsxWriter: the body's place is kept by sample rows, cut out here.

The samples tell which number each style got. The skeleton is made twice: before the rows (head, styles), and after
them, when the last row is known (validations, filter, properties).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import xlsxwriter

from spectown.lib.excel.bulk.layout import ROLES, SheetWriter
from spectown.lib.excel.bulk.lists import Lists
from spectown.lib.excel.bulk.sheet import BulkSheet

_CREATED = datetime(2000, 1, 1, tzinfo=UTC)  # fixed, so that the same rows are the same file
_DIMENSION = re.compile(rb"<dimension [^>]*/>")
_SAMPLE = re.compile(rb'<c r="[A-Z]+([0-9]+)" s="([0-9]+)"/>')
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True, slots=True)
class Styles:
    """Numbers of the styles by column: ordinary, faulty, empty row for new entries, totals."""

    body: tuple[int, ...]
    fault: tuple[int, ...]
    spare: tuple[int, ...]
    total: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """The sheet's place in the zip and its XML before and after the rows."""

    path: str
    head: bytes
    tail: bytes
    styles: Styles


@dataclass(frozen=True, slots=True)
class Skeleton:
    """The sheets that get rows, in their order, and all other parts of the file by path."""

    sheets: tuple[Part, ...]
    others: dict[str, bytes]


def skeleton(sheets: Sequence[BulkSheet], rows: Sequence[int]) -> Skeleton:
    """The workbook for so many rows in each sheet. The first sheet's instructions and properties are the file's."""
    parts, paths = _written(sheets, rows)
    cut = tuple(_cut(path, parts.pop(path), sheet) for path, sheet in zip(paths, sheets, strict=True))
    return Skeleton(cut, parts)


def _written(sheets: Sequence[BulkSheet], rows: Sequence[int]) -> tuple[dict[str, bytes], list[str]]:
    buffer, paths = BytesIO(), []
    with xlsxwriter.Workbook(buffer, _OPTIONS) as book:
        lists = Lists(book)
        for number, (sheet, count) in enumerate(zip(sheets, rows, strict=True)):
            worksheet = book.add_worksheet(sheet.tab)
            paths.append(f"xl/worksheets/sheet{worksheet.index + 1}.xml")
            writer = SheetWriter(book, worksheet, sheet, lists)
            writer.write(count)
            if number == 0 and sheet.instructions:
                writer.write_instructions()
        lists.write()
        _properties(book, sheets[0], rows[0])
    with ZipFile(buffer) as archive:
        return {name: archive.read(name) for name in archive.namelist()}, paths


def _properties(book: xlsxwriter.Workbook, sheet: BulkSheet, rows: int) -> None:
    book.set_properties({"title": sheet.title, "created": _CREATED})
    numbers = {"rows": rows, "heading_row": sheet.heading_row, "first_row": sheet.first_row}
    for name, number in numbers.items():
        book.set_custom_property(name, number, "number_int")
    for name, text in sheet.properties.items():
        if len(text) > 255 or name in numbers:
            raise ValueError(f"property {name}: at most 255 characters, and not one of {', '.join(numbers)}")
        book.set_custom_property(name, text, "text")


def _cut(path: str, xml: bytes, sheet: BulkSheet) -> Part:
    start = xml.index(b'<row r="%d"' % sheet.first_row)
    end = xml.index(b"</sheetData>")
    found: dict[int, list[int]] = {}
    for row, style in _SAMPLE.findall(xml[start:end]):
        found.setdefault(int(row) - sheet.first_row, []).append(int(style))
    styles = Styles(**{role: tuple(found[index]) for index, role in enumerate(ROLES)})
    return Part(path, _DIMENSION.sub(b"", xml[:start]), xml[end:], styles)
