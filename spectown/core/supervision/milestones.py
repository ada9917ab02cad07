"""Milestones (时间节点) as people write them, one a line: 2026-06-30 完成选址 40%."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

_LINE = re.compile(r"(\d{4})[-年./](\d{1,2})[-月./](\d{1,2})日?[ \u3000,\uff0c:\uff1a]*(.*)", re.DOTALL)
_PERCENT = re.compile(r"[ \u3000,\uff0c(\uff08]*(\d{1,3})\s*[%\uff05][)\uff09]?$")
EXAMPLE = "2026-06-30 完成选址 40%"


class MilestoneFault(ValueError):
    """The text cannot be read; the message says which line and why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One milestone: until when, what, and which part of the whole is done by then (None: not said)."""

    due: date
    title: str
    percent: int | None = None

    def __str__(self) -> str:
        return f"{self.due.isoformat()} {self.title}" + (f" {self.percent}%" if self.percent is not None else "")


def read_milestones(text: str) -> tuple[Planned, ...]:
    """The milestones of a text, lines or pieces between semicolons. Raises MilestoneFault."""
    pieces = [piece.strip() for piece in re.split(r"[\n;\uff1b]", text)]
    found = tuple(_planned(piece) for piece in pieces if piece)
    for before, after in pairwise(found):
        if after.due < before.due:
            raise MilestoneFault(f"“{after}”应排在“{before}”之前:时间节点请按日期先后写")
        if before.percent is not None and after.percent is not None and after.percent < before.percent:
            raise MilestoneFault(f"“{after}”的进度低于前一个节点的 {before.percent}%")
    return found


def write_milestones(found: Sequence[Planned]) -> str:
    """The text, one a line, as `read_milestones` reads it."""
    return "\n".join(str(each) for each in found)


def _planned(piece: str) -> Planned:
    match = _LINE.fullmatch(piece)
    if match is None:
        raise MilestoneFault(f"“{piece[:30]}”没有以日期开头,请写成“{EXAMPLE}”,一行一个")
    title, percent = match[4].strip(), None
    if ends := _PERCENT.search(title):
        title, percent = title[: ends.start()].strip(), int(ends[1])
    if not title:
        raise MilestoneFault(f"“{piece[:30]}”没有写做什么,请写成“{EXAMPLE}”")
    if percent is not None and percent > 100:
        raise MilestoneFault(f"“{piece[:30]}”的进度超过 100%")
    try:
        return Planned(date(int(match[1]), int(match[2]), int(match[3])), title, percent)
    except ValueError as fault:
        raise MilestoneFault(f"“{piece[:30]}”的日期不存在") from fault
