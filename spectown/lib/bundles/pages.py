"""Files that people uploaded as pages that can be bound: without actions, upright, within bounds."""

from __future__ import annotations

import warnings
from io import BytesIO

from PIL import Image, ImageOps
from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject

A4 = (595.28, 841.89)
EDGE, MOST_PAGES, MOST_POINTS, LONGEST_PX = 40.0, 500, 5000.0, 2400
ACTIONS = ("/A", "/AA", "/JS")
BROKEN = (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, OSError)


class Unusable(Exception):
    """The file cannot be bound; the message says why, in Chinese, without a full stop."""


def require_pages(data: bytes) -> PdfReader:
    """A PDF that opens without a password and has pages. Raises Unusable."""
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted:
            raise Unusable("PDF 设有密码")
        if not 0 < len(reader.pages) <= MOST_PAGES:
            raise Unusable(f"PDF 没有页或超过 {MOST_PAGES} 页")
    except BROKEN as error:
        raise Unusable("PDF 已损坏") from error
    return reader


def pdf_pages(data: bytes) -> PdfReader:
    """A PDF as pages without actions, rotation taken into the content. Raises Unusable."""
    reader = require_pages(data)
    try:
        writer = PdfWriter()
        for page in reader.pages:
            _tame(writer.add_page(page))
        return _reread(writer)
    except BROKEN as error:
        raise Unusable("PDF 已损坏") from error


def _tame(page: PageObject) -> None:
    if (
        max(page.mediabox.width, page.mediabox.height) > MOST_POINTS
        or min(page.mediabox.width, page.mediabox.height) < 1
    ):
        raise Unusable("PDF 的页面尺寸异常")
    if page.rotation:
        page.transfer_rotation_to_content()
    page.pop("/AA", None)
    for reference in page.get("/Annots", ArrayObject()):
        annotation = reference.get_object()
        if isinstance(annotation, DictionaryObject):
            for name in ACTIONS:
                annotation.pop(name, None)


def image_pages(data: bytes) -> PdfReader:
    """A picture on one page of A4, turned as the camera noted. Raises Unusable."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as opened:
                picture = ImageOps.exif_transpose(opened).convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Unusable("图片已损坏或过大") from error
    picture.thumbnail((LONGEST_PX, LONGEST_PX))
    stream = BytesIO()
    picture.save(stream, "PDF", resolution=72.0)
    return _on_a4(PdfReader(stream).pages[0])


def _on_a4(picture: PageObject) -> PdfReader:
    width, height = float(picture.mediabox.width), float(picture.mediabox.height)
    sheet = A4 if height >= width else (A4[1], A4[0])
    scale = min((sheet[0] - 2 * EDGE) / width, (sheet[1] - 2 * EDGE) / height)
    left, bottom = (sheet[0] - width * scale) / 2, (sheet[1] - height * scale) / 2
    writer = PdfWriter()
    page = writer.add_blank_page(*sheet)
    page.merge_transformed_page(picture, Transformation().scale(scale).translate(left, bottom))
    return _reread(writer)


def _reread(writer: PdfWriter) -> PdfReader:
    stream = BytesIO()
    writer.write(stream)
    stream.seek(0)
    return PdfReader(stream)
