"""Shapes fixed to the page, in DrawingML: a box of vertical text, a red bar."""

from dataclasses import dataclass

EMU = 36000  # a millimetre
NAMES = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
INSETS = 'lIns="0" tIns="0" rIns="0" bIns="0"'


@dataclass(frozen=True, slots=True)
class Box:
    """A place on the page in mm: left and upper edge, width and height; `number` tells shapes of a part apart."""

    left: float
    top: float
    width: float
    height: float
    number: int

    def size(self, tag: str) -> str:
        """Width and height as an element."""
        return f'<{tag} cx="{round(self.width * EMU)}" cy="{round(self.height * EMU)}"/>'


def vertical_text(box: Box, paragraphs: str) -> str:
    """A run with text that reads downwards."""
    return _anchored(box, "页码", "<a:noFill/>", _text(paragraphs, 'vert="vert" anchor="ctr"'))


def text_box(left: float, width: float, height: float, paragraphs: str) -> str:
    """A run with a box of text on the lower edge of the page's text."""
    body = _text(paragraphs, 'anchor="b"')
    return _anchored(Box(left, 0, width, height, 5), "版记", "<a:noFill/>", body, "<wp:align>bottom</wp:align>")


def bar(box: Box, color: str) -> str:
    """A run with a filled bar."""
    return _anchored(box, "横线", f'<a:solidFill><a:srgbClr val="{color}"/></a:solidFill>', f"<wps:bodyPr {INSETS}/>")


def _text(paragraphs: str, how: str) -> str:
    content = f"<wps:txbx><w:txbxContent>{paragraphs}</w:txbxContent></wps:txbx>"
    return f"{content}<wps:bodyPr {INSETS} {how}><a:noAutofit/></wps:bodyPr>"


def _anchored(box: Box, name: str, fill: str, body: str, align: str = "") -> str:
    """A shape at its place on the page; `align` puts it to an edge of the text instead of a height."""
    geometry = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    shape = (
        f'<wps:wsp><wps:cNvSpPr/><wps:spPr><a:xfrm><a:off x="0" y="0"/>{box.size("a:ext")}</a:xfrm>{geometry}{fill}'
        f"<a:ln><a:noFill/></a:ln></wps:spPr>{body}</wps:wsp>"
    )
    height = f"<wp:posOffset>{round(box.top * EMU)}</wp:posOffset>"
    drawing = (
        '<w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" '
        'locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{round(box.left * EMU)}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="{"margin" if align else "page"}">{align or height}</wp:positionV>'
        f'{box.size("wp:extent")}<wp:wrapNone/><wp:docPr id="{box.number}" name="{name}"/><wp:cNvGraphicFramePr/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"{shape}</a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )
    return f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice></mc:AlternateContent></w:r>'
