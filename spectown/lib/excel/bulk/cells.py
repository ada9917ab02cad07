"""Cells of one column as XML, by expression.

A cell is `<c r="B7` + a tail; the tail is built here: style, type and value, or style alone where there is no value.
`careful` says that the block holds values which need the slow way: text with special characters, numbers with more
digits than a spreadsheet keeps.
"""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from spectown.lib.excel.bulk.sheet import DATES, NUMBERS, BulkColumn
from spectown.lib.excel.bulk.text import SPECIAL, encoded, safe

DIGITS = 15  # a spreadsheet keeps so many; a longer number is written as text
_LARGEST = 10**DIGITS - 1
_EPOCH = 25_569  # days from 1899-12-30 to 1970-01-01
_FIRST_DAY = 61  # 1900-03-01; before it Excel counts a day that never was
_PLAIN_NUMBER = r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$"
_DAY_SECONDS = 86_400
Maker = Callable[[pl.Expr, "Opening", bool], pl.Expr]


@dataclass(frozen=True, slots=True)
class Opening:
    """Start of a cell's tail: the style, and another one where the column `mask` of the frame is true."""

    style: int
    marked: int
    mask: str | None = None

    def __call__(self, rest: str) -> pl.Expr:
        """The style, followed by the rest."""
        plain = pl.lit(f'" s="{self.style}"{rest}')
        if self.mask is None:
            return plain
        return pl.when(pl.col(self.mask)).then(pl.lit(f'" s="{self.marked}"{rest}')).otherwise(plain)


def tail(column: BulkColumn, dtype: pl.DataType, opening: Opening, careful: bool) -> pl.Expr:
    """The cell's tail for every row; a null becomes an empty cell that keeps its style."""
    value = pl.col(column.field)
    return _maker(column, dtype)(value, opening, careful).fill_null(opening("/>"))


def needs_care(column: BulkColumn, dtype: pl.DataType) -> pl.Expr:
    """Whether the block holds a value of this column that needs the slow way; one boolean."""
    value = pl.col(column.field)
    if dtype.is_float():
        return ~value.is_finite().all()
    if dtype.is_integer():
        return (~value.is_between(-_LARGEST, _LARGEST)).any()
    if isinstance(dtype, pl.Decimal):
        return pl.lit(True) if dtype.scale > DIGITS else (value.abs() >= 10 ** (DIGITS - dtype.scale)).any()
    if dtype == pl.String:
        return value.str.contains(SPECIAL).any()
    return pl.lit(not dtype.is_temporal() and dtype != pl.Boolean)


def _maker(column: BulkColumn, dtype: pl.DataType) -> Maker:
    if dtype == pl.Boolean:
        return _flag
    if dtype.is_temporal():
        return _moment if column.kind == "moment" else _date
    if dtype == pl.String and column.kind in NUMBERS:
        return _number_as_found
    if dtype == pl.String and column.kind in DATES:
        return _date_as_found
    if dtype.is_float() and column.kind in NUMBERS:
        return _float
    if dtype.is_numeric() and column.kind in NUMBERS:
        return _exact
    return _text


def _cell(opening: Opening, value: pl.Expr) -> pl.Expr:
    return pl.concat_str(opening("><v>"), value, pl.lit("</v></c>"))


def _text(value: pl.Expr, opening: Opening, careful: bool) -> pl.Expr:
    text, preserve = value.cast(pl.String), ""
    text = pl.when(text != "").then(text)
    if careful:
        text, preserve = encoded(safe(text)), ' xml:space="preserve"'
    return pl.concat_str(opening(f' t="inlineStr"><is><t{preserve}>'), text, pl.lit("</t></is></c>"))


def _flag(value: pl.Expr, opening: Opening, careful: bool) -> pl.Expr:
    text = pl.when(value).then(pl.lit("是")).when(~value).then(pl.lit("否"))
    return _text(text, opening, False)


def _float(value: pl.Expr, opening: Opening, careful: bool) -> pl.Expr:
    if careful:
        raise ValueError("a column of numbers holds an infinity or a not-a-number")
    return _cell(opening, value.cast(pl.String))


def _exact(value: pl.Expr, opening: Opening, careful: bool) -> pl.Expr:
    text = value.cast(pl.String)
    if not careful:
        return _cell(opening, text)
    fits = text.str.count_matches("[0-9]") <= DIGITS
    return pl.when(fits).then(_cell(opening, text)).otherwise(_text(text, opening, False))


def _number_as_found(value: pl.Expr, opening: Opening, careful: bool) -> pl.Expr:
    fits = value.str.contains(_PLAIN_NUMBER) & (value.str.count_matches("[0-9]") <= DIGITS)
    return pl.when(fits).then(_cell(opening, value)).otherwise(_text(value, opening, careful))


def _date(value: pl.Expr, opening: Opening, careful: bool) -> pl.Expr:
    day = value.cast(pl.Date)
    number = day.cast(pl.Int64) + _EPOCH
    written = _text(day.dt.strftime("%Y-%m-%d"), opening, False)
    return pl.when(number >= _FIRST_DAY).then(_cell(opening, number.cast(pl.String))).otherwise(written)


def _moment(value: pl.Expr, opening: Opening, careful: bool) -> pl.Expr:
    seconds = value.cast(pl.Datetime("ms")).cast(pl.Int64) / 1000
    number = seconds / _DAY_SECONDS + _EPOCH
    written = _text(value.cast(pl.Datetime("ms")).dt.strftime("%Y-%m-%d %H:%M:%S"), opening, False)
    return pl.when(number >= _FIRST_DAY).then(_cell(opening, number.cast(pl.String))).otherwise(written)


def _date_as_found(value: pl.Expr, opening: Opening, careful: bool) -> pl.Expr:
    iso = value.str.contains(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}( 00:00:00)?$")
    number = (
        pl.when(iso).then(value.str.slice(0, 10)).otherwise(None).str.to_date("%Y-%m-%d", strict=False).cast(pl.Int64)
        + _EPOCH
    )
    fits = (number >= _FIRST_DAY).fill_null(False)
    return pl.when(fits).then(_cell(opening, number.cast(pl.String))).otherwise(_text(value, opening, careful))
