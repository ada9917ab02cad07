"""What was typed in the form of a kind becomes facts, nothing lost: what cannot be read stays as typed."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from spectown.core.documentkinds.common import all_facts
from spectown.core.documentkinds.model import Fact, FactType, Kind
from spectown.organisations.models import Unit

HIDDEN = frozenset({"serial", "printed_on"})  # given by the register
PREFIX = "fact-"
CELLS = "cells"  # rows of texts under headings of their own
MOST_ROWS = 200


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
    without = HIDDEN if kind.superior else HIDDEN | {"signers"}
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
    """Rows of a table without those left empty."""
    found = []
    for number in range(row_count(fact, data)):
        row = {inner.name: cell_value(inner, data.get(cell_name(fact, number, inner), "")) for inner in fact.of}
        row = {name: value for name, value in row.items() if value not in ("", [])}
        if row:
            found.append(row)
    return found


def cell_value(fact: Fact, text: str) -> Any:
    """A cell: of a list, names are divided by 、."""
    if fact.type is FactType.LIST:
        return [name.strip() for name in text.replace("\n", "、").split("、") if name.strip()]
    return value_of(fact, text)


def row_count(fact: Fact, data: QueryDict) -> int:
    """How many rows of a table were sent."""
    text = data.get(f"count-{fact.name}", "")
    return min(int(text), MOST_ROWS) if text.isdecimal() and len(text) < 6 else 0


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
