"""What one unit mark says: the words within a bracket or behind labels, read into roles.

Works on a `Cut` (no blanks). A mark is first parted by its labels (牵头单位:), each part by its verbs (牵头, 按职责
分工负责), what stands between by 、 and 和. Only then is the whole weighed: see `_weigh`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spectown.core.plandoc import units
from spectown.core.plandoc.folding import Cut
from spectown.core.plandoc.vocabulary import (
    BLANKET,
    FIRST_LEADS,
    LABEL,
    REMARK,
    TIME,
    VERB,
    Role,
    is_group_with,
    role_of_label,
    role_of_verb,
)


@dataclass(slots=True)
class Content:
    """Names with their roles in order, and what the reader met on the way."""

    items: list[tuple[str, Role]] = field(default_factory=list)
    labelled: bool = False
    worded: bool = False
    first_leads: bool = False
    blanket: list[str] = field(default_factory=list)
    refused: int = 0

    def names(self) -> list[str]:
        """Return all names."""
        return [name for name, _ in self.items]


def read(piece: Cut, start: int = 0, end: int | None = None, role: Role | None = None) -> Content:
    """Read `piece.text[start:end]`; `role` is what a label before it (a table heading) already says."""
    reader = _Reader(piece)
    stop = len(piece.text) if end is None else end
    reader.content.labelled = role is not None
    inside = units.depths(piece.text[start:stop])
    base = inside[0] if inside and piece.text[start] not in "([" else 0
    labels = [
        m for m in LABEL.finditer(piece.text, start, stop) if inside[m.start() - start] <= base + (m.group()[0] == "[")
    ]
    reader.part(start, labels[0].start() if labels else stop, role)
    for match, following in zip(labels, [*labels[1:], None], strict=False):
        reader.content.labelled = True
        reader.part(
            match.end(), following.start() if following else stop, role_of_label(match.group()), alone=len(labels) == 1
        )
    reader.content.first_leads |= bool(FIRST_LEADS.search(piece.text, start, stop))
    return reader.content


class _Reader:
    def __init__(self, piece: Cut) -> None:
        self.piece = piece
        self.content = Content()
        self.waiting: list[tuple[int, int]] = []

    def part(self, start: int, end: int, role: Role | None, *, alone: bool = False) -> None:
        """Read a stretch under one label (or none); behind a label of leads that is `alone` a ; ends the leads."""
        if role is Role.SKIP:
            return
        for begin, stop, sharp in self._groups(start, end):
            text = units.without_brackets(self.piece.text[begin:stop])
            if BLANKET.search(text):
                self._blanket(begin, stop)
            elif not (REMARK.search(text) or FIRST_LEADS.search(text) or self._is_time(text)):
                self._group(begin, stop, role)
            if sharp:
                self._flush(role or Role.PLAIN)
                role = Role.PLAIN if role is Role.LEAD and alone else role
        self._flush(role or Role.PLAIN)

    @staticmethod
    def _is_time(text: str) -> bool:
        return bool(TIME.search(text)) and not units.is_unit(text) and not VERB.search(text)

    def _groups(self, start: int, end: int) -> list[tuple[int, int, bool]]:
        """Part a stretch at , ; 。 outside brackets; the flag says whether the stop is a sharp one."""
        text = self.piece.text
        inside = units.depths(text[start:end])
        found: list[tuple[int, int, bool]] = []
        begin = start
        for i in range(start, end):
            if text[i] in ",;。" and not inside[i - start]:
                found.append((begin, i, text[i] != ","))
                begin = i + 1
        found.append((begin, end, True))
        return [group for group in found if group[1] > group[0]]

    def _group(self, begin: int, stop: int, role: Role | None) -> None:
        text = self.piece.text[begin:stop]
        inside = units.depths(text)
        at = 0
        assisting = False
        for match in VERB.finditer(text):
            if inside[match.start()] or match.start() < at:
                continue
            self.content.worded = True
            self._wait(begin + at, begin + match.start())
            given = Role.ASSIST if assisting else role_of_verb(match)
            self._flush(given if role is None or given is Role.LEAD or given is Role.ASSIST else role)
            assisting = is_group_with(match)
            at = match.end()
        if assisting:
            self._wait(begin + at, stop)
            self._flush(Role.ASSIST)
        elif at < len(text):
            self._wait(begin + at, stop, strict=at > 0)

    def _wait(self, start: int, end: int, *, strict: bool = False) -> None:
        for a, b in units.split(self.piece.text[start:end]):
            name = self.piece.text[start + a : start + b]
            if strict and not (units.is_strong(name) or units.is_collective(name)):
                continue
            if self._is_time(name):
                continue
            self.waiting.append((start + a, start + b))

    def _flush(self, role: Role) -> None:
        for start, end in self.waiting:
            folded = self.piece.text[start:end]
            own, cleaned = _own_role(folded)
            end -= len(folded) - len(cleaned)
            if units.is_plausible(cleaned):
                self.content.items.append((self.piece.printed(start, end), own or role))
            else:
                self.content.refused += 1
        self.waiting.clear()

    def _blanket(self, begin: int, stop: int) -> None:
        match = BLANKET.search(self.piece.text, begin, stop)
        if match:
            group = "who" if match.group("who") else "touched"
            base = match.start(group)
            names = units.split(match.group(group))
            self.content.blanket += [self.piece.printed(base + a, base + b) for a, b in names]


def _own_role(name: str) -> tuple[Role | None, str]:
    """Return the role that a unit carries in its own bracket (市工信局(牵头)) and the name without it.

    A remark in the bracket (列第一位的为牵头单位) is cut off as well.
    """
    at = max(name.rfind("("), name.rfind("["))
    if at < 2 or not name.endswith((")", "]")):
        return None, name
    inner = name[at + 1 : -1]
    if inner in _OWN_ROLES:
        return _OWN_ROLES[inner], name[:at]
    if REMARK.search(inner) or FIRST_LEADS.search(inner):
        return None, name[:at]
    return None, name


_OWN_ROLES = {"牵头": Role.LEAD, "牵头单位": Role.LEAD, "主办": Role.LEAD, "配合": Role.ASSIST, "协办": Role.ASSIST}
