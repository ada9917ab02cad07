"""A workbook of sheets is written as a whole or not at all."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.lib.refusal import Refused
from spectown.monitoring.enums import Origin
from spectown.monitoring.models import FormPeriod, Sheet
from spectown.monitoring.services.filling import Kept, save_cells, save_footer
from spectown.monitoring.workbooks.layout import COMMENT, FOOT, KEY, VALUE
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
    entries = {code: line.entry for code, line in rows.items() if not code.startswith(FOOT)}
    foot = {code.removeprefix(FOOT): line for code, line in rows.items() if code.startswith(FOOT)}
    try:
        kept = save_cells(sheet=sheet, entries=entries, by=by, origin=Origin.EXCEL) if entries else Kept()
        _foot(book, sheet, foot, by)
    except Refused as refusal:
        book.blame(lines[0].row, KEY, sheet.town.name, str(refusal))
        return 0
    for code, reason in kept.faults.items():
        book.blame(rows[code].row, VALUE, str(rows[code].entry.raw), reason)
    return len(kept.cells) + len(foot)


def _foot(book: Book, sheet: Sheet, lines: Mapping[str, Line], by: Actor) -> None:
    """The persons and the day at the end of the sheet."""
    values: dict[str, Any] = {}
    for name, line in lines.items():
        raw = str(line.entry.raw or "").strip()
        try:
            values[name] = _day(raw) if name == "reported_on" else raw
        except ValueError:
            book.blame(line.row, COMMENT, raw, "日期写作 2026-11-03。")
    try:
        if values:
            save_footer(sheet=sheet, values=values, by=by)
    except ValidationError as fault:
        for name, said in fault.message_dict.items():
            if name in lines:
                book.blame(lines[name].row, COMMENT, str(values[name]), " ".join(said))


def _day(raw: str) -> datetime.date | None:
    return datetime.date.fromisoformat(re.sub("[/.]", "-", raw.split(" ")[0].split("T")[0])) if raw else None
