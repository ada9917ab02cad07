"""What changed between two versions of a plan, clause by clause.

Clauses are matched by their id; what is left over is matched by likeness of text (a renumbered clause), best pairs
first. Prose: docs/algorithms/plan-compare.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORDS = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[\s\S]")  # a number is one word, everything else a character
RENUMBERED_FROM = 0.6  # likeness from which two clauses of different ids count as one (own choice, docs)


class Change(StrEnum):
    """What happened to a clause."""

    SAME = "same"
    CHANGED = "changed"
    MOVED = "moved"
    ADDED = "added"
    REMOVED = "removed"

    @property
    def label(self) -> str:
        """Chinese word."""
        return _LABELS[self]


_LABELS = {
    Change.SAME: "未变",
    Change.CHANGED: "修改",
    Change.MOVED: "移动",
    Change.ADDED: "新增",
    Change.REMOVED: "删去",
}


@dataclass(frozen=True, slots=True)
class ClauseText:
    """A clause of one version: id, heading, text."""

    ref: str
    heading: str
    text: str

    @property
    def content(self) -> str:
        """Heading (where the text does not print it itself) and text, without blanks: layout is no change."""
        heading, text = (re.sub(r"\s+", "", words) for words in (self.heading, self.text))
        return text if heading in text else heading + text


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text: `kept`, `deleted` or `inserted`."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """One clause before and after; `pieces` show the wording."""

    change: Change
    before: ClauseText | None
    after: ClauseText | None
    pieces: tuple[Piece, ...]


def compare(before: Sequence[ClauseText], after: Sequence[ClauseText]) -> list[ClauseChange]:
    """All clauses of both versions in the order of the later one; removed ones at the end, in their old order."""
    partner = _partners(before, after)
    by_ref = {clause.ref: clause for clause in before}
    changes = [_change(by_ref.get(partner.get(clause.ref, "")), clause) for clause in after]
    taken = set(partner.values())
    return changes + [_change(clause, None) for clause in before if clause.ref not in taken]


def _partners(before: Sequence[ClauseText], after: Sequence[ClauseText]) -> dict[str, str]:
    """Id in the later version -> id in the earlier one."""
    old = {clause.ref: clause for clause in before}
    partner = {c.ref: c.ref for c in after if c.ref in old and _alike(old[c.ref], c) >= RENUMBERED_FROM}
    free_old = [c for c in before if c.ref not in partner.values()]
    free_new = [c for c in after if c.ref not in partner]
    _pair_by_likeness(free_old, free_new, partner)
    taken = set(partner.values())
    partner |= {c.ref: c.ref for c in free_new if c.ref not in partner and c.ref in old and c.ref not in taken}
    return partner


def _pair_by_likeness(old: Iterable[ClauseText], new: Sequence[ClauseText], partner: dict[str, str]) -> None:
    pairs = [(_alike(o, n), o.ref, n.ref) for o in old for n in new]
    taken: set[str] = set()
    for likeness, old_ref, new_ref in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if likeness < RENUMBERED_FROM:
            break
        if old_ref not in taken and new_ref not in partner:
            partner[new_ref] = old_ref
            taken.add(old_ref)


def _alike(before: ClauseText, after: ClauseText) -> float:
    if before.content == after.content:
        return 1.0
    matcher = SequenceMatcher(None, before.content, after.content, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= RENUMBERED_FROM else 0.0


def _change(before: ClauseText | None, after: ClauseText | None) -> ClauseChange:
    if before is None:
        return ClauseChange(Change.ADDED, None, after, (Piece("inserted", after.content if after else ""),))
    if after is None:
        return ClauseChange(Change.REMOVED, before, None, (Piece("deleted", before.content),))
    if before.content != after.content:
        return ClauseChange(Change.CHANGED, before, after, pieces(before.content, after.content))
    change = Change.SAME if before.ref == after.ref else Change.MOVED
    return ClauseChange(change, before, after, (Piece("kept", after.content),))


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """The wording of both as runs, numbers whole; kept + deleted is `before`, kept + inserted is `after`."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    found: list[Piece] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece("kept", "".join(old[i:j])))
            continue
        if j > i:
            found.append(Piece("deleted", "".join(old[i:j])))
        if m > k:
            found.append(Piece("inserted", "".join(new[k:m])))
    return tuple(found)
