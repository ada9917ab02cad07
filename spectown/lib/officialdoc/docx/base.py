"""The empty .docx that every document starts from: styles, page, footers, settings. Made once per kind in a process."""

import zipfile
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm
from lxml import etree

from spectown.core.officialdoc import geometry as g
from spectown.core.officialdoc.tree import Format
from spectown.lib.officialdoc.docx import styles as s
from spectown.lib.officialdoc.docx.letter import letter_rule
from spectown.lib.officialdoc.docx.pagenumbers import landscape_number, page_number
from spectown.lib.officialdoc.docx.shapes import NAMES

NUMBER_MM = g.SMALL_PT * g.MM_PER_PT
EDGE = 5.0
FOOTER = g.BOTTOM - g.PAGE_NUMBER_BELOW - NUMBER_MM / 2  # the dashes, in the middle of the line, 7 mm below the 版心


@dataclass(frozen=True, slots=True)
class Base:
    """Parts that every document shares, what stands around its body, and the w:sectPr of its kinds of pages."""

    parts: dict[str, bytes]
    around: tuple[str, str]
    relations: str
    first: str
    portrait: str
    landscape: str


@cache
def base(format: Format) -> Base:
    """What documents of a format start from; python-docx makes it, once."""
    document = docx.Document()
    _styles(document)
    _settings(document)
    numbered = format is not Format.FORM
    _portrait(document.sections[0], numbered, format is Format.LETTER)
    _landscape(document.add_section(WD_SECTION.NEW_PAGE), numbered)
    portrait, landscape = (_section(element) for element in document.element.body.xpath(".//w:sectPr"))
    parts = _parts(document)
    relations = parts.pop("word/_rels/document.xml.rels").decode()
    around = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document {nsdecls("w", "r")} {NAMES}><w:body>'
    )
    further = portrait.replace("<w:titlePg/>", "")
    return Base(parts, (around, "</w:body></w:document>"), relations, portrait, further, landscape)


def _parts(document: Any) -> dict[str, bytes]:
    """The saved file without what each document writes itself and without python-docx's picture of its own template."""
    package = document.part.package
    for identity in [key for key, relation in package.rels.items() if relation.reltype.endswith("/thumbnail")]:
        del package.rels[identity]
    stream = BytesIO()
    document.save(stream)
    with zipfile.ZipFile(stream) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    del parts["word/document.xml"], parts["docProps/core.xml"]
    types = parts["[Content_Types].xml"].decode()
    if 'Extension="png"' not in types:
        types = types.replace("<Default ", '<Default Extension="png" ContentType="image/png"/><Default ', 1)
    return {**parts, "[Content_Types].xml": types.encode()}


def _section(element: Any) -> str:
    """A w:sectPr with the document's grid, as text."""
    for old in element.findall(qn("w:docGrid")):
        element.remove(old)
    element.append(parse_xml(f'<w:docGrid {nsdecls("w")} w:type="lines" w:linePitch="{s.LINE}"/>'))
    return etree.tostring(element, encoding="unicode")


def _styles(document: Any) -> None:
    root = document.styles.element
    for style in s.STYLES:
        root.append(parse_xml(s.style_xml(style).replace("<w:style ", f"<w:style {nsdecls('w')} ", 1)))
    normal = document.styles["Normal"]
    normal.font.size = docx.shared.Pt(g.BODY_PT)
    fonts = parse_xml(s.fonts_xml(g.Face.FANGSONG).replace("<w:rFonts ", f"<w:rFonts {nsdecls('w')} ", 1))
    properties = normal.element.get_or_add_rPr()
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    properties.insert(0, fonts)


def _settings(document: Any) -> None:
    """Odd and even pages differ; signs are not squeezed, so that a line holds 28 characters; layout of Word 2013."""
    document.settings.odd_and_even_pages_header_footer = True
    element = document.settings.element
    for old in element.findall(qn("w:characterSpacingControl")):
        element.remove(old)
    control = parse_xml(f'<w:characterSpacingControl {nsdecls("w")} w:val="doNotCompress"/>')
    compatibility = element.find(qn("w:compat"))
    compatibility.addprevious(control)
    for setting in compatibility.findall(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def _portrait(section: Any, numbered: bool, letter: bool) -> None:
    section.page_width, section.page_height = Mm(g.PAGE[0]), Mm(g.PAGE[1])
    _margins(section, g.TOP, g.RIGHT, g.BOTTOM, g.LEFT)
    for part in (section.header, section.even_page_header):  # else it took those of the landscape pages before it
        part.is_linked_to_previous = False
    if numbered:
        _fill(section.footer, page_number(odd=True))
        _fill(section.even_page_footer, page_number(odd=False))
    if letter:
        section.different_first_page_header_footer = True
        _fill(section.first_page_footer, letter_rule())


def _landscape(section: Any, numbered: bool) -> None:
    """The portrait page turned clockwise: its left edge becomes the upper one."""
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(g.PAGE[1]), Mm(g.PAGE[0])
    section.different_first_page_header_footer = False
    _margins(section, g.LEFT, g.TOP, g.RIGHT, g.BOTTOM)
    section.header_distance = section.footer_distance = Mm(EDGE)  # nothing of theirs stands in the text's way
    for part in (section.footer, section.even_page_footer):
        part.is_linked_to_previous = False
    if numbered:
        _fill(section.header, landscape_number(odd=True))
        _fill(section.even_page_header, landscape_number(odd=False))


def _margins(section: Any, top: float, right: float, bottom: float, left: float) -> None:
    section.top_margin, section.right_margin = Mm(top), Mm(right)
    section.bottom_margin, section.left_margin = Mm(bottom), Mm(left)
    section.header_distance, section.footer_distance, section.gutter = Mm(EDGE), Mm(FOOTER), Mm(0)


def _fill(part: Any, content: str) -> None:
    """Put one paragraph in place of a header's or footer's empty one."""
    part.is_linked_to_previous = False
    element = part._element
    for child in list(element):
        element.remove(child)
    names = f"{nsdecls('w')} {NAMES}"
    element.append(parse_xml(content.replace("<w:p>", f"<w:p {names}>", 1)))
