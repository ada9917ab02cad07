"""What stands where in a PDF: pieces of text and lines, in mm from the page's upper left corner."""

import re
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pypdf

MM = 25.4 / 72
LINE = re.compile(rb"1 0 0 -1 ([-\d.]+) ([-\d.]+) cm.{0,60}? ([\d.]+) w [^\n]*?0 0 m ([-\d.]+) 0 l", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text: left end and baseline, size of type in pt, font."""

    text: str
    x: float
    baseline: float
    size: float
    font: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line: left end, height on the page, length, thickness."""

    x: float
    y: float
    length: float
    thickness: float


def pages(data: bytes) -> list[pypdf.PageObject]:
    """The pages of a file."""
    return list(pypdf.PdfReader(BytesIO(data)).pages)


def pieces(page: pypdf.PageObject) -> list[Piece]:
    """Pieces of text in the order of the file."""
    found: list[Piece] = []
    height = float(page.mediabox.height)

    def visit(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        if text.strip():
            name = str(font["/BaseFont"]).split("+")[-1] if font else ""
            x, y = cm[0] * tm[4] + cm[2] * tm[5] + cm[4], cm[1] * tm[4] + cm[3] * tm[5] + cm[5]
            found.append(Piece(text.strip("\n"), x * MM, (height - y) * MM, size, name))

    page.extract_text(visitor_text=visit)
    return found


def rules(page: pypdf.PageObject) -> list[Rule]:
    """Horizontal lines that typst draws."""
    height = float(page.mediabox.height)
    content = page.get_contents()
    assert content is not None
    found = (tuple(map(float, match)) for match in LINE.findall(content.get_data()))
    return [Rule(x * MM, (height - y) * MM, length * MM, thick * MM) for x, y, thick, length in found]


def text_of(data: bytes) -> str:
    """All text without line ends and spaces."""
    return "".join("".join(page.extract_text().split()) for page in pages(data))
