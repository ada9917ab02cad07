"""Positions read back from the PDF, against the figures of GB/T 9704-2012 (mm)."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from pypdf import PageObject

from spectown.core.officialdoc import geometry as g
from spectown.core.officialdoc.blocks import Paragraph, Table
from spectown.core.officialdoc.tree import Attachment, Document, Format, Signature
from spectown.lib.officialdoc.fonts import FANDOL, FontSet, font_set
from spectown.lib.officialdoc.pdf import render_pdf
from tests.officialdoc_samples import DAY, SAMPLES, SENTENCE, full, notice, wide_table
from tests.pdf_positions import Piece, pages, pieces, rules, text_of

NOTO = font_set([])
SETS = [NOTO, font_set([FANDOL])] if FANDOL.is_dir() else [NOTO]
ABOVE, BELOW = 0.88, 0.12  # of a character's square, over and under the baseline
CLOSE = pytest.approx
BOTTOM = g.PAGE[1] - g.BOTTOM


@pytest.fixture(params=SETS, ids=lambda s: s.family(g.Face.FANGSONG))
def fonts(request: pytest.FixtureRequest) -> FontSet:
    chosen: FontSet = request.param
    return chosen


def drawn(name: str, fonts: FontSet) -> list[PageObject]:
    return pages(render_pdf(SAMPLES[name](), fonts=fonts).data)


def find(page: PageObject, text: str) -> Piece:
    return next(piece for piece in pieces(page) if text in piece.text)


def having(data: bytes, text: str) -> PageObject:
    return next(page for page in pages(data) if text in page.extract_text())


def render_pdf_text(document: Document, fonts: FontSet) -> str:
    return text_of(render_pdf(document, fonts=fonts).data)


def top(piece: Piece) -> float:
    return piece.baseline - ABOVE * piece.size * g.MM_PER_PT


def bottom(piece: Piece) -> float:
    return piece.baseline + BELOW * piece.size * g.MM_PER_PT


def test_twenty_two_lines_of_twenty_eight_characters(fonts: FontSet) -> None:
    text = "专" * (28 * 22 * 3)
    plain = replace(notice(), body=(Paragraph(text, indent=False),), attachments=(), note="")
    page = pages(render_pdf(plain, fonts=fonts).data)[1]
    lines = [piece for piece in pieces(page) if "专" in piece.text]
    assert [len(line.text) for line in lines] == [28] * 22
    assert {round(line.x, 1) for line in lines} == {28.0}
    steps = [b.baseline - a.baseline for a, b in pairwise(lines)]
    assert steps == CLOSE([225 / 22] * 21, abs=0.01)
    over = (g.PITCH - g.BODY_MM) / 2
    assert top(lines[0]) - over == CLOSE(37, abs=0.05)
    assert bottom(lines[-1]) + over == CLOSE(BOTTOM, abs=0.05)


def test_head_of_a_document(fonts: FontSet) -> None:
    page = drawn("notice", fonts)[0]
    mark, number = find(page, "办公室文件"), find(page, "〔2026〕3号")
    assert top(mark) == CLOSE(37 + 35, abs=0.1)  # 7.2.4
    assert (mark.size, number.size) == (CLOSE(28.4, abs=0.5), 16)
    over = (g.PITCH - g.BODY_MM) / 2
    assert top(number) - over - bottom(mark) == CLOSE(2 * g.PITCH, abs=0.1)  # 7.2.5: two lines below
    rule = rules(page)[0]
    assert (rule.x, rule.length) == (CLOSE(28, abs=0.01), CLOSE(156, abs=0.01))  # 7.2.7: as wide as the 版心
    assert rule.y - bottom(number) == CLOSE(4, abs=0.1)
    title = find(page, "关于组织申报")
    line = g.TITLE_LINE_PT * g.MM_PER_PT
    assert title.size == 22
    assert top(title) - (line - 22 * g.MM_PER_PT) / 2 - rule.y == CLOSE(2 * g.PITCH, abs=0.3)  # 7.3.1
    assert find(page, "各县").x == CLOSE(28, abs=0.01)  # 7.3.2: flush
    assert find(page, "为落实").x == CLOSE(28 + 2 * 156 / 28, abs=0.05)  # 7.3.3: indented by two


def test_faces(fonts: FontSet) -> None:
    first, second = drawn("notice", fonts)[:2]
    assert find(first, "一、申报条件").font != find(first, "为落实").font or fonts is NOTO
    if fonts is not NOTO:
        assert find(first, "一、申报条件").font.startswith("FandolHei")
        assert find(second, "县级申报").font.startswith("FandolKai")
        assert find(first, "为落实").font.startswith("FandolFang")
        assert find(first, "关于组织").font.startswith("FandolSong-Bold")


def test_stamped_name_and_date(fonts: FontSet) -> None:
    short = replace(notice(), signature=Signature(("壶关县人民政府",), DAY))
    page = having(render_pdf(short, fonts=fonts).data, "壶关县人民政府")
    name, day = find(page, "壶关县人民政府"), find(page, "2026年11月26日")
    one = 156 / 28
    assert day.baseline - name.baseline == CLOSE(g.PITCH, abs=0.01)
    right = 210 - 26 - 4 * one
    digits = 8 * 0.5 + 3  # half-width digits; Noto's are a little wider
    assert day.x == CLOSE(right - digits * one, abs=0.4 if fonts is not NOTO else 3)
    centre = right - digits * one / 2
    assert name.x + 7 * one / 2 == CLOSE(centre, abs=0.5)  # 7.3.5.1: centred on the date


def test_unstamped_name_and_date(fonts: FontSet) -> None:
    page = drawn("letter", fonts)[0]
    name = next(piece for piece in pieces(page) if piece.text.startswith("长治市促进") and piece.size == 16)
    day = find(page, "2026年11月26日")
    one = 156 / 28
    assert name.x + 20 * one == CLOSE(210 - 26 - 2 * one, abs=0.3)  # 7.3.5.2: two from the edge
    tolerance = 0.3 if fonts is not NOTO else 3
    assert day.x - name.x == CLOSE(2 * one, abs=tolerance)  # begins two characters further right


def test_page_numbers_stand_outside(fonts: FontSet) -> None:
    for number, page in enumerate(drawn("notice", fonts), 1):
        piece = find(page, f"— {number} —")
        assert piece.size == 14
        middle = piece.baseline - (ABOVE - BELOW) / 2 * 14 * g.MM_PER_PT
        assert middle - BOTTOM == CLOSE(7, abs=0.1)  # 7.5: the dashes 7 mm below
        one = 14 * g.MM_PER_PT
        if number % 2 == 0:
            assert piece.x == CLOSE(28 + one, abs=0.05)
        else:
            assert 210 - 26 - one - 4 * one < piece.x < 210 - 26 - one - 2 * one


def test_imprint_ends_the_last_page(fonts: FontSet) -> None:
    last = drawn("notice", fonts)[-1]
    lines = [rule for rule in rules(last) if rule.length == CLOSE(156, abs=0.1)]
    top_line, middle, bottom_line = lines[-3:]
    assert bottom_line.y == CLOSE(BOTTOM, abs=0.4)  # 7.4.1: on the lower edge of the 版心
    assert [top_line.thickness, middle.thickness, bottom_line.thickness] == CLOSE([0.35, 0.25, 0.35], abs=0.01)
    copies, printed = find(last, "抄送"), find(last, "印发")
    assert copies.size == printed.size == 14
    assert copies.x == CLOSE(28 + 14 * g.MM_PER_PT, abs=0.05)
    assert top_line.y < top(copies) < middle.y < top(printed) < bottom_line.y


def test_landscape_annex(fonts: FontSet) -> None:
    found = pages(render_pdf(full(), fonts=fonts).data)
    turned = [page for page in found if page.mediabox.width > page.mediabox.height]
    assert len(turned) >= 9
    assert all("专业镇" in page.extract_text() and "备注" in page.extract_text() for page in turned)  # the head repeats
    assert find(turned[0], "附件1").x == CLOSE(35, abs=0.01)
    for number, page in enumerate(found, 1):
        if page in turned:
            piece = find(page, f"— {number} —")
            assert piece.x < 35 - 6  # in the left margin, where the portrait page has its foot
            assert (piece.baseline > 105) is (number % 2 == 1)


@pytest.mark.parametrize("rows", [5, 15])
def test_imprint_after_a_landscape_annex_is_on_an_even_page_without_a_number(rows: int) -> None:
    annex = Attachment("名单", (wide_table(rows),), landscape=True)
    found = [
        page.extract_text() for page in pages(render_pdf(replace(notice(), attachments=(annex,)), fonts=NOTO).data)
    ]
    last = next(number for number, text in enumerate(found, 1) if "印发" in text)
    assert last == len(found)
    assert last % 2 == 0
    assert "—" not in found[-1]
    assert [text for text in found[:-1] if f"— {found.index(text) + 1} —" not in text] == [""] * (rows == 15)


def test_classification_and_signers() -> None:
    page = drawn("full", NOTO)[0]
    rows = [find(page, text) for text in ("000001", "秘密", "特急")]
    assert [row.x for row in rows] == CLOSE([28] * 3, abs=0.01)
    assert [row.baseline - rows[0].baseline for row in rows] == CLOSE([0, g.PITCH, 2 * g.PITCH], abs=0.05)
    number, last = find(page, "〔2026〕12号"), find(page, "王某某")
    assert number.baseline == CLOSE(last.baseline, abs=0.05)  # 7.2.5: on the line of the last signer
    assert number.x == CLOSE(28 + 156 / 28, abs=0.05)
    assert find(page, "张某某").x == CLOSE(last.x, abs=0.05)  # 7.2.6
    assert find(page, "签发人").baseline == CLOSE(find(page, "张某某").baseline, abs=0.05)


def test_letter(fonts: FontSet) -> None:
    page = drawn("letter", fonts)[0]
    mark = next(piece for piece in pieces(page) if piece.size > 20 and "长治市促进" in piece.text)
    assert top(mark) == CLOSE(30, abs=0.1)  # 10.1: from the page's edge
    lines = [rule for rule in rules(page) if rule.length == CLOSE(170, abs=0.1)]
    assert len(lines) == 4
    ordered = sorted(lines, key=lambda rule: rule.y)
    assert ordered[0].y - bottom(mark) == CLOSE(4, abs=0.1)
    assert {round(line.x, 1) for line in lines} == {round(28 + (156 - 170) / 2, 1)}  # all in the middle of the 版心
    assert ordered[0].thickness > ordered[1].thickness
    assert ordered[2].thickness < ordered[3].thickness
    assert 297 - ordered[3].y == CLOSE(20, abs=0.1)
    assert top(find(page, "办函〔2026〕5号")) - ordered[1].y == CLOSE(g.SEVEN_EIGHTHS, abs=0.3)
    assert "—" not in page.extract_text()  # no page number on the first page


def test_joint_names_begin_and_end_together(fonts: FontSet) -> None:
    page = drawn("joint", fonts)[0]
    rows: dict[float, list[Piece]] = {}
    for piece in pieces(page):
        if piece.size > 30 and piece.text not in "文件":
            rows.setdefault(round(piece.baseline), []).append(piece)
    assert len(rows) == 3
    assert {round(min(p.x for p in row), 1) for row in rows.values()} == {round(min(p.x for p in rows[min(rows)]), 1)}
    assert {row[-1].text[-1] for row in rows.values()} == {"局"}


def test_name_and_date_never_stand_alone(fonts: FontSet) -> None:
    for sentences in range(1, 24):  # wherever the page ends
        body = (Paragraph(SENTENCE * sentences),)
        long = replace(notice(), body=body, attachments=(), imprint=None)
        page = having(render_pdf(long, fonts=fonts).data, "2026年11月26日")
        assert "准。" in page.extract_text()
        assert "0355" in page.extract_text()  # nor does 附注


def test_a_paragraph_that_is_kept_together_with_the_date_reads_as_one(fonts: FontSet) -> None:
    text = "".join(render_pdf_text(replace(notice(), body=(Paragraph(SENTENCE * 9),)), fonts).split())
    assert SENTENCE * 9 in re.sub("—[0-9]+—", "", text)


def test_a_row_of_a_form_grows_with_its_text() -> None:
    """`row_mm` is the least height: a text of several lines does not run into the next row."""
    rows = (("项", "很长的评审理由" * 12), ("尾", ""))
    found = pieces(pages(render_pdf(Document("表", (Table((1, 1), (), rows, row_mm=10),), Format.FORM)).data)[0])
    lines = sorted({piece.baseline for piece in found if "评审" in piece.text or "理由" in piece.text})
    last = next(piece for piece in found if piece.text == "尾")
    assert len(lines) >= 5
    assert last.baseline - lines[-1] > 5


def test_a_row_stays_on_its_page() -> None:
    """Rows of a table are not torn apart by the end of a page, as in the .docx."""
    rows = tuple((str(n), f"开{'中' * 30}尾") for n in range(60))
    data = render_pdf(Document("表", (Table((1, 4), (), rows),), Format.FORM)).data
    texts = ["".join(page.extract_text().split()) for page in pages(data)]
    assert len(texts) > 1
    assert all(text.count("开") == text.count("尾") for text in texts)
