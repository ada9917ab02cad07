"""Files of the demonstration: one page each, with words that belong there."""

from __future__ import annotations

from spectown.core.officialdoc.blocks import Paragraph
from spectown.core.officialdoc.tree import Document, Format
from spectown.lib.officialdoc.pdf import render_pdf

MARK = "演示数据,内容虚构。"


def paper(title: str, text: str) -> bytes:
    """A PDF of one page."""
    return render_pdf(Document(title, (Paragraph(text), Paragraph(MARK)), Format.FORM)).data
