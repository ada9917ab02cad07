"""PDF files as text, pages in order."""

from __future__ import annotations

import io
import logging

import pypdf

from spectown.core.plandoc.folding import RADICALS

_LOG = logging.getLogger(__name__)
_MOST_PAGES = 400


def render(data: bytes) -> str | None:
    """Return the text of a PDF, pages in order, or None when it cannot be opened."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        return "\n".join(page.extract_text() for page in reader.pages[:_MOST_PAGES]).translate(RADICALS)
    except Exception as error:  # the library raises many kinds on damaged files; all mean: not readable
        _LOG.info("PDF not readable: %s", error)
        return None
