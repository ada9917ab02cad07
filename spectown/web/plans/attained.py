"""Targets beside what the system counts today."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from spectown.core.attainment import Verdict, attainment
from spectown.plans.models import PlanVersion, Target
from spectown.web.plans.quantities import quantity_words


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One target, the wanted figure in words, the number of today (None: not counted), and the verdict."""

    target: Target
    wanted: str
    actual: int | None
    verdict: Verdict
    gap: Decimal
    is_past: bool


def attained_targets(version: PlanVersion, counts: Mapping[str, int], today: datetime.date) -> list[TargetRow]:
    """All targets of a version; `counts` are towns by level label (towns.facts.counts_by_level)."""
    return [_row(target, counts, today.year) for target in version.targets.select_related("clause")]


def _row(target: Target, counts: Mapping[str, int], year: int) -> TargetRow:
    actual = counts.get(target.level)
    found = attainment(target.comparator, target.low, target.high, None if actual is None else Decimal(actual))
    past = target.year is not None and target.year < year
    return TargetRow(target, quantity_words(target), actual, found.verdict, found.gap, past)
