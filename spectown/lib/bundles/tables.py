"""What a meeting bundle consists of: tables of which every one, and every figure, says where it comes from."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

Cell = str | int | Decimal | None
ABSENT = "未报"


@dataclass(frozen=True, slots=True)
class Source:
    """Where figures come from: list, clause of the plan, path of the page that shows them, day."""

    what: str
    path: str
    day: datetime.date
    clause: str = ""

    def __str__(self) -> str:
        clause = f"依据:方案{self.clause};" if self.clause else ""
        return f"来源:{self.what};{clause}系统页面:{self.path};截至{self.day}"


@dataclass(frozen=True, slots=True)
class Section:
    """One table: `summary` is what it says in a sentence; `empty` stands where there are no rows."""

    name: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    source: Source
    summary: str
    widths: Sequence[int]
    empty: str = "没有。"
    slide: Sequence[int] = ()  # columns that a slide has room for; none: no slide
    paper: Sequence[int] = ()  # columns that a page has room for; none: all of them

    def __post_init__(self) -> None:
        if any(len(row) != len(self.head) for row in self.rows) or len(self.widths) != len(self.head):
            raise ValueError(f"{self.name}: rows, widths and head differ")


@dataclass(frozen=True, slots=True)
class TownPage:
    """One town on a page of its own: `about` is a line below its name; all towns have the same sections."""

    name: str
    about: str
    sections: Sequence[Section]


@dataclass(frozen=True, slots=True)
class Meeting:
    """Everything of one 会议包."""

    title: str
    organ: str
    day: datetime.date
    agenda: Sequence[str]
    sections: Sequence[Section]
    towns: Sequence[TownPage] = ()


def shown(cell: Cell) -> str:
    """A cell as text; what was not reported says so."""
    if cell is None:
        return ABSENT
    if isinstance(cell, Decimal):
        text = f"{cell:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(cell)
