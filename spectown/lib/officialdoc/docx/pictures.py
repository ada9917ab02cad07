"""Figures of the .docx as PNG, since Word before 2019 shows no SVG; typst draws the SVG."""

from io import BytesIO
from typing import Any
from xml.sax.saxutils import quoteattr

from docx.oxml.ns import nsdecls
from docx.shared import Mm

from spectown.core.officialdoc.blocks import Figure
from spectown.lib.officialdoc.pdf import svg_as_png


def drawing(document: Any, figure: Figure) -> str:
    """A run with the picture in the line; the image part is added to the document."""
    data = svg_as_png(figure.image, figure.width_mm) if figure.format == "svg" else figure.image
    relation, image = document.part.get_or_add_image(BytesIO(data))
    wide, high = image.scaled_dimensions(Mm(figure.width_mm), None)
    number = document.part.next_id
    size = f'cx="{wide}" cy="{high}"'
    return (
        f"<w:r><w:drawing><wp:inline {nsdecls('wp', 'a', 'pic', 'r')}><wp:extent {size}/>"
        f'<wp:docPr id="{number}" name="图 {number}" descr={quoteattr(figure.alt)}/><wp:cNvGraphicFramePr/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="图 {number}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
