"""版记 of the .docx: a text box on the lower edge of the 版心 of the page where the document ends.

The box lies over an empty paragraph of its own height, the last of the document: where that has no room the page ends
before it, so that box and text never meet. (Floating tables push rows about; LibreOffice even loses its way.)
"""

from spectown.core.officialdoc import geometry as g
from spectown.core.officialdoc import wording
from spectown.core.officialdoc.tree import Document, Format
from spectown.core.officialdoc.widths import lines, width
from spectown.lib.officialdoc.docx import styles as s
from spectown.lib.officialdoc.docx import xml
from spectown.lib.officialdoc.docx.shapes import text_box

ROOM = s.twips(g.TYPE_AREA[0])
ONE = s.round_pt(g.SMALL_PT)  # a character of 4号
THICK, THIN = (max(2, round(mm / g.MM_PER_PT * 8)) for mm in (g.THICK_RULE, g.THIN_RULE))  # eighths of a point
RULE_LINE = 20  # twips


def imprint(document: Document, moved: bool) -> str:
    """The paragraph with the box; empty where there is no 版记."""
    rows = _rows(document, moved)
    if not rows:
        return ""
    ruled = document.format is not Format.LETTER
    rules = (len(rows) + 1) * RULE_LINE if ruled else 0
    height = sum(count for _, count in rows) * s.SMALL.line + rules
    content = _ruled([text for text, _ in rows]) if ruled else "".join(text for text, _ in rows)
    spacing = f'<w:keepLines/><w:spacing w:before="0" w:after="0" w:line="{height}" w:lineRule="exact"/>'
    box = text_box(g.LEFT, g.TYPE_AREA[0], height / s.TWIPS_PER_MM, content)
    return xml.paragraph(s.FLUSH, box, spacing)


def _ruled(rows: list[str]) -> str:
    return _rule(THICK) + _rule(THIN).join(rows) + _rule(THICK)


def _rule(eighths: int) -> str:
    border = f'<w:pBdr><w:bottom w:val="single" w:sz="{eighths}" w:space="0" w:color="000000"/></w:pBdr>'
    spacing = f'<w:spacing w:before="0" w:after="0" w:line="{RULE_LINE}" w:lineRule="exact"/>'
    return xml.paragraph(s.SMALL, "", border + spacing)


def _rows(document: Document, moved: bool) -> list[tuple[str, int]]:
    """Paragraphs between two lines, and how many lines of text they take."""
    part = document.imprint
    copies = part.copies if part else ()
    listed = [(wording.SENT_TO, document.recipients)] if moved else []
    listed += [(wording.COPIED_TO, copies)] if copies else []
    rows = [_listed(listed)] if listed else []
    if part and (part.printer or part.printed_on):
        rows.append((_printed(part.printer, wording.printed_line(part)), 1))
    return rows


def _listed(lists: list[tuple[str, tuple[str, ...]]]) -> tuple[str, int]:
    content, count = "", 0
    for label, names in lists:
        hang = round(width(label) * ONE)
        indent = f'<w:ind w:left="{ONE + hang}" w:right="{ONE}" w:hanging="{hang}"/>'
        text = wording.copies_line(names)
        content += xml.paragraph(s.SMALL, xml.run(label + text), f'{indent}<w:jc w:val="both"/>')
        count += lines(text, (ROOM - hang) // ONE - 2)
    return content, count


def _printed(printer: str, day: str) -> str:
    stop = f'<w:tabs><w:tab w:val="right" w:pos="{ROOM - ONE}"/></w:tabs>'
    return xml.paragraph(s.SMALL, xml.run(printer) + xml.TAB + xml.run(day), f'{stop}<w:ind w:left="{ONE}"/>')
