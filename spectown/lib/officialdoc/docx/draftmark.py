"""草稿 behind the text of every page of a .docx: the watermark of Word, in the headers. Issued files never have it."""

from io import BytesIO
from typing import Any
from xml.sax.saxutils import quoteattr

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

NAMES = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
PLACE = (
    "position:absolute;margin-left:0;margin-top:0;width:320pt;height:160pt;rotation:315;z-index:-251658752;"
    "mso-position-horizontal:center;mso-position-horizontal-relative:page;"
    "mso-position-vertical:center;mso-position-vertical-relative:page"
)
KIND = (  # the shape that Word uses for text drawn as a picture (WordArt, 136)
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
    'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
    '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
    '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
)


def marked(data: bytes, word: str) -> bytes:
    """The file with the word across every page."""
    document = docx.Document(BytesIO(data))
    for number, section in enumerate(document.sections):
        parts = [section.header, section.even_page_header]
        if section.different_first_page_header_footer:
            parts.append(section.first_page_header)
        for part in parts:
            if number and part.is_linked_to_previous:
                continue  # takes over what stands in the one before it
            _mark(part, word, number)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _mark(part: Any, word: str, number: int) -> None:
    """Once in a header, whichever sections share it."""
    part.is_linked_to_previous = False
    element = part._element
    if "v:textpath" in element.xml:
        return
    shape = (
        f'<v:shape id="draft{number}" type="#_x0000_t136" style="{PLACE}" o:allowincell="f" fillcolor="#d9d9d9" '
        'stroked="f"><v:textpath style="font-family:&quot;黑体&quot;;font-size:1pt" '
        f"string={quoteattr(word)}/></v:shape>"
    )
    run = f"<w:r {nsdecls('w')} {NAMES}><w:rPr><w:noProof/></w:rPr><w:pict>{KIND}{shape}</w:pict></w:r>"
    part.paragraphs[0]._p.append(parse_xml(run))
