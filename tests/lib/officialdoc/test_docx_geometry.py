"""Geometry, fonts and styles read back from the .docx, against the figures of GB/T 9704-2012."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn

from spectown.core.officialdoc import geometry as g
from spectown.core.officialdoc.geometry import Face
from spectown.core.officialdoc.tree import Attachment
from spectown.lib.officialdoc.docx.render import render_docx
from spectown.lib.officialdoc.docx.styles import FONTS
from tests.officialdoc_samples import OFFICE, SAMPLES, full, letter, notice, wide_table

CLOSE = pytest.approx


def opened(name: str) -> Any:
    return docx.Document(BytesIO(render_docx(SAMPLES[name]())))


def styled(document: Any, style: str) -> list[Any]:
    return [paragraph for paragraph in document.paragraphs if paragraph.style.name == style]


def mm(value: Any) -> float:
    return round(value.mm, 1)


def font(document: Any, style: str) -> tuple[str, float]:
    element = document.styles[style].element.rPr
    names = {element.find(qn("w:rFonts")).get(qn(f"w:{kind}")) for kind in ("ascii", "hAnsi", "eastAsia", "cs")}
    assert len(names) == 1
    return names.pop(), document.styles[style].font.size.pt


@pytest.mark.parametrize("name", SAMPLES)
def test_page(name: str) -> None:
    section = opened(name).sections[0]
    assert (mm(section.page_width), mm(section.page_height)) == (210, 297)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert tuple(map(mm, margins)) == (37, 35, 28, 26)
    grid = section._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")


def test_grid_holds_22_lines_of_28_characters() -> None:
    document = opened("notice")
    style = document.styles["公文正文"]
    line = style.paragraph_format.line_spacing.pt
    spacing = int(style.element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    assert 22 * line <= 225 / g.MM_PER_PT < 23 * line
    assert 28 * (16 + spacing) <= 156 / g.MM_PER_PT < 29 * (16 + spacing)
    indent = style.element.pPr.find(qn("w:ind"))
    assert indent.get(qn("w:firstLineChars")) == "200"
    assert int(indent.get(qn("w:firstLine"))) / 20 == CLOSE(2 * (16 + spacing), abs=0.1)


@pytest.mark.parametrize(
    ("style", "face", "size"),
    [
        ("公文正文", Face.FANGSONG, 16),
        ("公文标题", Face.XIAOBIAOSONG, 22),
        ("公文一级标题", Face.HEITI, 16),
        ("公文二级标题", Face.KAITI, 16),
        ("公文三级标题", Face.FANGSONG, 16),
        ("公文附件", Face.HEITI, 16),
        ("公文密级", Face.HEITI, 16),
        ("公文版记", Face.FANGSONG, 14),
        ("公文页码", Face.SONGTI, 14),
        ("公文发文机关标志", Face.XIAOBIAOSONG, 48),
    ],
)
def test_styles(style: str, face: Face, size: float) -> None:
    assert font(opened("notice"), style) == (FONTS[face], size)


def test_every_paragraph_has_one_of_our_styles() -> None:
    for name in SAMPLES:
        document = opened(name)
        assert {paragraph.style.name[:2] for paragraph in document.paragraphs} == {"公文"}


def test_mark_is_red_and_35_mm_below_the_upper_edge() -> None:
    document = opened("notice")
    mark = styled(document, "公文发文机关标志")[0]
    assert str(document.styles["公文发文机关标志"].font.color.rgb) == "FF0000"
    above = document.paragraphs[:3]
    assert document.paragraphs[3]._p is mark._p
    assert 3 * 579 / 20 * g.MM_PER_PT + mark.paragraph_format.space_before.mm == CLOSE(35, abs=0.1)
    assert all(not paragraph.text for paragraph in above)


@pytest.mark.parametrize("name", ["notice", "full", "minutes", "joint"])
def test_red_line_stands_4_mm_below_the_number_and_is_as_wide_as_the_text(name: str) -> None:
    document = opened(name)
    number = styled(document, "公文发文字号")[-1]
    line = document.paragraphs[[p._p for p in document.paragraphs].index(number._p) + 1]
    border = line._p.pPr.find(qn("w:pBdr")).find(qn("w:bottom"))
    assert border.get(qn("w:color")) == "FF0000"
    assert line._p.pPr.find(qn("w:ind")) is None
    form = line.paragraph_format
    below_the_characters = (579 / 20 - 16) / 2 + form.space_before.pt + form.line_spacing.pt
    assert below_the_characters * g.MM_PER_PT == CLOSE(4, abs=0.1)


def test_page_numbers_on_odd_and_even_pages() -> None:
    document = opened("notice")
    assert document.settings.odd_and_even_pages_header_footer
    section = document.sections[0]
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert [p._p.pPr.find(qn("w:jc")).get(qn("w:val")) for p in (odd, even)] == ["right", "left"]
    assert (odd.paragraph_format.right_indent.pt, even.paragraph_format.left_indent.pt) == (14, 14)
    assert "PAGE" in odd._p.xml
    below = g.BOTTOM - section.footer_distance.mm - 14 / 2 * g.MM_PER_PT
    assert below == CLOSE(7, abs=0.1)


def test_landscape_annex_is_the_portrait_page_turned() -> None:
    document = docx.Document(BytesIO(render_docx(full())))
    portrait, turned, last = document.sections
    assert (mm(turned.page_width), mm(turned.page_height)) == (297, 210)
    assert [mm(m) for m in (turned.top_margin, turned.right_margin, turned.bottom_margin, turned.left_margin)] == [
        28, 37, 26, 35,
    ]  # fmt: skip
    assert 'vert="vert"' in turned.header._element.xml
    assert "PAGE" in turned.even_page_header._element.xml
    assert not turned.footer.paragraphs[0].text
    assert mm(portrait.page_width) == mm(last.page_width) == 210
    for own in (last.header, last.even_page_header):  # not those of the landscape pages
        assert not own.is_linked_to_previous
        assert "PAGE" not in own._element.xml


def test_imprint_after_a_landscape_annex_is_on_an_even_page_without_a_number() -> None:
    annex = Attachment("名单", (wide_table(5),), landscape=True)
    last = docx.Document(BytesIO(render_docx(replace(notice(), attachments=(annex,))))).sections[-1]
    assert last.start_type == WD_SECTION.EVEN_PAGE
    assert mm(last.page_width) == 210
    for foot in (last.footer, last.even_page_footer):
        assert foot.is_linked_to_previous
        assert "PAGE" not in foot._element.xml


def test_tables_are_tables_and_their_heads_repeat() -> None:
    table = docx.Document(BytesIO(render_docx(full()))).tables[0]
    assert len(table.rows) == 152
    heads = [row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert heads == [True, True] + [False] * 150
    assert table.cell(0, 0)._tc is table.cell(1, 0)._tc  # spans two rows
    assert table.cell(0, 3)._tc is table.cell(0, 4)._tc  # spans two columns
    widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
    assert sum(widths) / 1440 * 25.4 == CLOSE(225, abs=0.1)


def test_letter_has_its_lines_and_no_number_on_the_first_page() -> None:
    document = docx.Document(BytesIO(render_docx(letter())))
    section = document.sections[0]
    assert section.different_first_page_header_footer
    first = section.first_page_footer._element.xml
    assert "PAGE" not in first
    edges = [int(e.text) / 36000 for e in section.first_page_footer._element.iter() if e.tag.endswith("posOffset")]
    sizes = [
        (int(e.get("cx")) / 36000, int(e.get("cy")) / 36000)
        for e in section.first_page_footer._element.iter()
        if e.tag.endswith("}extent")
    ]
    assert [size[0] for size in sizes] == [170, 170]
    assert sizes[0][1] < sizes[1][1]  # thin above thick
    assert edges[3] + sizes[1][1] == CLOSE(297 - 20, abs=0.1)
    frame = styled(document, "公文发文机关标志")[0]._p.pPr.find(qn("w:framePr"))
    assert int(frame.get(qn("w:y"))) / 1440 * 25.4 == CLOSE(30, abs=0.1)
    assert int(frame.get(qn("w:w"))) / 1440 * 25.4 == CLOSE(170, abs=0.1)


def test_properties() -> None:
    document = notice()
    properties = docx.Document(BytesIO(render_docx(document))).core_properties
    assert (properties.title, properties.author) == (document.title, OFFICE)
    assert document.day is not None
    assert properties.created.date() == document.day
