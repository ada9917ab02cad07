"""Tables of the .docx: real Word tables with fixed columns, spanning cells and head rows that repeat."""

from collections.abc import Iterator

from spectown.core.officialdoc.blocks import Align, Table
from spectown.core.officialdoc.geometry import Face
from spectown.core.officialdoc.grid import Place, Row, align_of, places
from spectown.core.officialdoc.texts import runs
from spectown.lib.officialdoc.docx import styles as s
from spectown.lib.officialdoc.docx import xml
from spectown.lib.officialdoc.docx.styles import IDS

EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
BORDERS = "".join(f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for edge in EDGES)
MARGINS = "".join(f'<w:{side} w:w="68" w:type="dxa"/>' for side in ("left", "right"))
KEPT_ROWS = 2
IN_CELL = f'<w:pStyle w:val="{IDS[s.CELL.name]}"/>'
JC = {Align.JUSTIFY: "both", Align.LEFT: "left", Align.CENTER: "center", Align.RIGHT: "right"}


def table(part: Table, room: int, keep: bool = False) -> str:
    """Caption, unit and the table over `room` twips; `keep`: its last two rows stay on the page of what follows."""
    size = _size(part)
    above = xml.text(s.CAPTION, part.caption) if part.caption else ""
    if part.unit:
        above += xml.paragraph(s.CELL, xml.run(part.unit, size), '<w:keepNext/><w:jc w:val="right"/>')
    shares = sum(part.widths)
    columns = [round(room * share / shares) for share in part.widths]
    grid = "".join(f'<w:gridCol w:w="{column}"/>' for column in columns)
    body = list(_rows(part, columns, part.rows, False))
    if keep:
        body[-KEPT_ROWS:] = [row.replace(IN_CELL, f"{IN_CELL}{xml.KEEP}") for row in body[-KEPT_ROWS:]]
    rows = "".join([*_rows(part, columns, part.head, True), *body])
    return (
        f'{above}<w:tbl><w:tblPr><w:tblW w:w="{sum(columns)}" w:type="dxa"/><w:tblBorders>{BORDERS}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{MARGINS}</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{rows}</w:tbl>"
    )


def _rows(part: Table, columns: list[int], rows: tuple[Row, ...], heads: bool) -> Iterator[str]:
    grid: list[dict[int, tuple[Place, bool]]] = [{} for _ in rows]
    for place in places(rows):
        for down in range(place.cell.rows):
            grid[place.row + down][place.column] = (place, down > 0)
    height = f'<w:trHeight w:val="{s.twips(part.row_mm)}" w:hRule="atLeast"/>' if part.row_mm else ""
    properties = f"<w:trPr><w:cantSplit/>{height}{'<w:tblHeader/>' if heads else ''}</w:trPr>"
    for row in grid:
        cells = (_cell(part, columns, *row[column], heads) for column in sorted(row))
        yield f"<w:tr>{properties}{''.join(cells)}</w:tr>"


def _cell(part: Table, columns: list[int], place: Place, covered: bool, heads: bool) -> str:
    cell = place.cell
    wide = sum(columns[place.column : place.column + cell.columns])
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    merge = "<w:vMerge/>" if covered else '<w:vMerge w:val="restart"/>' if cell.rows > 1 else ""
    face = Face.HEITI if heads else Face.FANGSONG
    align = cell.align or Align.CENTER if heads else align_of(part, place)
    content = "" if covered else xml.stretches(s.CELL, runs(cell.text, face), _size(part))
    inner = xml.paragraph(s.CELL, content, f'{_line(part)}<w:jc w:val="{JC[align]}"/>')
    properties = f'<w:tcW w:w="{wide}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/>'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def _size(part: Table) -> str:
    if part.size_pt is None:
        return ""
    return f'<w:sz w:val="{round(part.size_pt * 2)}"/><w:szCs w:val="{round(part.size_pt * 2)}"/>'


def _line(part: Table) -> str:
    line = s.CELL.line if part.size_pt is None else s.round_pt(part.size_pt * 1.5)
    return f'<w:spacing w:before="50" w:after="50" w:line="{line}" w:lineRule="exact"/>'
