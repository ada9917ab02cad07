"""Word files as text: one paragraph a line, automatic numbers written out, table rows parted by tabs."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import Any

import docx as word
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph

from spectown.core.plandoc.word_numbering import Numbering

_LOG = logging.getLogger(__name__)


def render(data: bytes) -> str | None:
    """Return the text of a Word file in reading order, or None when it cannot be opened."""
    try:
        document = word.Document(io.BytesIO(data))
        return "\n".join(_lines(document))
    except Exception as error:  # the library raises many kinds on damaged files; all mean: not readable
        _LOG.info("Word file not readable: %s", error)
        return None


def _lines(document: Any) -> Iterator[str]:
    numbering = Numbering.of(document)
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            number = numbering.next(block) if block.text.strip() else ""
            yield number + block.text
        elif isinstance(block, WordTable):
            for row in block.rows:
                yield "\t".join(_cells(row, numbering))


def _cells(row: Any, numbering: Numbering) -> Iterator[str]:
    """Yield the cells of a row; a cell merged downwards is repeated, one merged sideways leaves blanks (as in HTML)."""
    last = None
    for cell in row.cells:
        if cell._tc is last:
            yield ""
            continue
        last = cell._tc
        texts = [(numbering.next(p) if p.text.strip() else "") + p.text for p in cell.paragraphs]
        yield " ".join(" ".join(texts).split())
