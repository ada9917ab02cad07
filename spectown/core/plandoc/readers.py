"""Which module reads which kind of file; it and its library are loaded only when such a file is met."""

from __future__ import annotations

from importlib import import_module

_READERS = {
    "html": "spectown.core.plandoc.reading_html",
    "docx": "spectown.core.plandoc.reading_word",
    "pdf": "spectown.core.plandoc.reading_pdf",
}


def html(text: str) -> str:
    """Return the text of a page: blocks on lines of their own, table rows with tabs, scripts left out."""
    rendered: str = import_module(_READERS["html"]).render(text)
    return rendered


def binary(kind: str, data: bytes) -> str | None:
    """Return the text of a docx or pdf file, or None when it cannot be opened."""
    rendered: str | None = import_module(_READERS[kind]).render(data)
    return rendered
