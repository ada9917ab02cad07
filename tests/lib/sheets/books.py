"""Workbooks for the tests: written cell by cell, or tampered with part by part."""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter


def book(fill: Callable[[Any, Any], None], **options: Any) -> bytes:
    """Write a workbook with one sheet 数据."""
    buffer = BytesIO()
    workbook = xlsxwriter.Workbook(buffer, options)
    fill(workbook, workbook.add_worksheet("数据"))
    workbook.close()
    return buffer.getvalue()


def table(*rows: tuple[object, ...]) -> bytes:
    """Write a workbook from rows of cells."""

    def fill(_: Any, sheet: Any) -> None:
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)

    return book(fill)


def tampered(data: bytes, change: dict[str, Callable[[bytes], bytes]], add: dict[str, bytes] | None = None) -> bytes:
    """Return the workbook with parts changed and added."""
    buffer = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(buffer, "w", ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, change.get(entry.filename, bytes)(old.read(entry)))
        for name, content in (add or {}).items():
            new.writestr(name, content)
    return buffer.getvalue()
