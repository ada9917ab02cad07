"""A file into an Incoming: which columns the list expects there, and every cell typed or faulty."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import polars as pl
from django.db.models import DecimalField

from spectown.lib.excel.faults import WorkbookRefusedError
from spectown.lib.sheets import columns as sheets
from spectown.lib.sheets.checking import Checked, check
from spectown.lib.sheets.headings import Heading, Located, locate_in
from spectown.lib.sheets.reading import read_sheets
from spectown.lists.declaration import BoundColumn, Ledger
from spectown.lists.importing import faults
from spectown.lists.importing.faults import ROW
from spectown.lists.importing.incoming import NUMBER, NUMBER_HEADING, VERSION, VERSION_HEADING, Incoming
from spectown.lists.kinds import Kind, is_long

FILE_ROW = "_row"


def read_upload(ledger: Ledger, data: bytes, name: str) -> Incoming:
    """Read an uploaded file. Raises WorkbookRefusedError for one that cannot be used as a whole."""
    located = locate_in(read_sheets(data, name), _headings(ledger))
    _require_key(ledger, located)
    if located.frame.is_empty():
        raise WorkbookRefusedError(f"表“{located.sheet}”的标题行下面没有填写任何行,请填写后重新上传。")
    return _incoming(ledger, check(located, specs_of(ledger)))


def specs_of(ledger: Ledger) -> list[sheets.Spec]:
    """The columns of the list's workbook. Missing cells are judged later: they may stand in the list already."""
    number = sheets.Spec(field=NUMBER, heading=NUMBER_HEADING)
    version = sheets.Spec(field=VERSION, heading=VERSION_HEADING, kind=sheets.Kind.INTEGER, minimum=1)
    return [number, *(_spec(bound) for bound in ledger.bound), version]


def _spec(bound: BoundColumn) -> sheets.Spec:
    text = bound.kind in {Kind.TEXT, Kind.CODE}
    low, high = _limits(bound)
    return sheets.Spec(
        field=bound.name,
        heading=bound.label,
        kind=sheets.Kind.TEXT if bound.kind == Kind.REFERENCE else sheets.Kind(bound.kind.value),
        unit=bound.unit,
        max_length=bound.field.max_length if text else None,
        minimum=low,
        maximum=high,
        decimals=getattr(bound.field, "decimal_places", None) or 0,
        choices=dict(bound.choices),
        multiline=is_long(bound.field),
    )


def _limits(bound: BoundColumn) -> tuple[Any, Any]:
    """Limits of the column; a decimal never has more digits than the database keeps."""
    low, high = bound.limits
    if not isinstance(bound.field, DecimalField):
        return low, high
    step = Decimal(1).scaleb(-bound.field.decimal_places)
    most = Decimal(10) ** (bound.field.max_digits - bound.field.decimal_places) - step
    return (-most if low is None else low), (most if high is None else high)


def _headings(ledger: Ledger) -> list[Heading]:
    keys = {NUMBER, *(name for identity in ledger.identities for name in identity)}
    return [
        replace(spec.expected, required=False, key=spec.field in keys, ours=spec.field == VERSION)
        for spec in specs_of(ledger)
    ]


def _require_key(ledger: Ledger, located: Located) -> None:
    """Without 编号 and without any identity nobody could say which row is meant."""
    if NUMBER in located.columns or any(set(keys) <= located.columns.keys() for keys in ledger.identities):
        return
    ways = [NUMBER_HEADING, *("和".join(ledger.by_name[n].label for n in keys) for keys in ledger.identities)]
    raise WorkbookRefusedError(f"表“{located.sheet}”缺少能认出行的列,应有“{'”或“'.join(ways)}”,请补上或用模板填写。")


def _incoming(ledger: Ledger, checked: Checked) -> Incoming:
    located, names = checked.located, [n for n in checked.frame.columns if n != FILE_ROW]
    places = checked.frame[FILE_ROW].cast(pl.Int64)
    frame = checked.frame.drop(FILE_ROW).with_row_index(ROW).cast({ROW: pl.Int64})
    absent = {NUMBER: pl.String, VERSION: pl.Int64}
    frame = frame.with_columns(pl.lit(None, dtype).alias(n) for n, dtype in absent.items() if n not in names)
    locked = [bound.name for bound in ledger.bound if bound.column.locked and not bound.column.stepped]
    index = pl.DataFrame({"row": places.cast(pl.Int32), "at": pl.int_range(len(places), eager=True)})
    wrong = checked.faults.filter(~pl.col("field").is_in(locked)).join(index, on="row", how="left")
    return Incoming(
        frame=frame,
        written=located.frame.select(names),
        places=places,
        sheet=located.sheet,
        letters={name: column.letters for name, column in located.columns.items()},
        faults=faults.together([wrong.select(pl.col("at").alias("row"), "field", "value", "reason")]),
        notices=checked.notices,
    )
