"""Formulas whose result was never stored: written by programmes, never opened in Excel. A reader sees them as blank."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable

import polars as pl

from spectown.lib.excel.faults import WorkbookRefusedError
from spectown.lib.sheets.marks import UNSAVED
from spectown.lib.sheets.overlay import Blocks
from spectown.lib.sheets.scan import letters_of, place_of

_REFERENCE = re.compile(rb'\br="([A-Z]+\d+)"')
_SHOWN = 5
NO_RESULT = "(公式,没有计算结果)"  # stands in the frame for such a cell; each is a fault where its column is read
REASON = "公式没有保存计算结果,读不出数值。请在 Excel 或 WPS 中打开文件并保存,或把这一格粘贴为数值,再重新上传。"


def unsaved_cells(blocks: Blocks) -> tuple[tuple[int, int], ...]:
    """Return (column, row) from 1 of every cell whose formula has no stored result."""
    cells = (match[0] for block in blocks() for match in UNSAVED.finditer(block))
    return tuple(place_of(found[1].decode()) for cell in cells if (found := _REFERENCE.search(cell)))


def shown(frame: pl.DataFrame, first_column: int, cells: Iterable[tuple[int, int]]) -> pl.DataFrame:
    """The frame with NO_RESULT in these cells; a reader may have dropped rows that hold nothing else."""
    places: dict[int, list[int]] = defaultdict(list)
    for column, row in cells:
        if 0 <= column - first_column < frame.width:
            places[column - first_column].append(row - 1)
    last = max((max(rows) for rows in places.values()), default=-1)
    if last >= frame.height:
        frame = pl.concat([frame, frame.clear(last + 1 - frame.height)])
    return frame.with_columns(
        frame.to_series(index).clone().scatter(rows, [NO_RESULT] * len(rows)) for index, rows in places.items()
    )


def refusal(cells: Collection[tuple[int, int]], sheet: str) -> WorkbookRefusedError:
    """Say which cells they are and what to do."""
    named = "、".join(f"{letters_of(column)}{row}" for column, row in list(cells)[:_SHOWN])
    return WorkbookRefusedError(
        f"表“{sheet}”有 {len(cells)} 个公式没有保存计算结果({named}{'等' if len(cells) > _SHOWN else ''}),"
        "请在 Excel 或 WPS 中打开,保存后重新上传(或粘贴为数值)。"
    )
