"""A fact of cells in an own template: in place of the field's paragraph stands a whole table with its headings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy

from lxml import etree

from spectown.core.documentkinds.cells import columns
from spectown.core.officialdoc.blocks import Align
from spectown.core.officialdoc.geometry import TYPE_AREA
from spectown.lib.officialdoc.docx.styles import twips
from spectown.lib.officialdoc.docx.tables import EDGES, JC
from spectown.lib.officialdoc.own.markup import Tree, W
from spectown.lib.officialdoc.own.text import Line

Texts = Sequence[str]


def put_table(line: Line, head: Texts, rows: Sequence[Texts]) -> Iterator[Line]:
    """Put the table before the field's paragraph; the paragraphs of its cells, whose text is already there.

    Text looks like the field's, its headings bold; the table is as wide as the text of its page.
    """
    widths, aligns = columns(head, rows)
    room = _room(line.paragraph)
    grid = [round(room * each / sum(widths)) for each in widths]
    table = _made("tbl")
    table.append(_properties(sum(grid)))
    table.append(_made("tblGrid", *(_made("gridCol", w=str(each)) for each in grid)))
    line.paragraph.addprevious(table)
    for number, texts in enumerate([head, *rows]):
        row = _made("tr", _made("trPr", _made("cantSplit"), *([] if number else [_made("tblHeader")])))
        table.append(row)
        for text, wide, align in zip(texts, grid, aligns, strict=True):
            paragraph = _paragraph(line, text, align if number else Align.CENTER, bold=not number)
            row.append(_made("tc", _made("tcPr", _made("tcW", w=str(wide), type="dxa")), paragraph))
            yield Line(paragraph)


def _made(name: str, *children: Tree, **values: str) -> Tree:
    element = etree.Element(f"{W}{name}", {f"{W}{key}": value for key, value in values.items()})
    element.extend(children)
    return element


def _properties(wide: int) -> Tree:
    edges = [_made(edge, val="single", sz="4", space="0", color="000000") for edge in EDGES]
    margins = [_made(side, w="68", type="dxa") for side in ("left", "right")]
    return _made(
        "tblPr",
        _made("tblW", w=str(wide), type="dxa"),
        _made("tblBorders", *edges),
        _made("tblLayout", type="fixed"),
        _made("tblCellMar", *margins),
    )


def _paragraph(line: Line, text: str, align: Align, *, bold: bool) -> Tree:
    style = line.paragraph.find(f"{W}pPr/{W}pStyle")
    properties = _made(
        "pPr",
        *([] if style is None else [deepcopy(style)]),
        _made("spacing", before="40", after="40", line="240", lineRule="auto"),
        _made("ind", left="0", right="0", firstLine="0", firstLineChars="0"),
        _made("jc", val=JC[align]),
    )
    looks = line.pieces[0].node.getparent().find(f"{W}rPr")
    looks = _made("rPr") if looks is None else deepcopy(looks)
    if bold and looks.find(f"{W}b") is None:
        looks.insert(sum(child.tag in (f"{W}rStyle", f"{W}rFonts") for child in looks), _made("b"))
    written = _made("t")
    written.text = text
    return _made("p", properties, _made("r", looks, written))


def _room(paragraph: Tree) -> int:
    """Width of the text of the page on which a paragraph of the body stands, in twentieths of a point."""
    sections = paragraph.xpath("following::w:sectPr", namespaces={"w": W[1:-1]})
    size, margins = (sections[0].find(f"{W}{name}") if sections else None for name in ("pgSz", "pgMar"))
    if size is None or margins is None:
        return twips(TYPE_AREA[0])
    sides = (float(margins.get(f"{W}{side}") or 0) for side in ("left", "right", "gutter"))
    return max(int(float(size.get(f"{W}w") or 0) - sum(sides)), 1000)
