"""Page numbers, outside the 版心."""

from spectown.core.officialdoc import geometry as g
from spectown.core.officialdoc.geometry import Face
from spectown.lib.officialdoc.docx import styles as s
from spectown.lib.officialdoc.docx import xml
from spectown.lib.officialdoc.docx.shapes import Box, vertical_text

DASH = "—"
WIDE, LONG = 8.0, 30.0  # mm: the box of a turned page number


def page_number(*, odd: bool) -> str:
    """— 1 — one character from the right edge on odd pages, from the left edge on even ones (7.5)."""
    one = s.round_pt(g.SMALL_PT)
    side, align = ("right", "right") if odd else ("left", "left")
    return xml.paragraph(s.PAGE_NUMBER, _number(), f'<w:ind w:{side}="{one}"/><w:jc w:val="{align}"/>')


def landscape_number(*, odd: bool) -> str:
    """The number where the portrait page has it, turned with the sheet: a box of vertical text fixed to the page."""
    one = g.SMALL_PT * g.MM_PER_PT
    left = g.BOTTOM - g.PAGE_NUMBER_BELOW - WIDE / 2
    top = g.PAGE[0] - g.RIGHT - one - LONG if odd else g.LEFT + one
    inner = xml.paragraph(s.PAGE_NUMBER, _number(), f'<w:jc w:val="{"right" if odd else "left"}"/>')
    return xml.paragraph(s.PAGE_NUMBER, vertical_text(Box(left, top, WIDE, LONG, 1 if odd else 2), inner))


def _number() -> str:
    return xml.run(f"{DASH} ") + xml.field("PAGE", s.fonts_xml(Face.SONGTI)) + xml.run(f" {DASH}")
