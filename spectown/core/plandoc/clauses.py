"""From numbers to the tree of clauses: ids, headings, own texts and their ranges."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from spectown.core.plandoc.model import Clause
from spectown.core.plandoc.numbering import Token

HEADING_LENGTH = 60
_STOP = re.compile(r"[。;!?:\n]")


@dataclass(slots=True)
class Node:
    """A clause being built."""

    id: str
    parent: Node | None
    token: Token
    heading: str
    start: int
    end: int
    children: list[Node] = field(default_factory=list)

    def depth(self) -> int:
        """Return 1 for a root."""
        return 1 if self.parent is None else self.parent.depth() + 1


def nodes(
    folded: str, source: str, tokens: list[Token], end: int, prefix: str, taken: dict[str, int], marks: list[int]
) -> list[Node]:
    """Return the clauses of one part in reading order; `taken` counts the ids of the whole file,
    `marks` are the sorted starts of its unit marks.
    """
    found: list[Node] = []
    path: list[Node] = []
    restarts = _Restarts(prefix)
    for i, token in enumerate(tokens):
        stop = tokens[i + 1].start if i + 1 < len(tokens) else end
        while path and path[-1].token.rank >= token.rank:
            path.pop()
        parent = path[-1] if path else None
        node = Node(
            _free_id(_id(restarts.prefix_of(token, parent), parent, token), taken),
            parent,
            token,
            heading(folded, source, token.end, stop, marks),
            token.start,
            _trimmed_end(folded, token.start, stop),
        )
        if parent:
            parent.children.append(node)
        path.append(node)
        found.append(node)
    return found


def tree(found: list[Node], source: str) -> tuple[Clause, ...]:
    """Return the finished roots."""
    return tuple(_finish(node, source) for node in found if node.parent is None)


def _finish(node: Node, source: str) -> Clause:
    return Clause(
        id=node.id,
        parent=node.parent.id if node.parent else None,
        level=node.depth(),
        style=node.token.style,
        number=node.token.number,
        heading=node.heading,
        text=source[node.start : node.end],
        start=node.start,
        end=node.end,
        children=tuple(_finish(child, source) for child in node.children),
    )


def heading(folded: str, source: str, start: int, stop: int, marks: list[int]) -> str:
    """Return the heading that stands at `start`: its line, or the words up to the first stop of a run-in one.

    A unit mark is not part of it. A sentence too long for a heading gives "".
    """
    while start < stop and folded[start] in " \n":
        start += 1
    at = bisect_left(marks, start)
    if at < len(marks):
        stop = min(stop, marks[at])
    match = _STOP.search(folded, start, min(stop, start + 3 * HEADING_LENGTH))
    end = match.start() if match else min(stop, start + 3 * HEADING_LENGTH)
    words = " ".join(source[start:end].split())
    return words if len(words) <= HEADING_LENGTH else ""


@dataclass(slots=True)
class _Restarts:
    """Counts the documents that follow each other without a title of their own: the first style begins anew."""

    prefix: str
    style: str = ""
    count: int = 1
    last: int = 0

    def prefix_of(self, token: Token, parent: Node | None) -> str:
        """Return the id prefix for a root `token`; the second list from 一 on belongs to 文件2."""
        if parent is None:
            self.style = self.style or token.style
            if token.style == self.style:
                self.count += token.value == 1 and self.last > 1
                self.last = token.value
        return self.prefix if self.count == 1 else f"{self.prefix}文件{self.count}/"


def _id(prefix: str, parent: Node | None, token: Token) -> str:
    if parent is None or token.style == "第条":
        return f"{prefix}{token.number}"
    joint = "." if parent.token.number[-1:].isdigit() and token.number[:1].isdigit() else ""
    return f"{parent.id}{joint}{token.number}"


def _free_id(wanted: str, taken: dict[str, int]) -> str:
    """Return `wanted`, or `wanted~2`, `wanted~3` when it was given before."""
    taken[wanted] = taken.get(wanted, 0) + 1
    return wanted if taken[wanted] == 1 else f"{wanted}~{taken[wanted]}"


def _trimmed_end(folded: str, start: int, stop: int) -> int:
    while stop > start and folded[stop - 1] in " \n":
        stop -= 1
    return stop
