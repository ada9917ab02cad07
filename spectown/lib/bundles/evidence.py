"""Evidence of an application as one PDF: contents with page numbers, then the pieces in their order."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import accumulate
from pathlib import Path

import typst
from pypdf import PdfReader, PdfWriter

from spectown.core.officialdoc.blocks import Align, Paragraph, Table
from spectown.core.officialdoc.geometry import Face
from spectown.core.officialdoc.tree import Document, Format
from spectown.lib.bundles.codes import short_code
from spectown.lib.bundles.pages import Unusable, image_pages, pdf_pages
from spectown.lib.officialdoc.fonts import installed
from spectown.lib.officialdoc.pdf import render_pdf

NUMBERS = Path(__file__).with_name("numbers.typ")
IMAGES, PDF = {"image/png", "image/jpeg"}, "application/pdf"
SMALL_PT = 10.5
MOST_BYTES = 100 << 20


@dataclass(frozen=True, slots=True)
class Piece:
    """One file: the heading under which it was handed in, its name, type and content (None: not in the storage)."""

    heading: str
    name: str
    content_type: str
    data: bytes | None
    sha256: str
    apart: str = ""  # why it is not taken in, whatever it is


@dataclass(frozen=True, slots=True)
class Evidence:
    """The PDF, and the hash of its pieces as printed on the first page."""

    data: bytes
    digest: str


def overfull(sizes: Iterable[int]) -> list[str]:
    """For each file in order why it stays apart: binding takes up to eight times its materials in memory."""
    sums = accumulate(sizes)
    return [f"一册已满 {MOST_BYTES >> 20} MB" if total > MOST_BYTES else "" for total in sums]


def digest_of(pieces: Sequence[Piece]) -> str:
    """SHA-256 of the pieces' own hashes in their order, one a line."""
    return hashlib.sha256("\n".join(piece.sha256 for piece in pieces).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Binding:
    """What the first page names as that to which the print belongs: a digest, and what it is the digest of."""

    digest: str
    meaning: str


ABSENT = "〓"  # what printers set for a sort that is not in the case
OF_PIECES = "各件 SHA-256 依次逐行相连后的 SHA-256"
PROVEN = "所证明的条件"


def evidence_pdf(
    title: str, about: Sequence[str], pieces: Sequence[Piece], binding: Binding | None = None, what: str = PROVEN
) -> Evidence:
    """One PDF of all pieces, bound to their own hashes unless `binding` names another digest; `what`: of the headings.

    Raises Unrenderable for a character that no font has.
    """
    bound = binding or Binding(digest_of(pieces), OF_PIECES)
    title = shown(title)
    said = (*about, f"短码:{short_code(bound.digest)}", f"校验值({bound.meaning}):{bound.digest}")
    readers = [_pages(number, piece, what) for number, piece in enumerate(pieces, 1)]
    lengths = [len(reader.pages) for reader in readers]
    contents = _contents(title, said, pieces, what, [0] * len(pieces))
    places = [len(contents.pages) + 1 + sum(lengths[:n]) for n in range(len(pieces))]
    contents = _contents(title, said, pieces, what, places)
    writer = PdfWriter()
    writer.append(contents, outline_item="目录", import_outline=False)
    for number, (piece, reader) in enumerate(zip(pieces, readers, strict=True), 1):
        writer.append(reader, outline_item=f"{number}. {piece.name}", import_outline=False)
    _number(writer)
    writer.add_metadata({"/Title": title})
    stream = BytesIO()
    writer.write(stream)
    return Evidence(stream.getvalue(), bound.digest)


def _pages(number: int, piece: Piece, what: str) -> PdfReader:
    """The pages of a piece; one page that names it where it cannot be taken in."""
    try:
        if piece.apart:
            raise Unusable(piece.apart)
        if piece.data is None:
            raise Unusable("文件不在存储中")
        if piece.content_type == PDF:
            return pdf_pages(piece.data)
        if piece.content_type in IMAGES:
            return image_pages(piece.data)
        raise Unusable("不是 PDF 或图片")
    except Unusable as error:
        return _apart(number, piece, what, str(error))


def _apart(number: int, piece: Piece, what: str, reason: str) -> PdfReader:
    lines = [
        f"第{number}件:{piece.name}",
        f"{what}:{piece.heading}",
        f"{reason},另附。",
        f"SHA-256:{piece.sha256}",
    ]
    return _read(Document("另附材料", tuple(map(_line, lines)), Format.FORM))


def _contents(title: str, said: Sequence[str], pieces: Sequence[Piece], what: str, places: Sequence[int]) -> PdfReader:
    rows = tuple((str(n), shown(p.heading), shown(p.name), str(places[n - 1])) for n, p in enumerate(pieces, 1))
    aligns = (Align.CENTER, Align.LEFT, Align.LEFT, Align.CENTER)
    table = Table((1, 5, 6, 1.2), (("序号", what, "材料", "页码"),), rows, aligns, "目录", size_pt=SMALL_PT)
    return _read(Document(title, (*map(_line, said), table if rows else _line("没有证明文件。")), Format.FORM))


def _line(text: str) -> Paragraph:
    return Paragraph(shown(text), indent=False, align=Align.LEFT, size_pt=SMALL_PT)


def shown(text: str) -> str:
    """With 〓 for characters that no font has: a county's file name must not keep the office from binding."""
    fonts = installed()
    return "".join(char if fonts.serving(Face.FANGSONG, char) else ABSENT for char in text)


def _read(document: Document) -> PdfReader:
    return PdfReader(BytesIO(render_pdf(document).data))


def _number(writer: PdfWriter) -> None:
    """Lay the page numbers over all pages."""
    sizes = [(float(page.mediabox.width), float(page.mediabox.height)) for page in writer.pages]
    fonts = installed()
    inputs = {"sizes": json.dumps(sizes), "font": "|".join(fonts.families(Face.SONGTI))}
    laid = typst.compile(
        str(NUMBERS), font_paths=list(fonts.folders), ignore_system_fonts=True, sys_inputs=inputs, format="pdf"
    )
    if not isinstance(laid, bytes):
        raise TypeError("one PDF was asked for")
    for page, number in zip(writer.pages, PdfReader(BytesIO(laid)).pages, strict=True):
        page.merge_translated_page(number, float(page.mediabox.left), float(page.mediabox.bottom))
