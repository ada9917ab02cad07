"""The rows of a sheet as XML, 20,000 at a time and never one Python object per cell."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from io import BytesIO

import polars as pl
from xlsxwriter.utility import xl_col_to_name

from spectown.lib.excel.bulk.cells import DIGITS, Opening, needs_care, tail
from spectown.lib.excel.bulk.limits import MAX_TEXT, check_rows
from spectown.lib.excel.bulk.sheet import BulkColumn, BulkSheet
from spectown.lib.excel.bulk.skeleton import Styles
from spectown.lib.excel.bulk.text import safe, units
from spectown.lib.refusal import Refused

BLOCK = 20_000
MASK = "!"  # before a field: the boolean column of a frame that says which of its cells are faulty
LABEL = "合计"
_ROW = "#row"
_FLOAT_SUM = pl.Decimal(38, 6)


class Body:
    """Counts and sums while it writes; `rows` and `sums` are right once `blocks` is exhausted."""

    def __init__(self, sheet: BulkSheet, styles: Styles) -> None:
        self.sheet, self.styles = sheet, styles
        self.rows = 0
        self.sums: dict[str, Decimal] = {}

    def blocks(self, frames: Iterable[pl.DataFrame]) -> Iterator[bytes]:
        """The rows of all frames, then the spare rows, then the totals. Raises Refused for what does not fit."""
        for frame in frames:
            for block in frame.iter_slices(BLOCK):
                check_rows(self.sheet, self.rows + block.height)
                self._check_texts(block)
                self._sum(block)
                yield rows_xml(self.sheet.columns, block, self.styles.body, self._next, self.styles.fault)
                self.rows += block.height
        if self.sheet.spare_rows:
            yield self._spare()
        if self.sheet.totals:
            yield self._totals().encode()

    @property
    def _next(self) -> int:
        return self.sheet.first_row + self.rows

    def _spare(self) -> bytes:
        fields = {column.field: pl.Series([None], dtype=pl.String) for column in self.sheet.columns}
        empty = pl.DataFrame(fields).select(pl.all().repeat_by(self.sheet.spare_rows).explode())
        return rows_xml(self.sheet.columns, empty, self.styles.spare, self._next, self.styles.spare)

    def _sum(self, block: pl.DataFrame) -> None:
        for column in self.sheet.columns:
            if self.sheet.totals and column.total and block[column.field].null_count() < block.height:
                values = block[column.field]
                exact = values.cast(_FLOAT_SUM) if values.dtype.is_float() else values
                self.sums[column.field] = self.sums.get(column.field, Decimal(0)) + Decimal(str(exact.sum()))

    def _totals(self) -> str:
        row = self._next + self.sheet.spare_rows
        label = next((c.field for c in self.sheet.columns if not (c.total or c.hidden)), None)
        cells = []
        for index, (column, style) in enumerate(zip(self.sheet.columns, self.styles.total, strict=True)):
            start = f'<c r="{xl_col_to_name(index)}{row}" s="{style}"'
            text = LABEL if column.field == label else _plain(self.sums.get(column.field))
            number = column.field in self.sums and sum(map(str.isdigit, text)) <= DIGITS
            inside = f"><v>{text}</v></c>" if number else f' t="inlineStr"><is><t>{text}</t></is></c>'
            cells.append(start + (inside if text else "/>"))
        return f'<row r="{row}">{"".join(cells)}</row>'

    def _check_texts(self, block: pl.DataFrame) -> None:
        long = [
            column
            for column in self.sheet.columns
            if block.schema[column.field] == pl.String
            and int(block[column.field].str.len_bytes().max() or 0) >= MAX_TEXT  # type: ignore[arg-type]  # bytes: ints
        ]
        for column in long:
            lengths = block.select(units(safe(pl.col(column.field)))).to_series()
            place = (lengths > MAX_TEXT).arg_max()
            if place is not None and lengths[place] > MAX_TEXT:
                where = f"第 {self._next + place} 行“{column.heading}”有 {lengths[place]:,} 个字符"
                raise Refused(f"{where},超过 Excel 一个单元格的上限 {MAX_TEXT:,},请先缩短这一项再导出")


def rows_xml(
    columns: tuple[BulkColumn, ...], block: pl.DataFrame, styles: tuple[int, ...], first: int, marked: tuple[int, ...]
) -> bytes:
    """The rows of one block; `first` is the number of its first row, `marked` the styles of masked cells."""
    schema = block.schema
    checks = [needs_care(column, schema[column.field]).alias(column.field) for column in columns]
    careful = block.select(checks).row(0, named=True)
    number = pl.col(_ROW)
    parts: list[pl.Expr] = [pl.lit('<row r="'), number, pl.lit('">')]
    for index, column in enumerate(columns):
        mask = MASK + column.field if MASK + column.field in schema else None
        opening = Opening(styles[index], marked[index], mask)
        cell = tail(column, schema[column.field], opening, bool(careful[column.field]))
        parts += [pl.lit(f'<c r="{xl_col_to_name(index)}'), number, cell]
    numbers = pl.int_range(first, first + block.height, eager=True).cast(pl.String).alias(_ROW)
    rows = block.with_columns(numbers).select(pl.concat_str(*parts, pl.lit("</row>")))
    xml = BytesIO()  # as a .csv of one column: straight from polars' memory, without a Python string
    rows.write_csv(xml, include_header=False, quote_style="never")
    return xml.getvalue()


def _plain(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"
