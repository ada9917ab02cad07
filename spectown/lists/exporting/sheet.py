"""How the workbook of a list looks: title, headings, drop-downs, limits, instructions; the rows are in frames.py."""

from __future__ import annotations

import datetime
import hashlib
from typing import Any

from spectown.lib.excel.bulk import BulkColumn, BulkSheet
from spectown.lists.declaration import BoundColumn, Ledger
from spectown.lists.exporting.instructions import instructions
from spectown.lists.kinds import Kind, is_long
from spectown.lists.references import reference_of
from spectown.lists.usable import usable
from spectown.organisations.actors import Actor
from spectown.organisations.models import Territory
from spectown.towns.models import Town

NUMBER, VERSION = "_number", "_version"  # fields of the frames that are no columns of the list
NUMBER_HEADING, VERSION_HEADING = "编号", "版本"
SPARE_ROWS = 300
_KEPT = "编号由系统给出,请不要改动;新增的行不填。"


def export_sheet(ledger: Ledger, by: Actor, day: datetime.date) -> BulkSheet:
    """The list as an official table: all columns whatever the page shows, sums at the end."""
    return _sheet(ledger, by, day, totals=any(column.column.total for column in ledger.bound))


def template_sheet(ledger: Ledger, by: Actor, day: datetime.date) -> BulkSheet:
    """The workbook to fill in: 编号 locked, drop-downs of what the actor may use, empty rows for new entries."""
    return _sheet(ledger, by, day, protect=True, spare_rows=SPARE_ROWS)


def layout(ledger: Ledger) -> str:
    """Fingerprint of the headings: another one says that a workbook was made for an older or newer form."""
    headings = "\n".join(column.heading for column in ledger.bound)
    return hashlib.sha256(headings.encode()).hexdigest()[:16]


def _sheet(ledger: Ledger, by: Actor, day: datetime.date, **looks: Any) -> BulkSheet:
    return BulkSheet(
        name=ledger.title,
        title=ledger.title,
        columns=(
            BulkColumn(NUMBER, NUMBER_HEADING, "code", width=13, locked=True, hint=_KEPT),
            *(_column(column, by) for column in ledger.bound),
            BulkColumn(VERSION, VERSION_HEADING, "integer", width=8, locked=True, hidden=True),
        ),
        meta=(f"填报单位:{by.unit_name}", "填报人:", "审核人:", f"日期:{day.isoformat()}", _unit_line(ledger)),
        instructions=instructions(ledger),
        properties={"ledger": ledger.slug, "layout": layout(ledger)},
        frozen=2,
        **looks,
    )


def _unit_line(ledger: Ledger) -> str:
    """Money as official tables say it at the top; other units stand in the headings."""
    has_money = any(column.unit == "万元" for column in ledger.bound)
    return f"单位:{'万元' if has_money else ledger.counter}"


def _column(column: BoundColumn, by: Actor) -> BulkColumn:
    field: Any = column.field
    low, high = column.limits
    text = column.kind in {Kind.TEXT, Kind.CODE}
    return BulkColumn(
        column.name,
        column.heading,
        "long" if text and is_long(field) else column.kind.value,
        width=column.column.width or 14,
        decimals=getattr(field, "decimal_places", None) or 0,
        hint=note(column),
        options=_options(column, by),
        strict=column.kind == Kind.CHOICE,
        minimum=low,
        maximum=field.max_length if text else high,
        locked=column.column.locked,
        total=column.column.total,
        required=column.required,
    )


def note(column: BoundColumn) -> str:
    """What to fill in, with an example: the note at the heading."""
    how = reference_of(_related(column)).hint if column.kind == Kind.REFERENCE else ""
    example = f"例:{column.column.example}" if column.column.example else ""
    return "\n".join(filter(None, (column.cell_hint or how, example)))


def _related(column: BoundColumn) -> Any:
    return column.field.related_model


def _options(column: BoundColumn, by: Actor) -> tuple[str, ...] | None:
    if column.kind == Kind.CHOICE:
        return tuple(column.choices)
    if column.kind != Kind.REFERENCE or column.column.locked:
        return None
    if _related(column) in (Territory, Town):
        return tuple(usable(_related(column), by).values_list("name", flat=True)) or None
    if column.column.among is not None:
        rows = usable(_related(column), by).filter(column.column.among)
        return tuple(rows.values_list("name", flat=True)) or None
    options = reference_of(_related(column)).options
    return tuple(options()) if options else None
