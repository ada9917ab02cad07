"""One town of a result as its page shows it: breakdown beside its figures, before and after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from spectown.core.evaluation.scheme import Indicator, Node
from spectown.core.evaluation.snapshot import Meaning
from spectown.evaluation.gathering import STATES
from spectown.evaluation.models import Participant, Result, SnapshotValue
from spectown.evaluation.services.beginning import items_of
from spectown.evaluation.shown import parts_by_town
from spectown.evaluation.standing import taken
from spectown.web.evaluation.seen import STATE_TONES


@dataclass(slots=True)
class Line:
    """One indicator: its figure, value, weight, the mean of the towns, what stands behind it."""

    code: str
    name: str
    unit: str
    clause: str
    weight: float | None
    value: float | None
    mean: float | None
    stored: SnapshotValue | None
    state: str
    tone: str
    now: Decimal | None
    corrected: bool

    @property
    def share(self) -> str:
        """Its weight within the whole score."""
        return _per_cent(self.weight)


@dataclass(slots=True)
class Dimension:
    """One dimension with its indicators."""

    name: str
    clause: str
    weight: float | None
    value: float | None
    mean: float | None
    lines: list[Line] = field(default_factory=list)

    @property
    def share(self) -> str:
        """Its weight within the whole score."""
        return _per_cent(self.weight)


@dataclass(slots=True)
class Extra:
    """Items beside the indicators (what, how often, why), and the points that they make together."""

    rows: list[tuple[str, Decimal, str]]
    points: Decimal | None


def _per_cent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.2f}".rstrip("0").rstrip(".") + "%"


def dimensions_of(result: Result, person: Participant) -> list[Dimension]:
    """The breakdown of a town; means are those of the towns that are ranked."""
    snapshot = taken(result.snapshot)
    ranked, everybody = parts_by_town(result), parts_by_town(result, ranked=False)
    parts = everybody.get(person.name, {})
    stored = {value.code: value for value in person.values.all()}
    corrected = {c["column"]: Decimal(c["after"]) for c in result.corrections
                 if c["town"] == person.town.code and c["which"] == "now"}  # fmt: skip
    found = []
    for node in result.snapshot.rules.scheme.root.children:
        shown = _dimension(node, parts, _mean(ranked, node.code))
        for leaf in node.leaves() if isinstance(node, Node) else [node]:
            meaning = snapshot.meanings.get(leaf.code, Meaning(leaf.code, "", 2, ""))
            shown.lines.append(_line(leaf, meaning, parts, _mean(ranked, leaf.code), stored, corrected))
        found.append(shown)
    return found


def extra_of(result: Result, person: Participant) -> Extra | None:
    """Bonus and deduction items and vetoes of a town; None where it has none."""
    labels, frozen = items_of(result.snapshot.rules), taken(result.snapshot).entries
    rows = [(labels.get(e.code, e.code), e.amount, e.reason) for e in frozen if e.town == person.town.code]
    points = next((row["points"] for row in result.content["board"]["rows"] if row["name"] == person.name), None)
    return Extra(rows, None if points is None else Decimal(str(points))) if rows else None


def _dimension(node: Node | Indicator, parts: Mapping[str, Any], mean: float | None) -> Dimension:
    part = parts.get(node.code, {})
    return Dimension(node.code, node.clause, part.get("weight"), part.get("value"), mean)


def _line(
    leaf: Indicator,
    meaning: Meaning,
    parts: Mapping[str, Any],
    mean: float | None,
    stored: Mapping[str, SnapshotValue],
    corrected: Mapping[str, Decimal],
) -> Line:
    part, row = parts.get(leaf.code, {}), stored.get(leaf.code)
    state = "corrected" if leaf.code in corrected else row.state if row else "absent"
    return Line(
        code=leaf.code,
        name=meaning.name,
        unit=meaning.unit,
        clause=leaf.clause,
        weight=part.get("weight"),
        value=part.get("value"),
        mean=mean,
        stored=row,
        state=STATES.get(state, state),
        tone=STATE_TONES.get(state, "neutral"),
        now=corrected.get(leaf.code, row.now if row else None),
        corrected=leaf.code in corrected,
    )


def _mean(rows: Mapping[str, Mapping[str, Mapping[str, float | None]]], code: str) -> float | None:
    values = [value for parts in rows.values() if (value := parts.get(code, {}).get("value")) is not None]
    return sum(values) / len(values) if values else None
