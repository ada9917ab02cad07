"""Facts with rows as tables of inputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from spectown.core.documentkinds.model import Fact, FactType
from spectown.web.documents.fields import is_date
from spectown.web.documents.reading import as_text, cell_name, is_long, sheet_name, sheet_text

BLANK_ROWS = 2  # empty rows of a new table


@dataclass(frozen=True, slots=True)
class Cell:
    """One input of a table."""

    name: str
    label: str
    value: str
    kind: str
    faults: list[str]

    @property
    def lines(self) -> int:
        """How high the input is, so that what stands in it is seen."""
        least = 3 if self.kind == "long" else 1
        return min(max(least, sum(1 + len(line) // 9 for line in self.value.split("\n"))), 6)


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a fact as inputs; a long one as one text, `count` lines under `name`."""

    fact: Fact
    rows: list[list[Cell]]
    faults: list[str]
    name: str = ""
    text: str = ""
    count: int = 0


def table_of(fact: Fact, stored: object, faults: list[tuple[str, str]], asked: int = 0) -> Table:
    """A fact with its rows, and empty ones up to as many as were asked for."""
    rows: list[Any] = [row for row in stored if isinstance(row, dict)] if isinstance(stored, list) else []
    if is_long(fact, len(rows)):
        return Table(fact, [], [said for _, said in faults], sheet_name(fact), sheet_text(fact, rows), len(rows))
    blank: list[dict[str, Any]] = [{}] * (max(asked, 0 if rows else BLANK_ROWS) - len(rows))
    drawn = [[cell_of(fact, n, inner, row, faults) for inner in fact.of] for n, row in enumerate([*rows, *blank])]
    return Table(fact, drawn, [said for place, said in faults if place == fact.name])


def cell_of(fact: Fact, number: int, inner: Fact, row: Mapping[str, Any], faults: list[tuple[str, str]]) -> Cell:
    """One input with what is wrong in it."""
    value = as_text(inner, row.get(inner.name), "、")
    place = f"{fact.name}[{number}].{inner.name}"
    said = [message for where, message in faults if where == place or where.startswith(f"{place}[")]
    kind = "long" if inner.type is FactType.LONG else "date" if is_date(inner, value) else "text"
    return Cell(cell_name(fact, number, inner), inner.label, value, kind, said)
