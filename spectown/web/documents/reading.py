"""What was typed in the form of a kind becomes facts, nothing lost: what cannot be read stays as typed."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from spectown.core.documentkinds.common import all_facts
from spectown.core.documentkinds.model import Fact, FactType, Kind
from spectown.organisations.models import Unit

HIDDEN = frozenset({"serial", "printed_on"})  # given by the register
PREFIX = "fact-"
CELLS = "cells"  # rows of texts under headings of their own
MOST_ROWS, MOST_INPUTS = 60, 400  # of a table drawn as inputs; more is one text, a line a row
BREAK = "⏎"  # a line feed within a cell of such a text


@dataclass(frozen=True, slots=True)
class Typed:
    """One state of the form: facts, units that receive, their deadline as typed."""

    facts: Mapping[str, Any]
    units: tuple[Unit, ...] = ()
    receive_by: str = ""

    @property
    def deadline(self) -> datetime.date | None:
        """Deadline of 签收; None where none is given or it is not a date (`deadline_is_wrong`)."""
        try:
            return datetime.date.fromisoformat(self.receive_by)
        except ValueError:
            return None

    @property
    def deadline_is_wrong(self) -> bool:
        """Something was typed that is no date."""
        return bool(self.receive_by) and self.deadline is None


def shown_facts(kind: Kind) -> tuple[Fact, ...]:
    """Facts that people fill in: 签发人 only of documents to a superior."""
    without = HIDDEN | (set() if kind.superior else {"signers"}) | (set() if kind.code else {"code"})
    return tuple(fact for fact in all_facts(kind) if fact.name not in without)


def typed(kind: Kind, data: QueryDict, stored: Mapping[str, Any]) -> Typed:
    """The form as posted; facts that it does not show stay as stored."""
    shown = shown_facts(kind)
    names = {fact.name for fact in shown}
    facts = {name: value for name, value in stored.items() if name not in names}
    for fact in shown:
        value = rows_of(fact, data) if fact.type is FactType.ROWS else value_of(fact, data.get(PREFIX + fact.name, ""))
        if value not in ("", None, []):
            facts[fact.name] = value
    numbers = [int(text) for text in data.getlist("units") if text.isdecimal() and len(text) < 12]
    units = tuple(Unit.objects.filter(pk__in=numbers).order_by("order", "pk"))
    return Typed(facts, units, data.get("receive_by", "").strip())


def value_of(fact: Fact, text: str) -> Any:
    """The value of a plain fact as its type wants it; text where it cannot be read."""
    text = text.replace("\r\n", "\n").strip()
    if fact.type is FactType.FLAG:
        return {"yes": True, "no": False}.get(text, text)
    if fact.type is FactType.LIST:
        return [line.strip() for line in text.split("\n") if line.strip()]
    if fact.type == CELLS:
        return [[cell.strip() for cell in line.split("\t")] for line in text.split("\n") if line.strip()]
    return text


def rows_of(fact: Fact, data: QueryDict) -> list[dict[str, Any]]:
    """Rows of a table without those left empty; of a long one, each line of its text."""
    whole = data.get(sheet_name(fact))
    lines = [] if whole is None else [line.split("\t") for line in whole.replace("\r\n", "\n").split("\n")]
    read = [_row(fact, [*cells, *[""] * len(fact.of)]) for cells in lines]
    for number in range(row_count(fact, data)):
        read.append(_row(fact, [data.get(cell_name(fact, number, inner), "") for inner in fact.of]))
    return [row for row in read if row]


def _row(fact: Fact, cells: list[str]) -> dict[str, Any]:
    """One row; what stands beyond its last column goes into that one, so that it is seen and not lost."""
    inside = cells[: len(fact.of)]
    beyond = [cell for cell in cells[len(fact.of) :] if cell.strip()]
    inside[-1] = "  ".join([inside[-1], *beyond])
    row = {
        inner.name: cell_value(inner, text.replace(BREAK, "\n")) for inner, text in zip(fact.of, inside, strict=True)
    }
    return {name: value for name, value in row.items() if value not in ("", [])}


def is_long(fact: Fact, rows: int) -> bool:
    """True where a table has too many rows to be drawn as inputs (a form may send 2,000 fields)."""
    return rows > MOST_ROWS or rows * len(fact.of) > MOST_INPUTS


def sheet_name(fact: Fact) -> str:
    """Name of the one input of a long table."""
    return f"sheet-{fact.name}"


def sheet_text(fact: Fact, rows: Sequence[Mapping[str, Any]]) -> str:
    """A long table as text: a line a row, cells apart by tabs, as Excel copies and takes them."""
    cells = [[as_text(inner, row.get(inner.name), "、") for inner in fact.of] for row in rows]
    return "\n".join("\t".join(cell.replace("\t", " ").replace("\n", BREAK) for cell in line) for line in cells)


def cell_value(fact: Fact, text: str) -> Any:
    """A cell: of a list, names are divided by 、."""
    if fact.type is FactType.LIST:
        return [name.strip() for name in text.replace("\n", "、").split("、") if name.strip()]
    return value_of(fact, text)


def row_count(fact: Fact, data: QueryDict) -> int:
    """How many rows of a table were sent: as many as there are inputs, whatever was counted."""
    start = f"rows-{fact.name}-"
    numbers = [name.removeprefix(start).partition("-")[0] for name in data if name.startswith(start)]
    return max((int(text) + 1 for text in numbers if text.isdecimal() and len(text) < 6), default=0)


def rows_asked(kind: Kind, data: QueryDict) -> dict[str, int]:
    """How many rows each table is to have: as many as it had on the page, one more where that was asked for."""
    tables = [fact for fact in kind.facts if fact.type is FactType.ROWS]
    return {fact.name: row_count(fact, data) + (data.get("add") == fact.name) for fact in tables}


def cell_name(fact: Fact, number: int, inner: Fact) -> str:
    """Name of the input of one cell."""
    return f"rows-{fact.name}-{number}-{inner.name}"


def as_text(fact: Fact, value: Any, divider: str = "\n") -> str:
    """A stored value as the input shows it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if fact.type == CELLS and isinstance(value, list):
        return "\n".join("\t".join(map(str, row)) if isinstance(row, list) else str(row) for row in value)
    if isinstance(value, list):
        return divider.join(map(str, value))
    return str(value)
