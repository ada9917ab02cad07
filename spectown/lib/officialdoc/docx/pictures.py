"""Figures of the .docx as PNG, since Word before 2019 shows no SVG; typst draws the SVG."""

from xml.sax.saxutils import quoteattr

from docx.image.image import Image
from docx.oxml.ns import nsdecls

from spectown.core.officialdoc.blocks import Figure
from spectown.lib.officialdoc.docx.shapes import EMU
from spectown.lib.officialdoc.pdf import svg_as_png

FIRST_NUMBER = 100  # of drawings; smaller ones belong to page numbers and boxes


class Pictures:
    """The pictures of one document, by the id of their relation."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def drawing(self, figure: Figure) -> str:
        """A run with the picture in the line; the picture is kept for the package."""
        data = svg_as_png(figure.image, figure.width_mm) if figure.format == "svg" else figure.image
        identity = f"picture{len(self.files) + 1}"
        self.files[identity] = data
        return _inline(figure, data, identity, FIRST_NUMBER + len(self.files))


def _inline(figure: Figure, data: bytes, identity: str, number: int) -> str:
    image = Image.from_blob(data)
    size = f'cx="{round(figure.width_mm * EMU)}" cy="{round(figure.width_mm * EMU * image.px_height / image.px_width)}"'
    return (
        f"<w:r><w:drawing><wp:inline {nsdecls('wp', 'a', 'pic', 'r')}><wp:extent {size}/>"
        f'<wp:docPr id="{number}" name="图 {number}" descr={quoteattr(figure.alt)}/><wp:cNvGraphicFramePr/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="图 {number}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{identity}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
