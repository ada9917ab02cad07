"""Evidence in one PDF: pieces in order, contents with right pages, bookmarks, what cannot be bound named apart."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from spectown.lib.bundles.codes import short_code
from spectown.lib.bundles.evidence import Piece, evidence_pdf, overfull
from spectown.lib.bundles.pages import Unusable, image_pages, pdf_pages


def pdf(pages, **more):
    writer = PdfWriter()
    for _ in range(pages):
        page = writer.add_blank_page(595, 842)
        for name, value in more.items():
            page[NameObject(f"/{name}")] = value
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def picture(form="PNG", size=(300, 200), mode="RGB"):
    stream = BytesIO()
    Image.new(mode, size).save(stream, form)
    return stream.getvalue()


def piece(name, kind, data):
    return Piece("历史传承", name, kind, data, "ab" * 32)


PIECES = (
    piece("证明.pdf", "application/pdf", pdf(3)),
    piece("照片.png", "image/png", picture()),
    piece("表.xlsx", "application/vnd.ms-excel", b"x"),
    piece("坏.pdf", "application/pdf", b"%PDF-1.4 nothing"),
    piece("丢失.pdf", "application/pdf", None),
)


def test_bound_in_order_with_contents_bookmarks_and_numbers():
    made = evidence_pdf("沁州黄小米专业镇证明材料汇编", ("申报单位:沁县",), PIECES)
    reader = PdfReader(BytesIO(made.data))
    texts = [page.extract_text() for page in reader.pages]
    assert len(texts) == 1 + 3 + 1 + 1 + 1 + 1
    assert short_code(made.digest) in texts[0]
    assert made.digest in "".join(texts[0].split())
    for number, (name, first) in enumerate(zip([p.name for p in PIECES], [2, 5, 6, 7, 8], strict=True), 1):
        mark = reader.outline[number]
        assert mark.title == f"{number}. {name}"
        assert reader.get_destination_page_number(mark) == first - 1
        assert name in texts[0]
    assert all(f"第 {n} 页" in text and "共 8 页" in text for n, text in enumerate(texts, 1))
    assert ["不是 PDF 或图片" in texts[5], "PDF 已损坏" in texts[6], "不在存储中" in texts[7]] == [True] * 3
    assert all("另附" in text for text in texts[5:])


def test_contents_over_several_pages_count_themselves():
    many = [piece(f"材料{n}.png", "image/png", picture()) for n in range(60)]
    reader = PdfReader(BytesIO(evidence_pdf("汇编", (), many).data))
    front = len(reader.pages) - 60
    assert front > 1
    assert reader.get_destination_page_number(reader.outline[1]) == front
    assert f"材料0.png{front + 1}" in "".join(reader.pages[0].extract_text().split())


def test_without_pieces():
    assert "没有证明文件" in PdfReader(BytesIO(evidence_pdf("汇编", (), ()).data)).pages[0].extract_text()


def test_actions_do_not_come_along():
    action = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("x()")})
    (page,) = pdf_pages(pdf(1, AA=DictionaryObject({NameObject("/O"): action}))).pages
    assert "/AA" not in page
    made = evidence_pdf("汇编", (), [piece("a.pdf", "application/pdf", pdf(1, AA=action))])
    assert b"JavaScript" not in made.data


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_turned_pages_keep_the_number_upright(rotation):
    writer = PdfWriter()
    writer.add_blank_page(595, 842).rotate(rotation)
    stream = BytesIO()
    writer.write(stream)
    (page,) = pdf_pages(stream.getvalue()).pages
    assert page.rotation == 0
    assert (page.mediabox.width > page.mediabox.height) == (rotation != 180)


@pytest.mark.parametrize(
    ("form", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "1"), ("JPEG", "RGB"), ("JPEG", "CMYK")]
)
def test_pictures_of_every_mode(form, mode):
    (page,) = image_pages(picture(form, mode=mode)).pages
    assert round(float(page.mediabox.width)) == 842


def test_what_cannot_be_a_picture():
    for data in (b"", b"GIF89a", picture()[:60]):
        with pytest.raises(Unusable):
            image_pages(data)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_tampered_pdf_is_bound_or_named_apart(data):
    content = bytearray(PIECES[0].data)
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        pages = pdf_pages(bytes(content)).pages
    except Unusable:
        return
    assert len(pages) > 0


def test_a_name_with_a_character_that_no_font_has_does_not_stop_the_binding():
    made = evidence_pdf(
        "\ue123镇", ("申报单位:沁县",), (piece("\U00020bb7村\ue123证明.pdf", "application/pdf", pdf(1)),)
    )
    reader = PdfReader(BytesIO(made.data))
    assert "〓村〓证明.pdf" in reader.pages[0].extract_text()
    assert reader.outline[1].title == "1. \U00020bb7村\ue123证明.pdf"  # readers of the file have fonts of their own


def test_more_than_one_volume_can_hold_stands_apart():
    full = overfull([90 << 20, 10 << 20, 1])
    assert full == ["", "", "一册已满 100 MB"]
    made = evidence_pdf("汇编", (), (Piece("历史", "大.pdf", "application/pdf", None, "ab" * 32, full[2]),))
    assert "一册已满 100 MB,另附" in PdfReader(BytesIO(made.data)).pages[1].extract_text()
