"""What two texts have in common: pairs of neighbouring letters (character bigrams), without words that say nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

# Words that any problem has; they say nothing of what it is about.
EMPTY_WORDS = (
    *(
        "我公司",
        "我单位",
        "我们",
        "本公司",
        "企业",
        "公司",
        "专业镇",
        "希望",
        "恳请",
        "请求",
        "建议",
        "有关部门",
        "相关部门",
    ),
    *("市里", "县里", "帮助", "协调", "解决", "目前", "由于", "存在", "困难", "问题", "影响", "现在", "一直", "没有"),
)
_BLANKS = re.compile(r"\s+")  # between Chinese words they mean nothing
_LETTERS = re.compile(r"[0-9A-Z㐀-鿿]+")
_EMPTY = re.compile("|".join(sorted(EMPTY_WORDS, key=lambda word: (-len(word), word))))


def grams(text: str) -> frozenset[str]:
    """Pairs of neighbouring letters, without words that say nothing."""
    return frozenset(run[i : i + 2] for run in _runs(text) for i in range(len(run) - 1))


def in_common(first: frozenset[str], second: frozenset[str]) -> int:
    """Percent of the text in common: twice the pairs of letters of both, of all of either."""
    whole = len(first) + len(second)
    return 200 * len(first & second) // whole if whole else 0


def phrases(first: str, second: str, most: int = 3) -> list[str]:
    """Runs of letters that both texts have, the longest first: what the likeness rests on."""
    both, found = grams(first) & grams(second), set()
    for run in _runs(first):
        marks = [run[i : i + 2] in both for i in range(len(run) - 1)]
        found |= {run[start : end + 1] for start, end in _stretches(marks)}
    longest = sorted(found, key=lambda phrase: (-len(phrase), phrase))
    return [phrase for n, phrase in enumerate(longest) if not any(phrase in longer for longer in longest[:n])][:most]


def _runs(text: str) -> Iterator[str]:
    plain = _BLANKS.sub("", unicodedata.normalize("NFKC", text).upper())
    for run in _LETTERS.findall(plain):
        yield from (part for part in _EMPTY.split(run) if len(part) > 1)


def _stretches(marks: Sequence[bool]) -> Iterator[tuple[int, int]]:
    start = 0
    for place, mark in enumerate([*marks, False]):
        if not mark:
            if place > start:
                yield start, place
            start = place + 1
