"""A word across every page of a PDF that has not been issued, as our own drafts bear it."""

from __future__ import annotations

from functools import cache
from io import BytesIO

from pypdf import PdfReader, PdfWriter

from spectown.core.officialdoc.blocks import Gap
from spectown.core.officialdoc.geometry import MM_PER_PT, PAGE
from spectown.core.officialdoc.tree import Document, Format
from spectown.lib.officialdoc.pdf import render_pdf


def across(data: bytes, word: str) -> bytes:
    """The PDF with the word under the text of each page, in its middle."""
    mark = PdfReader(BytesIO(_marked(word))).pages[0]
    wide, high = (mm / MM_PER_PT for mm in PAGE)
    writer = PdfWriter(clone_from=BytesIO(data))
    for page in writer.pages:
        box = page.mediabox
        left, below = (float(box.width) - wide) / 2, (float(box.height) - high) / 2
        page.merge_translated_page(mark, float(box.left) + left, float(box.bottom) + below, over=False)
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


@cache
def _marked(word: str) -> bytes:
    return render_pdf(Document("", (Gap(1),), Format.FORM), draft=word).data
