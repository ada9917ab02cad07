"""The lines of a document: where each begins and ends, without its surrounding blanks."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A non-blank line: `text` is folded and stripped, `start:end` its range; `gap` = blank lines before it."""

    text: str
    start: int
    end: int
    gap: int


def split(folded: str) -> list[Line]:
    """Return the non-blank lines of folded text."""
    lines: list[Line] = []
    last = 0
    for match in _LINE.finditer(folded):
        body = match.group()
        text = body.strip(" ")
        if not text:
            continue
        start = match.start() + len(body) - len(body.lstrip(" "))
        gap = max(0, folded.count("\n", last, start) - 1)
        lines.append(Line(text, start, start + len(text), gap))
        last = start + len(text)
    return lines
