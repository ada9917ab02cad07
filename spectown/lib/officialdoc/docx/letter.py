"""The head and the lower line of a letter (10.1), in frames fixed to the page."""

from spectown.core.officialdoc import geometry as g
from spectown.core.officialdoc.placing import mark
from spectown.core.officialdoc.tree import Head
from spectown.lib.officialdoc.docx import styles as s
from spectown.lib.officialdoc.docx import xml
from spectown.lib.officialdoc.docx.headlines import classified, mark_line

RULE = 18  # eighths of a point: the double line
SIDE = g.LEFT - (g.LETTER_RULE_LENGTH - g.TYPE_AREA[0]) / 2


def letter_head(part: Head) -> str:
    """Mark and double line; below them the classification at the left and the number at the right edge."""
    text = part.organs[0] + part.suffix
    points = round(g.LETTER_RULE_BELOW_MARK / g.MM_PER_PT)
    above = _frame(g.LETTER_MARK_TOP, "notBeside") + xml.border("bottom", "thickThinSmallGap", RULE, points)
    stop = f'<w:tabs><w:tab w:val="right" w:pos="{s.twips(g.TYPE_AREA[0])}"/></w:tabs>'
    number = xml.TAB + xml.run(part.number)
    rows = classified(part) or [xml.paragraph(s.FLUSH)]
    rows[0] = rows[0].replace("</w:pPr>", f"{stop}</w:pPr>", 1).replace("</w:p>", f"{number}</w:p>")
    return mark_line(text, mark(text), 0, extra=above) + "".join(rows) + xml.blank(s.FLUSH, 2)


def letter_rule() -> str:
    """The double line 20 mm above the lower edge of the first page."""
    rule = xml.border("top", "thinThickSmallGap", RULE, 0)
    line = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    return xml.paragraph(s.PAGE_NUMBER, "", _frame(g.PAGE[1] - g.LETTER_RULE_FROM_BOTTOM, "around") + rule + line)


def _frame(top: float, wrap: str) -> str:
    return (
        f'<w:framePr w:w="{s.twips(g.LETTER_RULE_LENGTH)}" w:hSpace="0" w:wrap="{wrap}" w:vAnchor="page" '
        f'w:hAnchor="page" w:x="{s.twips(SIDE)}" w:y="{s.twips(top)}"/>'
    )
