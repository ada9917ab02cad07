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
    lines = _number_lines(part)
    points = round(g.RULE_BELOW_NUMBER / g.MM_PER_PT)
    rule = xml.border("bottom", "single", round(g.RED_RULE_PT * 8), points)
    low = s.LINE - ABOVE_AND_BELOW
    tight = f'<w:spacing w:before="0" w:after="{points * 20 - ABOVE_AND_BELOW}" w:line="{low}" w:lineRule="exact"/>'
    done = [xml.paragraph(s.NUMBER, content, _ordered("", tabs, "", rest)) for content, tabs, rest in lines[:-1]]
    content, tabs, rest = lines[-1]
    return "".join(done) + xml.paragraph(s.NUMBER, content, _ordered(rule, tabs, tight, rest))


def _ordered(border: str, tabs: str, spacing: str, rest: str) -> str:
    return border + tabs + spacing + rest


def _number_lines(part: Head) -> list[tuple[str, str, str]]:
    """Content, tab stops and alignment of each line."""
    indent = f'<w:ind w:left="{s.characters(1)}" w:right="{s.characters(1)}"/><w:jc w:val="left"/>'
    edge = f'<w:tabs><w:tab w:val="right" w:pos="{s.characters(g.CHARACTERS - 1)}"/></w:tabs>'
    lines = _signed_lines(part, indent) if part.signers else [(xml.run(part.number), "", "")]
    if part.left or part.right:
        lines.append((xml.run(part.left) + xml.TAB + xml.run(part.right), edge, indent))
    return lines


def _signed_lines(part: Head, indent: str) -> list[tuple[str, str, str]]:
    pairs = [part.signers[at : at + 2] for at in range(0, len(part.signers), 2)]
    names = ["\u3000".join(pair) for pair in pairs]
    indent = indent.replace(f'w:right="{s.characters(1)}"', 'w:right="0"')  # room for fonts with wider characters
    start = g.CHARACTERS - 1 - max(map(width, names)) - width(SIGNED_BY)
    stops = "".join(f'<w:tab w:val="left" w:pos="{s.characters(at)}"/>' for at in (start, start + width(SIGNED_BY)))
    kai = s.fonts_xml(g.Face.KAITI)
    lines = []
    for n, name in enumerate(names):
        number = xml.run(part.number) if n == len(names) - 1 else ""
        label = xml.run(SIGNED_BY) if n == 0 else ""
        lines.append((number + xml.TAB + label + xml.TAB + xml.run(name, kai), f"<w:tabs>{stops}</w:tabs>", indent))
    return lines
