"""Numbering tokens: 第三章, 第五条, 一、, (一), 1., (1), ①. Where they count is decided by `outline`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spectown.core.plandoc.numerals import CHINESE, value_of, written

RANKS = {"第章": 0, "第节": 1, "第条": 2, "一、": 3, "(一)": 4, "1.": 5, "1.1": 6, "(1)": 7, "①": 8}

_CN = f"[{CHINESE}]{{1,5}}"
_STYLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("第章", re.compile(rf"第[ ]?({_CN}|\d{{1,3}})[ ]?(?:章|部分|编|篇)[ ]?[、.:]?")),
    ("第节", re.compile(rf"第[ ]?({_CN}|\d{{1,3}})[ ]?节[ ]?")),
    ("第条", re.compile(rf"第[ ]?({_CN}|\d{{1,3}})[ ]?条(?!例|件|款第)[ ]?[、:]?")),
    ("(一)", re.compile(rf"[\[(][ ]?({_CN})[ ]?[\])][ ]?[、.]?")),
    ("(一)", re.compile(rf"({_CN})[ ]?\)")),
    ("一、", re.compile(rf"({_CN})[ ]?[、.]")),
    ("1.1", re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,3})[ ]?[、.]?(?![\d%])")),
    ("1.", re.compile(r"(\d{1,3})[ ]?(?:[、]|\.(?!\d)|\.(?=20\d\d年))")),
    ("(1)", re.compile(r"\([ ]?(\d{1,3})[ ]?\)[ ]?[、.]?")),
    ("(1)", re.compile(r"(\d{1,3})[ ]?\)[ ]?[、.]?")),
)
_GLYPHS = {
    **{chr(0x3220 + i): ("(一)", i + 1) for i in range(10)},
    **{chr(0x2488 + i): ("1.", i + 1) for i in range(20)},
    **{chr(0x2474 + i): ("(1)", i + 1) for i in range(20)},
    **{chr(0x2460 + i): ("①", i + 1) for i in range(20)},
}


@dataclass(frozen=True, slots=True)
class Token:
    """A number at `start:end`; `number` as used in ids: 三, (四), 1, 第五条."""

    style: str
    value: int
    number: str
    start: int
    end: int

    @property
    def rank(self) -> int:
        """Depth of the style among the usual ones: 第X章 0 … ① 8."""
        return RANKS[self.style]


def read(text: str, offset: int = 0, at: int = 0) -> Token | None:
    """Return the token that begins at `text[at]`, placed at source position `offset + at`."""
    if at >= len(text):
        return None
    glyph = _GLYPHS.get(text[at])
    if glyph:
        style, value = glyph
        return Token(style, value, _label(style, text[at], value), offset + at, offset + at + 1)
    for style, pattern in _STYLES:
        match = pattern.match(text, at)
        if match:
            counted = value_of(match.group(1).split(".")[-1])
            if counted:
                number = _label(style, match.group(1) if style == "1.1" else match.group(), counted)
                return Token(style, counted, number, offset + at, offset + match.end())
    return None


def read_glued(text: str, offset: int, expected: int) -> Token | None:
    """Return item `expected` whose number runs into a figure of the text (11.121人才梯队)."""
    match = re.compile(rf"{expected}\.(?=\d)").match(text)
    return Token("1.", expected, str(expected), offset, offset + match.end()) if match else None


def _label(style: str, raw: str, value: int) -> str:
    word = "".join(raw.split()).rstrip("、.:")
    if style == "(一)":
        inner = word.strip("()[]")
        return f"({inner if inner[:1] in CHINESE else written(value)})"
    if style == "(1)":
        return f"({value})"
    return str(value) if style == "1." else word
