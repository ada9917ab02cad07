"""The workbooks in pieces, for a streamed answer."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from spectown.lib.excel.bulk import BulkSheet, check_rows, stream_workbook
from spectown.lists.declaration import Ledger
from spectown.lists.exporting.frames import frames
from spectown.lists.exporting.sheet import export_sheet, template_sheet
from spectown.organisations.actors import Actor


def export(ledger: Ledger, rows: QuerySet[Any], *, by: Actor, day: datetime.date) -> Iterator[bytes]:
    """The rows as an official table. Raises Refused before the first piece where Excel has no room for them."""
    return _stream(ledger, export_sheet(ledger, by, day), rows)


def template(ledger: Ledger, rows: QuerySet[Any], *, by: Actor, day: datetime.date) -> Iterator[bytes]:
    """The workbook to fill in, with these rows in it. Raises Refused as `export` does."""
    return _stream(ledger, template_sheet(ledger, by, day), rows)


def _stream(ledger: Ledger, sheet: BulkSheet, rows: QuerySet[Any]) -> Iterator[bytes]:
    check_rows(sheet, rows.count())
    return stream_workbook(sheet, frames(ledger, rows))
