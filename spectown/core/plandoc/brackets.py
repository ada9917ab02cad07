"""Pairs of brackets, matched once from left to right, as a forest."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_BRACKET = re.compile(r"[()\[\]]")
_OPENING = {")": "(", "]": "["}
MAX_LENGTH = 2000


@dataclass(slots=True)
class Pair:
    """`start` is the opening bracket, `end` just behind the closing one; `inner` the pairs within."""

    start: int
    end: int
    inner: list[Pair] = field(default_factory=list)


def find(folded: str) -> tuple[list[Pair], list[int]]:
    """Return the outermost pairs, and the positions of opening brackets that are never closed.

    Widths and kinds of one family match each other. A pair longer than any unit mark is dissolved into its inner
    pairs, so one forgotten bracket does not hide the rest of the document.
    """
    pairs: list[Pair] = []
    stacks: dict[str, list[int]] = {"(": [], "[": []}
    for match in _BRACKET.finditer(folded):
        char, at = match.group(), match.start()
        if char in stacks:
            stacks[char].append(at)
        elif stacks[_OPENING[char]]:
            opened = stacks[_OPENING[char]].pop()
            if at + 1 - opened <= MAX_LENGTH:
                pairs.append(Pair(opened, at + 1))
    open_ends = sorted(stacks["("] + stacks["["])
    return _nest(pairs), open_ends


def _nest(pairs: list[Pair]) -> list[Pair]:
    roots: list[Pair] = []
    path: list[Pair] = []
    for pair in sorted(pairs, key=lambda p: (p.start, -p.end)):
        while path and path[-1].end < pair.end:
            path.pop()
        (path[-1].inner if path else roots).append(pair)
        path.append(pair)
    return roots
