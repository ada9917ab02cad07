"""From marks to tasks: whose mark it is, the rules stated once, the union per task."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from spectown.core.plandoc.clauses import Node
from spectown.core.plandoc.marks import Found
from spectown.core.plandoc.model import Mark, Task
from spectown.core.plandoc.tablemarks import RowMark
from spectown.core.plandoc.vocabulary import FIRST_LEADS
from spectown.core.plandoc.weighing import weigh

_TITLE_LENGTH = 40


def assign(source: str, folded: str, found: list[Found], nodes: list[Node]) -> list[Mark]:
    """Return the finished marks in reading order, each with the clause it stands in.

    列第一位者为牵头单位 within a mark governs it and all later ones; stated anywhere outside the marks it governs all.
    """
    starts = [node.start for node in nodes]
    governed = _stated_outside(folded, found)
    marks: list[Mark] = []
    for mark in sorted(found, key=lambda item: item.start):
        governed = governed or mark.content.first_leads
        sets = weigh(mark.content, first_leads=governed)
        at = bisect_right(starts, mark.start) - 1
        marks.append(
            Mark(
                style=mark.style,
                raw=source[mark.start : mark.end],
                start=mark.start,
                end=mark.end,
                clause=nodes[at].id if at >= 0 else None,
                leads=sets.leads,
                participants=sets.participants,
                collective=sets.collective,
            )
        )
    return marks


def _stated_outside(folded: str, found: list[Found]) -> bool:
    inside = [(mark.start, mark.end) for mark in found]
    for match in FIRST_LEADS.finditer(folded):
        near = folded[max(0, match.start() - 40) : match.end() + 10]
        stated = re.search(r"单位|部门|者为|排|列|名", near)
        if stated and not any(start <= match.start() < end for start, end in inside):
            return True
    return False


def tasks(source: str, marks: list[Mark], nodes: list[Node], rows: list[RowMark], found: list[Found]) -> list[Task]:
    """Return one task per clause that carries marks itself, and one per table row, in reading order."""
    by_place = {(row.found.start, row.found.end): row for row in rows}
    by_id = {node.id: node for node in nodes}
    blankets = _blankets(found)
    result: list[tuple[int, Task]] = []
    grouped: dict[str | None, list[Mark]] = {}
    for mark in marks:
        row = by_place.get((mark.start, mark.end))
        if row:
            result.append((mark.start, _task(row.number, row.title, mark.clause, mark.raw, [mark], blankets)))
        else:
            grouped.setdefault(mark.clause, []).append(mark)
    for clause, own in grouped.items():
        node = by_id.get(clause or "")
        if node:
            text = source[node.start : node.end]
            title = node.heading or " ".join(source[node.token.end : node.end][:_TITLE_LENGTH].split())
            result.append((own[0].start, _task(node.token.number, title, clause, text, own, blankets)))
        else:
            result.extend(
                (mark.start, _task("", _sentence(source, mark), None, mark.raw, [mark], blankets)) for mark in own
            )
    return [task for _, task in sorted(result, key=lambda pair: pair[0])]


def _task(
    number: str, title: str, clause: str | None, text: str, marks: list[Mark], blankets: list[tuple[int, list[str]]]
) -> Task:
    leads = _union(mark.leads for mark in marks)
    added = [name for at, names in blankets if at <= marks[0].start for name in names]
    collective = _union([*(mark.collective for mark in marks), tuple(added)])
    participants = tuple(name for name in _union(mark.participants for mark in marks) if name not in leads)
    return Task(number, title, clause, text, leads, participants, collective, tuple(marks))


def _blankets(found: list[Found]) -> list[tuple[int, list[str]]]:
    return [(mark.start, mark.content.blanket) for mark in found if mark.content.blanket]


def _union(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for group in groups for name in group))


def _sentence(source: str, mark: Mark) -> str:
    """Return the words just before a mark that stands in no clause."""
    return " ".join(source[max(0, mark.start - _TITLE_LENGTH) : mark.start].split())
