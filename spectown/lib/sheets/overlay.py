"""What a reader of values loses: errors, percent signs, digits that Excel rounded away, merges, hidden rows.

Each is looked up in the XML of a sheet only when the facts or the values say that it is there.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable

import polars as pl

from spectown.lib.sheets.marks import Facts
from spectown.lib.sheets.scan import place_of

Blocks = Callable[[], Iterable[bytes]]
Cells = dict[int, list[int]]  # column -> rows, both from 1
_CONTENT = rb'<c (?:[^>]*[ ])?r="([A-Z]+)(\d+)"[^>]*(?<!/)>\s*<[vif]'
_ERROR = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*\bt="e"[^>]*>(?:<f\b[^>]*/>|<f\b[^>]*>[^<]*</f>)?<v>([^<]*)</v>')
_LONG = re.compile(rb'<c r="([A-Z]+)(\d+)"(?![^>]*\bt="(?:s|str|inlineStr)")[^>]*>(?:<f\b[^>]*>[^<]*</f>)?'
                   rb"<v>(?:\d{16,}(?:\.0*)?|\d(?:\.\d+)?[eE]\+?\d+)</v>")  # fmt: skip
_PERCENT_IDS = {9, 10}
_SHOWN = 10


def first_column(frame: pl.DataFrame, blocks: Blocks) -> int | None:
    """Find which column of the file the frame begins with: the reader drops empty columns on the left."""
    for row, values in enumerate(frame.head(1000).iter_rows(), start=1):
        held = [index for index, value in enumerate(values) if value is not None]
        if held:
            return _aligned(held, _valued(row, blocks))
    return None


def _valued(row: int, blocks: Blocks) -> list[int]:
    pattern, found = re.compile(_CONTENT.replace(rb"(\d+)", b"(%d)" % row)), list[int]()
    for block in blocks():
        found += [place_of(f"{match[1].decode()}1")[0] for match in pattern.finditer(block)]
        if found and b"</sheetData>" not in block and b'<row r="%d"' % (row + 1) in block:
            break
    return found


def _aligned(held: list[int], valued: list[int]) -> int | None:
    for start in (column - held[0] for column in valued):
        if start >= 1 and {start + index for index in held} <= set(valued):
            return start
    return None


def error_cells(blocks: Blocks) -> dict[tuple[int, int], str]:
    """Return (column, row) -> text of every cell whose formula failed."""
    return {
        (place_of(f"{match[1].decode()}1")[0], int(match[2])): match[3].decode()
        for block in blocks()
        for match in _ERROR.finditer(block)
    }


def long_numbers(blocks: Blocks) -> Cells:
    """Return the cells that hold a number of 16 digits or more: Excel keeps 15 and makes zeros of the rest."""
    return _by_column(match for block in blocks() for match in _LONG.finditer(block))


def percent_cells(blocks: Blocks, styles: Iterable[int]) -> Cells:
    """Return the cells that are shown with a percent sign."""
    numbers = b"|".join(b"%d" % style for style in styles)
    pattern = re.compile(rb'<c r="([A-Z]+)(\d+)"(?=[^>]* s="(?:' + numbers + rb')")[^>]*>(?:<f\b[^>]*>[^<]*</f>)?<v>')
    return _by_column(match for block in blocks() for match in pattern.finditer(block))


def _by_column(matches: Iterable[re.Match[bytes]]) -> Cells:
    cells: dict[bytes, list[int]] = defaultdict(list)
    for match in matches:
        cells[match[1]].append(int(match[2]))
    return {place_of(f"{letters.decode()}1")[0]: rows for letters, rows in cells.items()}


def percent_styles(styles: bytes) -> tuple[int, ...]:
    """Return the numbers of the cell styles that show a percent sign (styles.xml)."""
    own = {
        int(match[1])
        for tag in re.findall(rb"<numFmt\b[^>]*>", styles)
        if (match := re.search(rb'numFmtId="(\d+)"', tag))
        and b"%" in (re.search(rb'formatCode="([^"]*)"', tag) or [b"", b""])[1]
    }
    cells = re.search(rb"<cellXfs\b.*?</cellXfs>", styles, re.DOTALL)
    formats = [int(number) for number in re.findall(rb'<xf\b[^>]*?\bnumFmtId="(\d+)"', cells[0])] if cells else []
    return tuple(index for index, number in enumerate(formats) if number in own | _PERCENT_IDS)


def notices(facts: Facts) -> list[str]:
    """Say what the reader of the preview should know about hidden rows and formulas (without result: a fault each)."""
    said, rows = [], facts.hidden_rows
    if rows:
        shown = "、".join(map(str, rows[:_SHOWN])) + ("等" if len(rows) > _SHOWN else "")
        said.append(f"有 {len(rows)} 个隐藏行(第 {shown} 行),同样会读取;不需要的请删除后重新上传。")
    if facts.formulas > facts.unsaved:
        said.append(f"有 {facts.formulas - facts.unsaved} 个公式,按文件保存时的计算结果读取。")
    return said
