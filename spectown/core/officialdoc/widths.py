"""Width of text in full-width characters: a Chinese character or sign is 1, a letter or digit 1/2."""

import unicodedata
from math import ceil

from spectown.core.officialdoc.blocks import Text


def plain(text: Text) -> str:
    """Text without its faces."""
    return text if isinstance(text, str) else "".join(run.text for run in text)


def width(text: Text) -> float:
    """Width in characters of the body's grid."""
    return sum(0.0 if unicodedata.combining(c) else 1.0 if _is_full(c) else 0.5 for c in plain(text))


def lines(text: Text, per_line: int, indent: int = 0) -> int:
    """How many lines the text takes, about: punctuation that may not begin a line is not looked at."""
    return max(1, ceil((width(text) + indent) / per_line))


def _is_full(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WFA"
