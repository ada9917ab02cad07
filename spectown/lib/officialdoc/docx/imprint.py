"""版记 of the .docx: a floating table at the lower edge of the 版心 of the page where the document ends."""

from spectown.core.officialdoc import geometry as g
from spectown.core.officialdoc import wording
from spectown.core.officialdoc.tree import Document, Format
from spectown.core.officialdoc.widths import width
from spectown.lib.officialdoc.docx import styles as s
from spectown.lib.officialdoc.docx import xml

ROOM = s.twips(g.TYPE_AREA[0])
ONE = s.round_pt(g.SMALL_PT)  # a character of 4号
PLACE = (  # fixed to the page's edge at the left: LibreOffice lets a table of the text's width float only then
    '<w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin" w:horzAnchor="page" '
    f'w:tblpX="{s.twips(g.LEFT)}" w:tblpYSpec="bottom"/>'
)
THICK, THIN = (max(2, round(mm / g.MM_PER_PT * 8)) for mm in (g.THICK_RULE, g.THIN_RULE))  # eighths of a point
ANCHOR = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'


def imprint(document: Document, moved: bool) -> str:
    """The table and the paragraph it is tied to; empty where there is none."""
    rows = _rows(document, moved)
    if not rows:
        return ""
    ruled = document.format is not Format.LETTER
    anchor = xml.paragraph(s.FLUSH, "", ANCHOR)
    return (
        f'{anchor}<w:tbl><w:tblPr>{PLACE}<w:tblOverlap w:val="never"/><w:tblW w:w="{ROOM}" w:type="dxa"/>'
        f'<w:tblBorders>{_borders() if ruled else ""}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        f'<w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{ROOM}"/></w:tblGrid>{"".join(map(_row, rows))}</w:tbl>{anchor}'
    )


def _borders() -> str:
    sizes = {"top": THICK, "bottom": THICK, "insideH": THIN}
    return "".join(f'<w:{e} w:val="single" w:sz="{n}" w:space="0" w:color="000000"/>' for e, n in sizes.items())


def _row(content: str) -> str:
    cell = f'<w:tc><w:tcPr><w:tcW w:w="{ROOM}" w:type="dxa"/></w:tcPr>{content}</w:tc>'
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cell}</w:tr>"


def _rows(document: Document, moved: bool) -> list[str]:
    part = document.imprint
    listed = _listed(wording.SENT_TO, document.recipients) if moved else ""
    listed += _listed(wording.COPIED_TO, part.copies) if part and part.copies else ""
    rows = [listed] if listed else []
    if part and (part.printer or part.printed_on):
        rows.append(_printed(part.printer, wording.printed_line(part)))
    return rows


def _listed(label: str, names: tuple[str, ...]) -> str:
    hang = round(width(label) * ONE)
    indent = f'<w:ind w:left="{ONE + hang}" w:right="{ONE}" w:hanging="{hang}"/>'
    return xml.paragraph(s.SMALL, xml.run(label + wording.copies_line(names)), f'{indent}<w:jc w:val="both"/>')


def _printed(printer: str, day: str) -> str:
    stop = f'<w:tabs><w:tab w:val="right" w:pos="{ROOM - ONE}"/></w:tabs>'
    return xml.paragraph(s.SMALL, xml.run(printer) + xml.TAB + xml.run(day), f'{stop}<w:ind w:left="{ONE}"/>')
