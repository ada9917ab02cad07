"""Official documents as PDF/A-2b, laid out by typst; one compiler is kept warm in a process."""

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Literal

import typst

from spectown.core.officialdoc.geometry import Face
from spectown.core.officialdoc.texts import printed
from spectown.core.officialdoc.tree import Document
from spectown.lib.officialdoc.fonts import FontSet, installed
from spectown.lib.officialdoc.payload import payload
from spectown.lib.officialdoc.refusal import Unrenderable, refuse_unprintable

TEMPLATE, FIGURE = (Path(__file__).with_name(name) for name in ("official.typ", "figure.typ"))
MOST_AT_ONCE = 100  # documents in one file: each takes 1.2 MB of memory until the file is done
LINE_FEED = "\n"
STANDARD: Literal["a-2b"] = "a-2b"
_ONE_AT_A_TIME = threading.Lock()  # the compiler is not made for two threads


@dataclass(frozen=True, slots=True)
class Pdf:
    """The file, the family used for each face, and which family lent which character."""

    data: bytes
    fonts: dict[Face, str]
    lent: dict[str, str]


def render_pdf(*documents: Document, fonts: FontSet | None = None, draft: str = "") -> Pdf:
    """The document, or several one after the other for printing, each numbered from page 1.

    `draft`: a word across every page, for what has not been issued.
    Raises Unrenderable (Chinese) when no font has a character, naming it and its place, or when there are too many.
    """
    if len(documents) > MOST_AT_ONCE:
        raise Unrenderable(f"一次最多合并打印 {MOST_AT_ONCE} 份公文,现有 {len(documents)} 份,请分批。")
    chosen = fonts or installed()
    lent = _lent(documents, chosen)
    data = json.dumps(payload(documents, chosen) | {"draft": draft}, ensure_ascii=False)
    made = compile_pdf(data, chosen, documents[0].day)
    return Pdf(made, {face: chosen.family(face) for face in Face}, lent)


def refuse_unrenderable(document: Document) -> None:
    """Raise Unrenderable where the document has a character that no font has."""
    _lent((document,), installed())


def compile_pdf(data: str, fonts: FontSet, day: date | None) -> bytes:
    """The template laid out with its data (JSON of `payload`). Raises Unrenderable at any warning."""
    with _ONE_AT_A_TIME:
        pdf, warnings = _compiler(fonts.folders).compile_with_warnings(
            str(TEMPLATE), format="pdf", sys_inputs={"data": data}, pdf_standards=STANDARD, timestamp=_timestamp(day)
        )
    if warnings or not isinstance(pdf, bytes):
        raise Unrenderable(f"版式引擎有警告,没有生成 PDF:{'; '.join(w.message for w in warnings)}")
    return pdf


def svg_as_png(svg: bytes, width_mm: float) -> bytes:
    """A drawing as PNG of 200 dots an inch."""
    return compiled_png(FIGURE, {"svg": svg.decode(), "width": str(width_mm)}, 200.0)


def compiled_png(template: Path, inputs: dict[str, str], ppi: float) -> bytes:
    """A template of one page laid out with its inputs, as PNG."""
    with _ONE_AT_A_TIME:
        compiler = _compiler(installed().folders, template)
        png = compiler.compile(str(template), format="png", ppi=ppi, sys_inputs=inputs)
    if not isinstance(png, bytes):
        raise Unrenderable("图不能转换为 PNG。")
    return png


@lru_cache(maxsize=4)
def _compiler(folders: tuple[str, ...], template: Path = TEMPLATE) -> typst.Compiler:
    """Kept warm. It takes the last input for the next one, so that every call names its own."""
    return typst.Compiler(str(template), root=str(template.parent), font_paths=list(folders), ignore_system_fonts=True)


def _lent(documents: Sequence[Document], fonts: FontSet) -> dict[str, str]:
    """Characters not in a face's own font, and the family that shows them instead."""
    lent: dict[str, str] = {}
    for document in documents:
        refuse_unprintable(document)
        for part, face, text in printed(document):
            for char in set(text) - {LINE_FEED}:
                family = fonts.serving(face, char)
                if not family:
                    raise Unrenderable(_missing(char, part))
                if family != fonts.family(face):
                    lent[char] = family
    return lent


def _missing(char: str, part: str) -> str:
    return (
        f"{part}中的“{char}”(U+{ord(char):04X})在现有字体中都没有字形,不能印出。"
        "请在 FONT_DIR 所指的文件夹中放入含有该字的字体,或改用别的写法。"
    )


def _timestamp(day: date | None) -> int | None:
    """The document's own day, so that the same facts give the same file; without one, now."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) if day else None
