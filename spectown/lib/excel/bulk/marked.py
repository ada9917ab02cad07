"""The marked copy of a large upload: faulty cells coloured, the reasons beside each row, and a list of all faults."""

from dataclasses import replace
from typing import BinaryIO

import numpy as np
import polars as pl
from xlsxwriter.utility import xl_col_to_name

from spectown.lib.excel.bulk.body import MASK
from spectown.lib.excel.bulk.limits import MAX_TEXT
from spectown.lib.excel.bulk.sheet import BulkColumn, BulkSheet
from spectown.lib.excel.bulk.stream import stream_sheets
from spectown.lib.excel.bulk.text import safe, units
from spectown.lib.excel.marks import LIST_SHEET

PROBLEM = "问题"
LISTED = 100_000  # faults on the list; the cells of all are coloured
_FIELD = "#problem"
_WHOLE_ROW = "整行"
_CUT, _KEPT = "…(过长,已截去)", 16_000


def write_marked(
    sheet: BulkSheet, texts: pl.DataFrame, faults: pl.DataFrame, target: BinaryIO, source_rows: pl.Series | None = None
) -> None:
    """Write the copy.

    `texts` are the rows as they were read, all String, one column for each field. `faults` has `row` (index in
    `texts`, from 0), `field` (null where the whole row is meant) and `reason`. `source_rows` are the row numbers in
    the file that was sent, if they differ. Numbers and ISO dates come back as numbers and dates, other text as text.
    Nothing is locked: a wrong key of an added row must be correctable; the import checks the keys of the others.
    """
    marked, listed = _marked(sheet, faults.height), _list_sheet(faults.height)
    fitting = _shortened(texts)
    rows, located = _with_marks(sheet, fitting, faults), _located(marked, fitting, faults, source_rows)
    for piece in stream_sheets([marked, listed], [[rows], [located.head(LISTED)]]):
        target.write(piece)


def _marked(sheet: BulkSheet, count: int) -> BulkSheet:
    column = BulkColumn(_FIELD, PROBLEM, "long", width=60, hint="改好后不必删除此列,导入时不读取。")
    notice = f"共 {count:,} 处问题,已标红;原因见最右一列“{PROBLEM}”和工作表“{LIST_SHEET}”"
    return replace(sheet, columns=(*sheet.columns, column), meta=(notice, *sheet.meta), totals=False, protect=False)


def _list_sheet(count: int) -> BulkSheet:
    columns = (
        BulkColumn("number", "序号", "integer", width=8),
        BulkColumn("tab", "表", width=16),
        BulkColumn("source", "原文件行号", "integer", width=12),
        BulkColumn("cell", "本文件单元格", width=14),
        BulkColumn("heading", "项目", width=24),
        BulkColumn("value", "现在的内容", "long", width=32),
        BulkColumn("reason", "问题和处理办法", "long", width=64),
    )
    more = (f"共 {count:,} 处,此处列出前 {LISTED:,} 处",) if count > LISTED else (f"共 {count:,} 处",)
    return BulkSheet(name=LIST_SHEET, title=LIST_SHEET, columns=columns, meta=more, frozen=0)


def _shortened(texts: pl.DataFrame) -> pl.DataFrame:
    """Texts that fit a cell: a .csv may hold longer ones."""
    return texts.select(_fitting(pl.col(name).cast(pl.String)) for name in texts.columns)


def _fitting(text: pl.Expr) -> pl.Expr:
    cut = pl.concat_str(text.str.slice(0, _KEPT), pl.lit(_CUT))
    return pl.when(units(safe(text)) > MAX_TEXT).then(cut).otherwise(text).name.keep()


def _with_marks(sheet: BulkSheet, texts: pl.DataFrame, faults: pl.DataFrame) -> pl.DataFrame:
    """The texts with a mask for each column that has faults, and the joined reasons of each row."""
    masks = []
    for (field,), found in faults.filter(pl.col("field").is_in(texts.columns)).group_by("field"):
        faulty = np.zeros(texts.height, dtype=bool)
        faulty[found["row"].to_numpy()] = True
        masks.append(pl.Series(f"{MASK}{field}", faulty))
    headings = {column.field: column.heading for column in sheet.columns}
    heading = pl.col("field").replace_strict(headings, default=None, return_dtype=pl.String)
    sentence = pl.concat_str(pl.concat_str(heading, pl.lit(":")).fill_null(""), "reason")
    reasons = faults.group_by("row", maintain_order=True).agg(_fitting(sentence.str.join(";")).alias(_FIELD))
    rows = reasons.with_columns(pl.col("row").cast(pl.UInt32))
    numbered = texts.with_columns(masks).with_row_index("row")
    return numbered.join(rows, on="row", how="left", maintain_order="left")


def _located(
    sheet: BulkSheet, texts: pl.DataFrame, faults: pl.DataFrame, source_rows: pl.Series | None
) -> pl.DataFrame:
    """The faults with tab, cell, heading and value, in the order of the sheet."""
    numbers = pl.int_range(sheet.first_row, sheet.first_row + texts.height, eager=True)
    sources = numbers if source_rows is None else source_rows
    known = pl.col("field").is_in([column.field for column in sheet.columns])
    parts = [_of_column(faults.filter(known.fill_null(False).not_()), None, 0, _WHOLE_ROW)]
    for place, column in enumerate(sheet.columns[:-1]):
        found = faults.filter(pl.col("field") == column.field)
        parts.append(_of_column(found, texts[column.field], place, column.heading))
    located = pl.concat(parts).sort("row", "place", maintain_order=True)
    rows = located["row"]
    return located.with_columns(
        pl.lit(sheet.tab).alias("tab"),
        sources.gather(rows).alias("source"),
        pl.concat_str("letters", numbers.gather(rows)).alias("cell"),
        pl.int_range(1, pl.len() + 1).alias("number"),
    )


def _of_column(faults: pl.DataFrame, texts: pl.Series | None, place: int, heading: str) -> pl.DataFrame:
    nothing = pl.lit(None, dtype=pl.String)
    return faults.select(
        pl.col("row").cast(pl.Int64),
        pl.lit(place).alias("place"),
        pl.lit(xl_col_to_name(place)).alias("letters"),
        pl.lit(heading).alias("heading"),
        (nothing if texts is None else pl.lit(texts.gather(faults["row"]))).alias("value"),
        pl.col("reason"),
    )
