"""All rules over all towns of a period. Prose: docs/algorithms/monitoring.md."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from spectown.core.monitoring.balance import balance
from spectown.core.monitoring.catalogue import Catalogue
from spectown.core.monitoring.checks import AnyRule, Balance, OfIndicators
from spectown.core.monitoring.comparisons import change, falls, magnitude, source
from spectown.core.monitoring.findings import Checked
from spectown.core.monitoring.indicator import Indicator
from spectown.core.monitoring.looking import Look
from spectown.core.monitoring.panel import Panel
from spectown.core.monitoring.spread import in_range, outlier
from spectown.core.periods import Period

_KINDS: Mapping[str, Callable[[Any, Indicator, Look], None]] = {
    "range": in_range,
    "change": change,
    "magnitude": magnitude,
    "falls": falls,
    "source": source,
    "outlier": outlier,
}


def check(rules: Sequence[AnyRule], catalogue: Catalogue, panel: Panel, period: Period) -> Checked:
    """Apply the rules to the figures of a period, in the order of the rules.

    The panel has the columns that they read: the period, the one before, the same of last year, and for `ytd` the
    year's. What is not there counts as 未报 and is told as not checked.
    """
    look = Look(catalogue, panel, period)
    for rule in rules:
        if not rule.covers(period):
            continue
        if isinstance(rule, Balance):
            balance(rule, look)
            continue
        for indicator in looked_at(rule, catalogue, period):
            _KINDS[rule.kind](rule, indicator, look)
    return Checked(tuple(look.findings), tuple(look.not_checked), look.done)


def looked_at(rule: OfIndicators, catalogue: Catalogue, period: Period) -> list[Indicator]:
    """Indicators of a period that a rule is for: those named, or all that are filled in as figures."""
    due = catalogue.due_on(period)
    if rule.indicators:
        return [each for each in due if each.code in rule.indicators]
    return [each for each in due if each.is_asked_figure]
