"""The marked copy: the upload with every fault marked, and for rows in conflict the present 版本.

Uploading it again after looking is a deliberate decision: it was made from what stands in the list now.
"""

from __future__ import annotations

from io import BytesIO

import polars as pl

from spectown.lib.excel.bulk import BulkSheet, write_marked
from spectown.lib.excel.faults import CellFault, Place
from spectown.lib.excel.guard import Limits
from spectown.lib.excel.marks import mark_faults
from spectown.lists.declaration import Ledger
from spectown.lists.exporting import export_sheet
from spectown.lists.importing import preview, stores
from spectown.lists.importing.comparing import CONFLICT, STATUS
from spectown.lists.importing.faults import ROW
from spectown.lists.importing.incoming import NUMBER, NUMBER_HEADING, VERSION, Incoming
from spectown.lists.importing.matching import PK
from spectown.lists.importing.reading import read_upload
from spectown.lists.importing.settling import NOW
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


def said(row: dict[str, object]) -> str:
    """A conflict in words, from a row of preview.page."""
    cells = row["cells"]
    now = ";".join(f"{heading}现为“{old or '空'}”" for heading, old, _ in (cells if isinstance(cells, list) else []))
    who = f"由{row['who']}修改" if row["who"] else "已被修改"
    return f"这一行在您下载表格之后{who}:{now}。请核对;如仍要按表格改,把本标注副本再上传一次(其中已是现在的版本)。"


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
    return mark_faults(data, cells, LIMITS, title=f"导入{ledger.title}", replaced=_versions(run, incoming))


def _versions(run: ImportRun, incoming: Incoming) -> dict[tuple[str, str], int]:
    """Present version by cell, for the rows in conflict."""
    column = incoming.letters.get(VERSION)
    rows = stores.table(run, "staged").filter(pl.col(STATUS) == CONFLICT).select(preview.PLACE, NOW)
    return {(incoming.sheet, f"{column}{place}"): now for place, now in rows.iter_rows()} if column else {}


def _new(ledger: Ledger, run: ImportRun, data: bytes, told: pl.DataFrame, by: Actor) -> bytes:
    incoming = read_upload(ledger, data, run.file_name)
    sheet = _sheet(ledger, incoming, by, run)
    index = pl.DataFrame({"row": incoming.places, "at": pl.int_range(len(incoming.places), eager=True)})
    faults = told.join(index, on="row", how="inner").select(
        pl.col("at").alias("row"), pl.when(pl.col("field").is_in(incoming.texts.columns)).then("field"), "reason"
    )
    buffer = BytesIO()
    write_marked(sheet, _texts(run, incoming, sheet), faults, buffer, source_rows=incoming.places)
    return buffer.getvalue()


def _sheet(ledger: Ledger, incoming: Incoming, by: Actor, run: ImportRun) -> BulkSheet:
    """The list's own look, with the columns that the upload has."""
    whole = export_sheet(ledger, by, run.uploaded_at.date())
    columns = tuple(column for column in whole.columns if column.field in incoming.texts.columns)
    return BulkSheet(whole.name, whole.title, columns, whole.meta, whole.instructions, whole.properties)


def _texts(run: ImportRun, incoming: Incoming, sheet: BulkSheet) -> pl.DataFrame:
    texts = incoming.texts.select(column.field for column in sheet.columns)
    if VERSION not in texts.columns:
        return texts
    staged = stores.table(run, "staged").filter(pl.col(STATUS) == CONFLICT).select(ROW, NOW, PK)
    numbered = texts.with_row_index(ROW).cast({ROW: pl.Int64}).join(staged, on=ROW, how="left", maintain_order="left")
    present = pl.coalesce(pl.col(NOW).cast(pl.String), VERSION).alias(VERSION)
    return numbered.with_columns(present).select(texts.columns)
