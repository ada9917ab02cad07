"""The styles of the .docx, named in Chinese so that an official can go on with them in Word or WPS."""

from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from spectown.core.officialdoc import geometry as g
from spectown.core.officialdoc.geometry import Face

FONTS = {  # what officials' machines have; Word shows a substitute where one is missing
    Face.FANGSONG: "仿宋_GB2312",
    Face.XIAOBIAOSONG: "方正小标宋简体",
    Face.HEITI: "黑体",
    Face.KAITI: "楷体_GB2312",
    Face.SONGTI: "宋体",
}
TWIPS_PER_MM = 1440 / 25.4
LINE = 579  # twips: 22 lines in 225 mm
SPACING = -5  # twips between characters of 3号, so that 28 of them stay within 156 mm
CHARACTER = 320 + SPACING


def twips(mm: float) -> int:
    """Millimetres as twentieths of a point."""
    return round(mm * TWIPS_PER_MM)


def round_pt(points: float) -> int:
    """Points as twentieths of a point."""
    return round(points * 20)


def characters(count: float) -> int:
    """Places of the body's grid in twips."""
    return round(count * CHARACTER)


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style; `line` is its exact height in twips (0: as high as its text)."""

    name: str
    face: Face = Face.FANGSONG
    size_pt: float = g.BODY_PT
    line: int = LINE
    align: str = "both"
    first_line: int = 0  # characters
    keep_next: bool = False
    outline: int | None = None
    color: str = ""


BODY = Style("公文正文", first_line=2)
FLUSH = Style("公文顶格", align="left")
TITLE = Style("公文标题", Face.XIAOBIAOSONG, g.TITLE_PT, round(g.TITLE_LINE_PT * 20), "center", keep_next=True)
HEADINGS = {
    1: Style("公文一级标题", Face.HEITI, first_line=2, outline=0),
    2: Style("公文二级标题", Face.KAITI, first_line=2, outline=1),
    3: Style("公文三级标题", first_line=2, outline=2),
    4: Style("公文四级标题", first_line=2, outline=3),
}
MARK = Style("公文发文机关标志", Face.XIAOBIAOSONG, 48, 0, "center", color=g.RED)
NUMBER = Style("公文发文字号", align="center")
CLASSIFIED = Style("公文密级", Face.HEITI, align="left")
SIGNATURE = Style("公文署名", align="right", keep_next=True)
ANNEX = Style("公文附件", Face.HEITI, align="left", keep_next=True)
SMALL = Style("公文版记", size_pt=g.SMALL_PT, line=round(g.SMALL_PT * 1.7 * 20), align="left")
CELL = Style("公文表格", size_pt=g.TABLE_PT, line=round(g.TABLE_PT * 1.5 * 20), align="center")
CAPTION = Style("公文表题", Face.HEITI, g.BODY_PT - 2, align="center", keep_next=True)
FIGURE = Style("公文图", line=0, align="center", keep_next=True)
FIGURE_CAPTION = Style("公文图题", Face.HEITI, g.TABLE_PT, align="center")
PAGE_NUMBER = Style("公文页码", Face.SONGTI, g.SMALL_PT, round(g.SMALL_PT * 20), "left")
STYLES = (
    BODY, FLUSH, TITLE, *HEADINGS.values(), MARK, NUMBER, CLASSIFIED, SIGNATURE, ANNEX, SMALL, CELL, CAPTION, FIGURE,
    FIGURE_CAPTION, PAGE_NUMBER,
)  # fmt: skip
IDS = {style.name: f"gongwen{number}" for number, style in enumerate(STYLES)}


def fonts_xml(face: Face) -> str:
    """w:rFonts: digits and letters come from the same font as the Chinese."""
    name = quoteattr(FONTS[face])
    return f'<w:rFonts w:ascii={name} w:hAnsi={name} w:eastAsia={name} w:cs={name} w:hint="eastAsia"/>'


def style_xml(style: Style) -> str:
    """w:style of one paragraph style."""
    color = f'<w:color w:val="{style.color}"/>' if style.color else ""
    half_points = round(style.size_pt * 2)
    spacing = f'<w:spacing w:val="{SPACING}"/>' if style.size_pt == g.BODY_PT else ""
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{IDS[style.name]}"><w:name w:val="{style.name}"/>'
        f"<w:qFormat/><w:pPr>{'<w:keepNext/>' if style.keep_next else ''}{_paragraph_xml(style)}</w:pPr>"
        f'<w:rPr>{fonts_xml(style.face)}{color}{spacing}<w:kern w:val="0"/><w:sz w:val="{half_points}"/>'
        f'<w:szCs w:val="{half_points}"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:style>'
    )


def _paragraph_xml(style: Style) -> str:
    line = f'w:line="{style.line}" w:lineRule="exact"' if style.line else 'w:line="240" w:lineRule="auto"'
    indent = f'<w:ind w:firstLineChars="{style.first_line * 100}" w:firstLine="{characters(style.first_line)}"/>'
    outline = "" if style.outline is None else f'<w:outlineLvl w:val="{style.outline}"/>'
    return (
        f'<w:widowControl w:val="0"/><w:overflowPunct w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        f'<w:adjustRightInd w:val="0"/><w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" {line}/>'
        f'{indent if style.first_line else ""}<w:jc w:val="{style.align}"/>{outline}'
    )
