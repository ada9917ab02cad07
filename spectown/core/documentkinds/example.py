"""Facts that show every field of a kind: its samples, and where it has none something that is plainly an example."""

from __future__ import annotations

from typing import Any

from spectown.core.documentkinds.common import all_facts
from spectown.core.documentkinds.model import Fact, FactType, Kind

DAY = "2026-11-26"
PLAIN: dict[FactType, Any] = {FactType.DATE: DAY, FactType.FLAG: True, FactType.COUNT: 3}
FIGURE = "123.4"


def example(kind: Kind) -> dict[str, Any]:
    """Facts by name, none left out; the number of the register stays empty."""
    facts = all_facts(kind)
    found = {fact.name: _value(fact) for fact in facts if fact.type is not FactType.CELLS and fact.name != "serial"}
    for fact in facts:
        if fact.type is FactType.CELLS:
            found[fact.name] = fact.sample or [[f"({head})" for head in found[fact.across]]]
    return found


def _value(fact: Fact) -> Any:
    if fact.sample is not None:
        return fact.sample
    if fact.type is FactType.ROWS:
        return [{inner.name: _value(inner) for inner in fact.of} for _ in range(2)]
    if fact.type is FactType.LIST:
        return [f"({fact.label})"]
    if fact.type in (FactType.TEXT, FactType.LONG):
        return f"({fact.label})"
    return PLAIN.get(fact.type, FIGURE)
