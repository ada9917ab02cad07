"""The rows below the headings: without blank rows, totals and the signatures at the end."""

from dataclasses import dataclass

import polars as pl

_TOTALS = ("合计", "总计", "小计", "累计", "本页合计")
_FOOTER = (
    r"^(填报人|填表人|审核人|制表人?|填报单位|单位负责人|负责人|分管领导|联系人|联系电话|电话|填报日期|填报时间|日期|备注|说明|注)"
    r"[\d]*\s*[:\uff1a]"
)
_BLANK = r"[\s\u3000\u200b-\u200f\u2060\ufeff\u00ad]"
_FILLED = r"[^\s\u3000\u200b-\u200f\u2060\ufeff\u00ad]"
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Body:
    """The rows to be checked, as text, and what was left out."""

    frame: pl.DataFrame
    notices: tuple[str, ...]
    totals: frozenset[int]  # rows of the file


def body_of(frame: pl.DataFrame, heading: int, columns: dict[str, int], keys: list[str]) -> Body:
    """Take the columns of the fields below row `heading` (from 0); "_row" is the row in the file (from 1)."""
    below = frame.slice(heading + 1)
    rows = pl.int_range(heading + 2, heading + 2 + below.height, eager=True, dtype=pl.Int32).alias("_row")
    first = (
        below.select(
            pl.coalesce(pl.when(pl.col(name).str.contains(_FILLED)).then(pl.col(name)) for name in below.columns)
            .str.replace_all(_BLANK, "")
            .alias("first")
        ).to_series()
        if below.width
        else pl.Series("first", [], dtype=pl.String)
    )
    taken = below.select(pl.nth(index).alias(field) for field, index in columns.items()).with_columns(rows)
    filled = taken.select(
        pl.any_horizontal(pl.col(field).str.contains(_FILLED) for field in columns).fill_null(False)
    ).to_series()
    totals = _totals(taken, first, keys)
    keep = filled & ~totals & ~_footers(first, filled & ~totals)
    notices = []
    if totals.any():
        notices.append(f"{_rows(rows.filter(totals))}是合计,没有读取。")
    stray = first.is_not_null() & ~filled & ~totals & ~_footers(first, filled & ~totals)
    if stray.any():
        notices.append(f"{_rows(rows.filter(stray))}只在没有识别的列中有内容,没有读取。")
    return Body(taken.filter(keep), tuple(notices), frozenset(rows.filter(totals).to_list()))


def _totals(taken: pl.DataFrame, first: pl.Series, keys: list[str]) -> pl.Series:
    """Rows whose first cell says 合计 and whose key cells say nothing else."""
    totals = first.str.strip_chars_end(":\uff1a").is_in(_TOTALS).fill_null(False)
    for key in keys:
        if not totals.any():
            break
        cell = taken[key].str.replace_all(_BLANK, "")
        totals &= cell.is_null() | (cell == "") | cell.str.strip_chars_end(":\uff1a").is_in(_TOTALS).fill_null(False)
    return totals


def _footers(first: pl.Series, filled: pl.Series) -> pl.Series:
    """Signatures such as 填报人:张三, but only behind the last ordinary row."""
    signs = first.str.contains(_FOOTER).fill_null(False)
    ordinary = (filled & ~signs).arg_true()
    last = int(ordinary[-1]) if len(ordinary) else -1
    return signs & (pl.int_range(0, len(first), eager=True) > last)


def _rows(rows: pl.Series) -> str:
    shown = "、".join(str(row) for row in rows.head(_SHOWN))
    return f"第 {shown} 行{'等' if len(rows) > _SHOWN else ''}"
