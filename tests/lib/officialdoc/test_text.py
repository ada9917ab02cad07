"""Any text comes out as itself, in both forms; what cannot be printed is refused by name."""

from dataclasses import replace
from io import BytesIO

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spectown.core.officialdoc.blocks import Align, Heading, Paragraph, Table
from spectown.core.officialdoc.geometry import Face
from spectown.core.officialdoc.tree import Document, Format
from spectown.core.officialdoc.wording import paragraphs
from spectown.lib.officialdoc.docx.render import render_docx
from spectown.lib.officialdoc.fonts import font_set
from spectown.lib.officialdoc.pdf import render_pdf
from spectown.lib.officialdoc.refusal import Unrenderable
from tests.officialdoc_samples import OFFICE, full, notice
from tests.pdf_positions import pages, pieces, text_of

NOTO = font_set([])
MARKUP = (
    "#panic()",
    "$x^2$",
    "<label>",
    "=标题",
    "@ref",
    "*粗*",
    "_斜_",
    "`raw`",
    "\\u{1}",
    "//注",
    "/*注*/",
    "[x]",
    "&amp;",
    "]]>",
)
SIGNS = "#$<>=@*_`\\/[]{}&|~^-+'\"“”《》〔〕、。·…—%0123456789abcXYZ专镇长治县区"


def plain(text: str) -> Document:
    """A sheet with the text in every kind of place."""
    table = Table((1,), ((text,),), ((text,),), (Align.LEFT,))
    return Document(text, (Paragraph(text), Heading(2, text), table), Format.FORM)


def squeezed(text: str) -> str:
    return "".join(text.split())


def word_text(data: bytes) -> str:
    document = docx.Document(BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return squeezed("".join([*(paragraph.text for paragraph in document.paragraphs), *cells]))


@pytest.mark.parametrize("text", MARKUP)
def test_markup_is_text(text: str) -> None:
    whole = plain(text)
    assert text_of(render_pdf(whole, fonts=NOTO).data).count(squeezed(text)) == 5
    assert word_text(render_docx(whole)).count(squeezed(text)) == 5


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(SIGNS, min_size=1, max_size=60).filter(str.strip))
def test_any_text_comes_out_as_itself(text: str) -> None:
    whole = replace(plain(text), title="标题")
    assert text_of(render_pdf(whole, fonts=NOTO).data) == "标题" + squeezed(text) * 4
    assert word_text(render_docx(whole)) == "标题" + squeezed(text) * 4


def test_rare_characters_are_lent_by_a_font_that_has_them() -> None:
    done = render_pdf(replace(notice(), note="㬎"))
    assert "㬎" in text_of(done.data)
    assert done.fonts[Face.FANGSONG] == "Noto Serif SC" or done.lent == {"㬎": "Noto Serif SC"}


def test_a_character_that_no_font_has_is_named_with_its_place() -> None:
    with pytest.raises(Unrenderable, match=r"附注中的“𠮷”\(U\+20BB7\)"):
        render_pdf(replace(notice(), note="𠮷"), fonts=NOTO)
    assert "𠮷" in word_text(render_docx(replace(notice(), note="𠮷")))  # Word has its own fonts


@pytest.mark.parametrize("render", [render_pdf, render_docx])
def test_control_characters_are_refused(render: object) -> None:
    assert callable(render)
    with pytest.raises(Unrenderable, match=r"正文中有不能印出的控制字符 U\+0007"):
        render(replace(notice(), body=(Paragraph("铃\a"),)))


def test_same_facts_same_files() -> None:
    assert render_docx(full()) == render_docx(full())
    assert render_pdf(notice(), fonts=NOTO).data == render_pdf(notice(), fonts=NOTO).data


def test_many_documents_in_one_file_count_their_own_pages() -> None:
    both = text_of(render_pdf(notice(), notice(), fonts=NOTO).data)
    one = text_of(render_pdf(notice(), fonts=NOTO).data)
    assert both == one * 2
    assert OFFICE in one


def test_a_figure_for_word_does_not_disturb_the_next_pdf() -> None:
    before = render_pdf(notice()).data
    render_docx(full())
    assert render_pdf(notice()).data == before


def test_a_merged_file_has_a_limit() -> None:
    with pytest.raises(Unrenderable, match="最多合并打印 100 份"):
        render_pdf(*[notice()] * 101)


def test_a_line_feed_is_a_new_line() -> None:
    table = Table((1,), (), (("签名\n日期",),))
    whole = Document("表", (table, Paragraph("甲\n乙")), Format.FORM)
    found = {piece.text.strip(): piece.baseline for piece in pieces(pages(render_pdf(whole, fonts=NOTO).data)[0])}
    assert found["日期"] > found["签名"] + 3
    assert found["乙"] - found["甲"] == pytest.approx(225 / 22, abs=0.05)
    opened = docx.Document(BytesIO(render_docx(whole)))
    assert opened.tables[0].cell(0, 0).text == "签名\n日期"


def test_typed_text_becomes_paragraphs() -> None:
    assert paragraphs(" 第一段,完。\r\n\n　第二段\n") == (Paragraph("第一段\uff0c完。"), Paragraph("第二段"))
