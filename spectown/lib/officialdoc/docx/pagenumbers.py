"""Page numbers, outside the 版心."""

from spectown.core.officialdoc import geometry as g
from spectown.core.officialdoc.geometry import Face
from spectown.lib.officialdoc.docx import styles as s
from spectown.lib.officialdoc.docx import xml

EMU = 36000  # a millimetre
DASH = "—"
BOX = (8.0, 30.0)  # mm: width and height of the box with a turned page number


def page_number(*, odd: bool) -> str:
    """— 1 — one character from the right edge on odd pages, from the left edge on even ones (7.5)."""
    one = s.round_pt(g.SMALL_PT)
    side, align = ("right", "right") if odd else ("left", "left")
    return xml.paragraph(s.PAGE_NUMBER, _number(), f'<w:ind w:{side}="{one}"/><w:jc w:val="{align}"/>')


def landscape_number(*, odd: bool) -> str:
    """The number where the portrait page has it, turned with the sheet: a box of vertical text fixed to the page."""
    one = g.SMALL_PT * g.MM_PER_PT
    left = g.BOTTOM - g.PAGE_NUMBER_BELOW - BOX[0] / 2
    top = g.PAGE[0] - g.RIGHT - one - BOX[1] if odd else g.LEFT + one
    inner = xml.paragraph(s.PAGE_NUMBER, _number(), f'<w:jc w:val="{"right" if odd else "left"}"/>')
    drawing = (
        '<w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" '
        'locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{round(left * EMU)}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{round(top * EMU)}</wp:posOffset></wp:positionV>'
        f'{_size("wp:extent")}<wp:wrapNone/><wp:docPr id="{1 if odd else 2}" name="页码"/><wp:cNvGraphicFramePr/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"{_box(inner)}</a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )
    run = f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice></mc:AlternateContent></w:r>'
    return xml.paragraph(s.PAGE_NUMBER, run)


def _box(inner: str) -> str:
    return (
        f'<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/>{_size("a:ext")}</a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx>"
        '<wps:bodyPr vert="vert" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"><a:noAutofit/></wps:bodyPr></wps:wsp>'
    )


def _number() -> str:
    return xml.run(f"{DASH} ") + xml.field("PAGE", s.fonts_xml(Face.SONGTI)) + xml.run(f" {DASH}")


def _size(tag: str) -> str:
    return f'<{tag} cx="{round(BOX[0] * EMU)}" cy="{round(BOX[1] * EMU)}"/>'
