"""版记 (7.4) ends the last page and never has one of its own where that can be avoided, wherever the text ends."""

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from spectown.core.officialdoc.blocks import Labelled, Paragraph, Table
from spectown.core.officialdoc.tree import Attachment, Document
from spectown.lib.officialdoc.docx.render import render_docx
from spectown.lib.officialdoc.fonts import font_set
from spectown.lib.officialdoc.pdf import render_pdf
from tests.officialdoc_samples import SENTENCE, minutes, notice
from tests.pdf_positions import pages

NOTO = font_set([])
LINE = "行"
ROWS = range(12, 33)
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def lines(count: int) -> tuple[Paragraph, ...]:
    """As many lines of text, each a paragraph, but the last three, which are one."""
    return (*(Paragraph(LINE) for _ in range(count - 3)), Paragraph(LINE * 75))


def table(rows: int) -> Table:
    return Table((1, 4), (("号", "名"),), tuple((LINE, "表中文字") for _ in range(rows)))


def text(count: int) -> Document:
    return replace(notice(), body=lines(count), attachments=(), note="")


def noted(count: int) -> Document:
    return replace(text(count), note="联系人")


def unsigned(count: int) -> Document:
    return replace(minutes(), body=(*lines(count - 1), Labelled("出席", LINE * 60)))


def unsigned_table(count: int) -> Document:
    return replace(minutes(), body=(Paragraph(SENTENCE), table(count)))


def annexed(count: int) -> Document:
    return replace(notice(), body=lines(4), attachments=(Attachment("名单", lines(count)),), note="")


def annexed_table(count: int) -> Document:
    return replace(notice(), body=lines(4), attachments=(Attachment("名单", (table(count),)),), note="")


MAKERS = (text, noted, unsigned, unsigned_table, annexed, annexed_table)


def last_pages(data: bytes) -> tuple[str, int]:
    """Text of the last page without its own number, and how many pages there are."""
    found = pages(data)
    return "".join(found[-1].extract_text().split()), len(found)


@pytest.mark.parametrize("maker", MAKERS)
def test_pdf(maker: Callable[[int], Document]) -> None:
    counts = set()
    for count in ROWS:
        shown, number = last_pages(render_pdf(maker(count), fonts=NOTO).data)
        counts.add(number)
        assert "抄送" in shown, count
        assert shown.count(LINE) >= 2, (count, shown)
        if "table" in maker.__name__:
            assert "号名" in shown, count  # the head stands above the rows that were taken along
    assert len(counts) > 1, "the end of the page was never reached"


def test_rows_that_cannot_be_parted_are_left_together() -> None:
    """A cell over several of the last rows, or one so long that a page may end in it, is not torn apart."""
    rows = tuple((LINE, "长" * 100) for _ in range(9))
    document = replace(notice(), attachments=(Attachment("名单", (Table((1, 4), (), rows),)),), note="")
    assert "抄送" in last_pages(render_pdf(document, fonts=NOTO).data)[0]


def kept(paragraph: Any) -> bool:
    return (
        paragraph._p.pPr.find(qn("w:keepNext")) is not None and paragraph.paragraph_format.keep_with_next is not False
    )


@pytest.mark.parametrize("maker", MAKERS)
def test_docx_keeps_what_stands_before_it(maker: Callable[[int], Document]) -> None:
    document = docx.Document(BytesIO(render_docx(maker(20))))
    elements = list(document.element.body.iterchildren())
    assert elements[-1].tag == qn("w:sectPr")
    assert "版记" in elements[-2].xml
    before = elements[-3]
    if before.tag == qn("w:tbl"):
        rows = document.tables[-1].rows
        flags = [all(kept(p) for cell in row.cells for p in cell.paragraphs) for row in rows]
        assert flags == [False] * (len(rows) - 2) + [True, True]
    else:
        signed = maker in (text, noted)
        last = next(p for p in document.paragraphs if p._p is before)
        assert kept(last) or (signed and last.style.paragraph_format.keep_with_next and last.text)


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("maker", [text, annexed_table])
def test_docx_in_libreoffice(maker: Callable[[int], Document], tmp_path: Path) -> None:
    """Where the text ends near the foot of the page, the page of 版记 has lines of the text."""
    files = []
    for count in range(19, 29, 3):
        file = tmp_path / f"{count}.docx"
        file.write_bytes(render_docx(maker(count)))
        files.append(str(file))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    for file in files:
        shown, _ = last_pages(Path(file).with_suffix(".pdf").read_bytes())
        assert "抄送" in shown, file
        assert shown.count(LINE) >= 1, (file, shown)
