"""The marked copy: the upload with every fault marked, and rows in conflict with what stands in the list now.

It keeps the 版本 of the upload: sent again, a row in conflict stays in conflict. Its cells that nobody edited are old
too, and a copy with the present 版本 would put them back over what the other person wrote.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

import polars as pl

from spectown.lib.excel.bulk import BulkSheet, write_marked
from spectown.lib.excel.faults import CellFault, Place
from spectown.lib.excel.guard import Limits
from spectown.lib.excel.marks import mark_faults
from spectown.lists.declaration import Ledger
from spectown.lists.exporting import export_sheet
from spectown.lists.importing import preview, stores
from spectown.lists.importing.comparing import CONFLICT
from spectown.lists.importing.incoming import NUMBER, NUMBER_HEADING, Incoming
from spectown.lists.importing.reading import read_upload
from spectown.lists.models import ImportRun
from spectown.organisations.actors import Actor

OWN_ROWS, OWN_BYTES = 5_000, 2_000_000
# A list's own workbook is larger than the form of an application, for which the limits of marks were made.
LIMITS = Limits(packed=OWN_BYTES, unpacked=60_000_000, elements=1_500_000, range_cells=200_000)


def marked_copy(ledger: Ledger, run: ImportRun, by: Actor) -> tuple[bytes, str]:
    """The copy and its file name. The person's own workbook where it is small; else a new one with the same rows."""
    data = stores.content(run, "upload")
    told = pl.concat([stores.table(run, "fault_table"), _conflicts(ledger, run)], how="vertical_relaxed")
    stem = run.file_name.rpartition(".")[0] or run.file_name
    own = run.counts.get("rows", 0) <= OWN_ROWS and len(data) <= OWN_BYTES and data[:2] == b"PK"
    copy = _own(ledger, run, data, told) if own else _new(ledger, run, data, told, by)
    return copy, f"{stem}-标注.xlsx"


def _conflicts(ledger: Ledger, run: ImportRun) -> pl.DataFrame:
    """Rows in conflict as faults at their 编号: what stands in the list, who changed it, what to do."""
    rows = []
    staged = stores.table(run, "staged")
    after: int | None = -1
    while after is not None:
        page = preview.page(ledger, staged, CONFLICT, after)
        rows += [(row["row"], row["number"], said(row)) for row in page.rows]
        after = page.after
    sheet = stores.table(run, "fault_table")["sheet"].first() or ledger.title
    return pl.DataFrame(
        [(str(sheet), row, "", NUMBER, NUMBER_HEADING, number, reason) for row, number, reason in rows],
        schema=stores.table(run, "fault_table").schema,
        orient="row",
    )


def said(row: dict[str, Any]) -> str:
    """A conflict in words, from a row of preview.page."""
    cells = zip(row["cells"], row["told"], strict=True)
    now = "".join(f"“{label}”现在是“{old or '空'}”,表中是“{new or '空'}”。{told}" for (label, old, new), told in cells)
    who = f"由{row['who']}修改" if row["who"] else "已被修改"
    return f"这一行在您下载表格之后{who}。{now}{row['advice']}"


def _own(ledger: Ledger, run: ImportRun, data: bytes, told: pl.DataFrame) -> bytes:
    incoming = read_upload(ledger, data, run.file_name)
    letters = incoming.letters
    first = letters.get(NUMBER) or next(iter(letters.values()), "A")
    cells = [
        CellFault(
            row["field"] or "",
            Place(1, incoming.sheet, f"{letters.get(row['field'] or '', first)}{row['row']}", row["heading"]),
            row["value"],
            row["reason"],
        )
        for row in told.iter_rows(named=True)
    ]
    return mark_faults(data, cells, LIMITS, title=f"导入{ledger.title}")


def _new(ledger: Ledger, run: ImportRun, data: bytes, told: pl.DataFrame, by: Actor) -> bytes:
    incoming = read_upload(ledger, data, run.file_name)
    sheet = _sheet(ledger, incoming, by, run)
    index = pl.DataFrame({"row": incoming.places, "at": pl.int_range(len(incoming.places), eager=True)})
    faults = told.join(index, on="row", how="inner").select(
        pl.col("at").alias("row"), pl.when(pl.col("field").is_in(incoming.texts.columns)).then("field"), "reason"
    )
    buffer = BytesIO()
    write_marked(
        sheet,
        incoming.texts.select(column.field for column in sheet.columns),
        faults,
        buffer,
        source_rows=incoming.places,
    )
    return buffer.getvalue()


def _sheet(ledger: Ledger, incoming: Incoming, by: Actor, run: ImportRun) -> BulkSheet:
    """The list's own look, with the columns that the upload has."""
    whole = export_sheet(ledger, by, run.uploaded_at.date())
    columns = tuple(column for column in whole.columns if column.field in incoming.texts.columns)
    return BulkSheet(whole.name, whole.title, columns, whole.meta, whole.instructions, whole.properties)
