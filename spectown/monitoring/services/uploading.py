"""A workbook of sheets is written as a whole or not at all."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db import transaction

from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.lib.refusal import Refused
from spectown.monitoring.enums import Origin
from spectown.monitoring.models import FormPeriod, Sheet
from spectown.monitoring.services.filling import save_cells
from spectown.monitoring.workbooks.layout import KEY, VALUE
from spectown.monitoring.workbooks.prefilled import sheets_in
from spectown.monitoring.workbooks.reading import Book, BookFault, Line, read_book
from spectown.organisations.actors import Actor


@dataclass(frozen=True, slots=True)
class Uploaded:
    """What became of a workbook: cells written, rows left as they were; with faults nothing was written."""

    cells: int
    same: int
    faults: tuple[BookFault, ...]
    notices: tuple[str, ...]


def upload(*, opened: FormPeriod, data: bytes, name: str, by: Actor) -> Uploaded:
    """Write the changed rows of a workbook, all or none. Raises NotAllowed, WorkbookRefusedError."""
    by.require(Permission.SHEET_FILL)
    book = read_book(opened, data, name)
    with transaction.atomic():
        cells = _written(book, opened, by)
        if book.faults:
            transaction.set_rollback(True)
        elif book.lines:
            about = {"file": name[:200], "cells": cells}
            audit.record(by=by, action="sheet.upload", obj=opened, after=about)
    faults = tuple(sorted(book.faults, key=lambda fault: fault.row))
    return Uploaded(0 if faults else cells, book.same, faults, book.notices)


def _written(book: Book, opened: FormPeriod, by: Actor) -> int:
    sheets = {sheet.town.code: sheet for sheet in sheets_in(opened, by)}
    by_town: dict[str, list[Line]] = defaultdict(list)
    for line in book.lines:
        by_town[line.town].append(line)
    written = 0
    for town, lines in by_town.items():
        if town in sheets:
            written += _sheet(book, sheets[town], lines, by)
        else:
            book.blame(lines[0].row, KEY, town, "这个镇的报表不归您填报,请从表中删去它的行。")
    return written


def _sheet(book: Book, sheet: Sheet, lines: list[Line], by: Actor) -> int:
    rows = {line.code: line for line in lines}
    entries = {code: line.entry for code, line in rows.items()}
    try:
        kept = save_cells(sheet=sheet, entries=entries, by=by, origin=Origin.EXCEL)
    except Refused as refusal:
        book.blame(lines[0].row, KEY, sheet.town.name, str(refusal))
        return 0
    for code, reason in kept.faults.items():
        book.blame(rows[code].row, VALUE, str(rows[code].entry.raw), reason)
    return len(kept.cells)
