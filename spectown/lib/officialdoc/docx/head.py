"""版头 of the .docx: classification, red mark, number, signers, red line; and the head of a letter."""

from spectown.core.officialdoc import geometry as g
from spectown.core.officialdoc.placing import Mark, mark, mark_room
from spectown.core.officialdoc.tree import Document, Format, Head
from spectown.core.officialdoc.widths import width
from spectown.core.officialdoc.wording import SIGNED_BY
from spectown.lib.officialdoc.docx import styles as s
from spectown.lib.officialdoc.docx import xml
from spectown.lib.officialdoc.docx.headlines import classified, mark_line
from spectown.lib.officialdoc.docx.letter import letter_head

LINE_MM = s.LINE / s.TWIPS_PER_MM
ABOVE_AND_BELOW = (s.LINE - s.round_pt(g.BODY_PT)) // 2  # free twips around the characters of a line


def head(document: Document) -> str:
    """Everything above the title."""
    if document.head is None or document.format is Format.FORM:
        return ""
    if document.format is Format.LETTER:
        return letter_head(document.head)
    return _document(document.head)


def _document(part: Head) -> str:
    rows = classified(part)
    before = s.twips(g.MARK_TOP) - 3 * s.LINE
    rows += [xml.blank(s.FLUSH)] * (3 - len(rows))
    return "".join(rows) + _marks(part, before) + xml.blank(s.FLUSH, 2) + _numbers(part) + xml.blank(s.FLUSH, 2)


def _marks(part: Head, before: int) -> str:
    fitted = mark(max(part.organs, key=width) + part.suffix, mark_room(len(part.organs)))
    if len(part.organs) == 1:
        return mark_line(part.organs[0] + part.suffix, fitted, before)
    return _joint(part, fitted, before)


def _joint(part: Head, fitted: Mark, before: int) -> str:
    """Names below each other, spread to one width, and the suffix at their right."""
    one = fitted.size_pt * fitted.stretch * 20
    left = round((max(map(width, part.organs)) + 0.3) * one)
    right = round((width(part.suffix) + 0.3) * one)
    gap = s.twips(3)
    names = "".join(mark_line(o, fitted, gap if n else 0, "distribute") for n, o in enumerate(part.organs))
    cells = _cell(left, names) + _cell(right, mark_line(part.suffix, fitted, 0))
    space = xml.paragraph(s.FLUSH, "", f'<w:spacing w:before="0" w:after="0" w:line="{before}" w:lineRule="exact"/>')
    return (
        f'{space}<w:tbl><w:tblPr><w:tblW w:w="{left + right}" w:type="dxa"/><w:jc w:val="center"/>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
        f'</w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w="{left}"/><w:gridCol w:w="{right}"/></w:tblGrid>'
        f"<w:tr>{cells}</w:tr></w:tbl>"
    )


def _cell(wide: int, content: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{content}</w:tc>'


def _numbers(part: Head) -> str:
    """Number and signers; below the last line, 4 mm from its characters, the red line."""
    lines = _signed(part) if part.signers else [xml.text(s.NUMBER, part.number)]
    if part.left or part.right:
        content = xml.run(part.left) + xml.TAB + xml.run(part.right)
        lines.append(_tabbed(content, "right", g.CHARACTERS - 1))
    return "".join(lines) + _red_line()


def _red_line() -> str:
    """A paragraph of one point with the line below it; a border of the number's own would follow its indent."""
    before = s.twips(g.RULE_BELOW_NUMBER) - ABOVE_AND_BELOW - 20
    spacing = f'<w:spacing w:before="{before}" w:after="0" w:line="20" w:lineRule="exact"/>'
    return xml.paragraph(s.FLUSH, "", xml.border("bottom", "single", round(g.RED_RULE_PT * 8), 0) + spacing)


def _signed(part: Head) -> list[str]:
    """Two signers a line, later lines below the first name; the number on the last line."""
    pairs = [part.signers[at : at + 2] for at in range(0, len(part.signers), 2)]
    names = ["\u3000".join(pair) for pair in pairs]
    start = g.CHARACTERS - 1 - max(map(width, names)) - width(SIGNED_BY)
    lines = []
    for n, name in enumerate(names):
        number = xml.run(part.number) if n == len(names) - 1 else ""
        label = xml.run(SIGNED_BY) if n == 0 else ""
        content = number + xml.TAB + label + xml.run(name, s.fonts_xml(g.Face.KAITI))
        lines.append(_tabbed(content, "left", start if n == 0 else start + width(SIGNED_BY)))
    return lines


def _tabbed(content: str, kind: str, at: float) -> str:
    """A line that begins one character in and goes on at a tab stop."""
    stop = f'<w:tabs><w:tab w:val="{kind}" w:pos="{s.characters(at)}"/></w:tabs>'
    return xml.paragraph(s.NUMBER, content, f'{stop}<w:ind w:left="{s.characters(1)}"/><w:jc w:val="left"/>')
