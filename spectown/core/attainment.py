"""Is a target of the plan reached: how its comparator binds, and how much is lacking.

Prose: docs/algorithms/plan-checkup.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

CEILINGS = frozenset({"<=", "<"})
STRICT = frozenset({">", "<"})


class Verdict(StrEnum):
    """Answer for one target."""

    ATTAINED = "attained"
    SHORT = "short"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """Chinese word."""
        return {"attained": "已达到", "short": "未达到", "unknown": "没有实际数"}[self.value]


@dataclass(frozen=True, slots=True)
class Attainment:
    """Verdict, and what is lacking to the bound (or over the ceiling) in the target's unit; 0 where nothing is."""

    verdict: Verdict
    gap: Decimal


def attainment(comparator: str, low: Decimal, high: Decimal, actual: Decimal | None) -> Attainment:
    """Compare the actual with the bound that counts: `high` for a ceiling, `low` for everything else.

    `comparator` is a core.plandoc.model.Comparator. A range (3-5个), 约 and a plain number are reached from their
    lower figure on: having more towns than named is no failure.
    """
    if actual is None:
        return Attainment(Verdict.UNKNOWN, Decimal(0))
    gap = actual - high if comparator in CEILINGS else low - actual
    short = gap >= 0 if comparator in STRICT else gap > 0
    return Attainment(Verdict.SHORT, gap) if short else Attainment(Verdict.ATTAINED, Decimal(0))


def position(comparator: str, low: Decimal, high: Decimal, actual: Decimal | None) -> str:
    """For a range where the actual lies: below, within, above; empty for other comparators or without an actual."""
    if actual is None or comparator != "range":
        return ""
    return "below" if actual < low else "above" if actual > high else "within"


def share(comparator: str, low: Decimal, high: Decimal, actual: Decimal | None) -> Decimal | None:
    """Percent of the figure that counts (the lower one of a range); None for a ceiling, for 0, without an actual."""
    if actual is None or comparator in CEILINGS or not low:
        return None
    return (actual * 100 / low).quantize(Decimal("0.1"), ROUND_HALF_UP)
