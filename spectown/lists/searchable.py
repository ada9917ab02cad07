"""The text that the search box looks into: the searched names as written, and their pinyin initials.

Codes are not in it: they are searched in their own column. One row (`search_text`) and whole columns (`search_texts`)
give the same text, since both are made by `folded`.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence

import polars as pl
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

from spectown.lib.pinyin import READINGS
from spectown.lists.declaration import Ledger
from spectown.lists.kinds import Kind
from spectown.lists.models import ListRow

LONGEST = 1000


def searched(ledger: Ledger) -> tuple[str, ...]:
    """The searched columns whose text is kept: all but codes."""
    return tuple(name for name in ledger.search if ledger.by_name[name].kind != Kind.CODE)


def search_text(ledger: Ledger, row: ListRow) -> str:
    """Text of one row: lower case, blanks made one, then the initials."""
    return folded([str(getattr(row, name) or "") for name in searched(ledger)])


def search_texts(ledger: Ledger, frame: pl.DataFrame) -> pl.Series:
    """The same of many rows at once, as a text column. `frame` has the searched columns as text, null = empty."""
    names = searched(ledger)
    if frame.is_empty():
        return pl.Series("search_text", [], pl.String)
    joined = pl.concat_str(
        [pl.col(n).fill_null("").str.replace_all("\n", " ", literal=True) for n in names], separator="\t"
    )
    plain = frame.select(joined.str.join("\n")).item().lower()
    texts = pl.DataFrame({"plain": plain.split("\n"), "short": initials(plain).split("\n")})
    words = [pl.col(name).str.replace_all(r"[\s\x1c-\x1f]+", " ").str.strip_chars(" ") for name in ("plain", "short")]
    both = pl.concat_str(words, separator=" ").str.strip_chars(" ").str.head(LONGEST)
    ascii_only = ~pl.col("plain").str.contains(r"[^\x00-\x7f]")
    return texts.select(
        pl.when(ascii_only).then(words[0].str.head(LONGEST)).otherwise(both).alias("search_text")
    ).to_series()


def folded(texts: Sequence[str]) -> str:
    """Text of the searched columns of one row."""
    plain = "\t".join(text.replace("\n", " ") for text in texts).lower()
    return _joined(plain, initials(plain))


def _joined(plain: str, short: str) -> str:
    words = plain.split()
    return " ".join(words if plain.isascii() else [*words, *short.split()])[:LONGEST]


def initials(text: str) -> str:
    """Lower-case text with each Chinese character as the first letter of its reading, without punctuation."""
    spelled = _phrases().sub(lambda match: _readings()[match.group()], text)
    return spelled.translate(_letters())


@functools.cache
def _letters() -> dict[int, str | None]:
    """First letter by character; punctuation to nothing, so that 沁州黄(集团) is found by qzhjt."""
    letters: dict[int, str | None] = {char: _first(reading) for char, reading in PINYIN_DICT.items()}
    marks = (char for char in range(0x10000) if unicodedata.category(chr(char))[0] in "PS")
    return letters | dict.fromkeys(marks)


@functools.cache
def _readings() -> dict[str, str]:
    """Initials of the two-character words that are read otherwise than their characters alone: 银行, 长治."""
    letters = _letters()
    words = {word: reading for word, reading in PHRASES_DICT.items() if len(word) == 2} | READINGS
    spelled = {word: "".join(_first(char[0]) for char in reading) for word, reading in words.items()}
    return {word: short for word, short in spelled.items() if short != word.translate(letters)}


@functools.cache
def _phrases() -> re.Pattern[str]:
    """Matches those words; grouped by their first character, by which the search skips the rest."""
    seconds: dict[str, str] = defaultdict(str)
    for word in sorted(_readings()):
        seconds[word[0]] += re.escape(word[1])
    return re.compile("|".join(f"{first}[{second}]" for first, second in seconds.items()))


def _first(reading: str) -> str:
    return unicodedata.normalize("NFD", reading.split(",")[0])[0]
