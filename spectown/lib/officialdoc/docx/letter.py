"""The head and the lower line of a letter (10.1), fixed to the page."""

from spectown.core.officialdoc import geometry as g
from spectown.core.officialdoc.placing import mark
from spectown.core.officialdoc.tree import Head
from spectown.lib.officialdoc.docx import styles as s
from spectown.lib.officialdoc.docx import xml
from spectown.lib.officialdoc.docx.headlines import classified, mark_line
from spectown.lib.officialdoc.docx.shapes import Box, bar

RULE = 18  # eighths of a point: the double line
GAP = 0.5  # mm between the two lines
SIDE = g.LEFT - (g.LETTER_RULE_LENGTH - g.TYPE_AREA[0]) / 2


def letter_head(part: Head) -> str:
    """Mark and double line; below them the classification at the left and the number at the right edge."""
    text = part.organs[0] + part.suffix
    points = round(g.LETTER_RULE_BELOW_MARK / g.MM_PER_PT)
    above = _frame(g.LETTER_MARK_TOP) + xml.border("bottom", "thickThinSmallGap", RULE, points)
    stop = f'<w:tabs><w:tab w:val="right" w:pos="{s.twips(g.TYPE_AREA[0])}"/></w:tabs>'
    number = xml.TAB + xml.run(part.number)
    rows = classified(part) or [xml.paragraph(s.FLUSH)]
    rows[0] = rows[0].replace("</w:pPr>", f"{stop}</w:pPr>", 1).replace("</w:p>", f"{number}</w:p>")
    return mark_line(text, mark(text), 0, extra=above) + "".join(rows) + xml.blank(s.FLUSH, 2)


def letter_rule() -> str:
    """The double line, thin and thick, 20 mm above the lower edge of the first page."""
    end = g.PAGE[1] - g.LETTER_RULE_FROM_BOTTOM
    thin, thick = 0.5 * g.MM_PER_PT, 1.5 * g.MM_PER_PT
    boxes = (
        Box(SIDE, end - thick - GAP - thin, g.LETTER_RULE_LENGTH, thin, 3),
        Box(SIDE, end - thick, g.LETTER_RULE_LENGTH, thick, 4),
    )
    return xml.paragraph(s.PAGE_NUMBER, "".join(bar(box, g.RED) for box in boxes))


def _frame(top: float) -> str:
    return (
        f'<w:framePr w:w="{s.twips(g.LETTER_RULE_LENGTH)}" w:hSpace="0" w:wrap="notBeside" w:vAnchor="page" '
        f'w:hAnchor="page" w:x="{s.twips(SIDE)}" w:y="{s.twips(top)}"/>'
    )
