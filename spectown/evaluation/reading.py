"""A workbook or text table of any origin as a table of the evaluation: first column names, then figures."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import polars as pl

from spectown.core.evaluation.table import Floats, Table, Unusable
from spectown.lib.excel.faults import WorkbookRefusedError
from spectown.lib.filefaults import why
from spectown.lib.sheets.reading import read_sheets

Cells = list[str | None]
EMPTY = frozenset({"", "-", "—", "/", "未报", "不适用"})


def read_table(path: Path) -> Table:
    """The first sheet that holds anything. Raises Unusable, which says what is wrong and where."""
    try:
        sheet = read_sheets(path.read_bytes(), path.name)[0]
    except OSError as error:
        raise Unusable(f"不能读取 {path}({why(error)})。") from error
    except WorkbookRefusedError as error:
        raise Unusable(f"{path.name}:{error}。") from error
    return table_of(sheet.frame)


def table_of(frame: pl.DataFrame) -> Table:
    """A frame of text whose first filled row holds the headings. Raises Unusable."""
    rows = [list(map(_text, row)) for row in frame.iter_rows()]
    start = next(place for place, row in enumerate(rows) if any(row))
    width = max(place for place, cell in enumerate(rows[start]) if cell) + 1
    heads, body = rows[start][:width], [(start + 2 + i, row) for i, row in enumerate(rows[start + 1 :]) if any(row)]
    _require_unlike(heads, "列名", "第 {} 列")
    if width < 2 or not body:
        raise Unusable("表中至少要有一列名称、一列数值和一行数据:第一行是列名,第一列是名称。")
    _require_unlike([row[0] for _number, row in body], "名称", "第 {} 行", [number for number, _row in body])
    figures, words, odd = {}, {}, {}
    for place, head in enumerate(heads[1:], start=1):
        cells = [row[place] for _number, row in body]
        column = _figures(cells)
        if column is None:
            words[head] = tuple(cells)
            if found := _odd([(number, row[place]) for number, row in body]):
                odd[head] = found
        else:
            figures[head] = column
    return Table(tuple(row[0] for _number, row in body), figures, words, odd)


def _odd(cells: list[tuple[int, str]]) -> str:
    """Where the texts stand in a column that holds figures as well, at least as many; else nothing."""
    texts = [(number, cell) for number, cell in cells if cell not in EMPTY and _number(cell) is None]
    if len(texts) > sum(1 for _row, cell in cells if _number(cell) is not None):
        return ""
    return "、".join(f"第 {number} 行“{cell[:20]}”" for number, cell in texts[:3]) + "等" * (len(texts) > 3)


def _text(cell: object) -> str:
    return "" if cell is None else str(cell).strip()


def _require_unlike(texts: list[str], what: str, place: str, numbers: list[int] | None = None) -> None:
    shown = numbers or list(range(1, len(texts) + 1))
    for number, text in zip(shown, texts, strict=True):
        if not text:
            raise Unusable(f"{place.format(number)}没有{what}。")
        if texts.count(text) > 1:
            raise Unusable(f"{what}“{text}”重复,请改成不同的{what}。")


def _figures(cells: list[str]) -> Floats | None:
    """Numbers, NaN where empty; None for a column with any text in it."""
    found = []
    for cell in cells:
        number = math.nan if cell in EMPTY else _number(cell)
        if number is None:
            return None
        found.append(number)
    return np.array(found)


def _number(cell: str) -> float | None:
    share = cell.endswith("%")
    try:
        number = float(cell.removesuffix("%").replace(",", "").replace(",", ""))
    except ValueError:
        return None
    if not math.isfinite(number):
        return None
    return number / 100 if share else number
