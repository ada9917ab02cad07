"""Unit marks in brackets: every pair of the document is weighed, the outermost that is a mark counts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spectown.core.plandoc import brackets, units
from spectown.core.plandoc.brackets import Pair
from spectown.core.plandoc.content import Content, read
from spectown.core.plandoc.folding import cut, fold
from spectown.core.plandoc.model import MarkStyle
from spectown.core.plandoc.vocabulary import LABEL
from spectown.core.plandoc.weighing import is_mark

_SHORTEST = 4
_SENTENCE_END = '。;!?:」”"'
_NEVER = re.compile(r"[(\[][ ]*(?:含|包括|不含|以下简称|简称|如|即|详见|见|指|原|注|此件|其中|例如|比如|不包括|除)")
_HINT = re.compile(r"[局委办厅府会司团行院心处队部关区县市位门镇乡组头责]")
_NEAR = 200


@dataclass(frozen=True, slots=True)
class Found:
    """A mark before it is given to a clause; `content` still holds roles, not sets."""

    style: MarkStyle
    start: int
    end: int
    content: Content
    problem: str | None = None


def find(source: str, folded: str, blocked: list[tuple[int, int]]) -> list[Found]:
    """Return the bracketed marks in reading order; `blocked` ranges (rosters, lists) are passed over."""
    roots, open_ends = brackets.find(folded)
    found: list[Found] = []
    stack = list(reversed(roots))
    while stack:
        pair = stack.pop()
        mark = None if _within(pair.start, blocked) else _weigh(source, folded, pair)
        if mark:
            found.append(mark)
        else:
            stack.extend(reversed(pair.inner))
    taken = [(mark.start, mark.end) for mark in found]
    found.extend(_unclosed(source, folded, open_ends, blocked + taken))
    return sorted(found, key=lambda mark: mark.start)


def _weigh(source: str, folded: str, pair: Pair) -> Found | None:
    start, end = pair.start, pair.end
    if end - start < _SHORTEST or _NEVER.match(folded, start) or not _HINT.search(folded, start, end):
        return None
    piece = cut(source, folded, start + 1, end - 1)
    content = read(piece)
    label = _bracketed_label(source, folded, pair)
    if label:
        return label
    names = [fold(name) for name in content.names()]
    firms = all(units.is_business(name) for name in names)
    if not is_mark(content, at_end=_ends_item(folded, start, end, several=len(names) > 1, firms=firms)):
        return None
    return Found(style_of(content), start, end, content)


def _bracketed_label(source: str, folded: str, pair: Pair) -> Found | None:
    """Return the mark of 【责任单位】市发改委: the label is the bracket, the units follow to the end of the line."""
    match = LABEL.match(folded, pair.start)
    if not match or match.end() < pair.end or folded[pair.start] != "[":
        return None
    stop = folded.find("\n", pair.end)
    stop = len(folded) if stop < 0 else min(stop, pair.end + brackets.MAX_LENGTH)
    content = read(cut(source, folded, pair.start, stop))
    return Found(MarkStyle.LABELLED_LINES, pair.start, stop, content) if is_mark(content, at_end=True) else None


def style_of(content: Content) -> MarkStyle:
    """Return the style that the words of a bracket show."""
    if content.labelled:
        return MarkStyle.BRACKET_LABELS
    return MarkStyle.BRACKET_VERBS if content.worded else MarkStyle.BRACKET_LIST


def _ends_item(folded: str, start: int, end: int, *, several: bool, firms: bool) -> bool:
    """Whether a bracket without any word stands where marks stand: behind a sentence, or at the end of a line.

    One name behind a unit is its alias; several names are one only behind a unit beyond doubt. Names of firms alone
    behind a noun are examples of it.
    """
    before = folded[max(0, start - 30) : start].rstrip(" \n([")
    if before and before[-1] in _SENTENCE_END:
        return True
    after = folded[end : end + 30].lstrip(" )]")
    ends_line = not after or after[0] in "\n。;"
    return ends_line and not firms and not (units.STRONG if several else units.WEAK).search(before)


def _unclosed(source: str, folded: str, open_ends: list[int], blocked: list[tuple[int, int]]) -> list[Found]:
    """Return marks whose closing bracket was forgotten: they reach to the end of their line."""
    found: list[Found] = []
    for i, start in enumerate(open_ends[:_NEAR]):
        stop = folded.find("\n", start)
        stop = len(folded) if stop < 0 else stop
        stop = min(stop, open_ends[i + 1]) if i + 1 < len(open_ends) else stop
        if stop - start > brackets.MAX_LENGTH or stop - start < _SHORTEST or _within(start, blocked):
            continue
        content = read(cut(source, folded, start + 1, stop))
        if (content.labelled or content.worded) and is_mark(content, at_end=False):
            found.append(Found(style_of(content), start, stop, content, "责任单位括号缺少右半边"))
    return found


def _within(at: int, ranges: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in ranges)
