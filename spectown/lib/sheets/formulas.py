"""Formulas whose result was never stored: written by programmes, never opened in Excel. A reader sees them as blank."""

import re
from collections.abc import Collection

from spectown.lib.excel.faults import WorkbookRefusedError
from spectown.lib.sheets.overlay import Blocks
from spectown.lib.sheets.scan import UNSAVED, letters_of, place_of

_REFERENCE = re.compile(rb'\br="([A-Z]+\d+)"')
_SHOWN = 5


def unsaved_cells(blocks: Blocks) -> tuple[tuple[int, int], ...]:
    """Return (column, row) from 1 of every cell whose formula has no stored result."""
    cells = (match[0] for block in blocks() for match in UNSAVED.finditer(block))
    return tuple(place_of(found[1].decode()) for cell in cells if (found := _REFERENCE.search(cell)))


def refusal(cells: Collection[tuple[int, int]], sheet: str) -> WorkbookRefusedError:
    """Say which cells they are and what to do."""
    shown = "、".join(f"{letters_of(column)}{row}" for column, row in list(cells)[:_SHOWN])
    return WorkbookRefusedError(
        f"表“{sheet}”有 {len(cells)} 个公式没有保存计算结果({shown}{'等' if len(cells) > _SHOWN else ''}),"
        "请在 Excel 或 WPS 中打开,保存后重新上传(或粘贴为数值)。"
    )
