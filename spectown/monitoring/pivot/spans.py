"""Which periods make up one figure of a question."""

from __future__ import annotations

from spectown.core.monitoring.catalogue import Catalogue
from spectown.core.monitoring.indicator import Indicator as Item
from spectown.core.monitoring.indicator import Kind
from spectown.core.periods import Period
from spectown.monitoring.pivot.asking import Ask, Axis


def spans(ask: Ask, catalogue: Catalogue, code: str) -> list[tuple[Item, tuple[Period, ...]]]:
    """Periods whose figures make up one: each by itself along an axis, else all of a flow or the last of the others."""
    versions = ((catalogue.on(code, period), period) for period in sorted(set(ask.periods)))
    told = [(item, period) for item, period in versions if item is not None and item.every == period.every]
    if not told:
        return []
    if Axis.PERIOD in (ask.rows, ask.columns):
        return [(item, (period,)) for item, period in told]
    last = told[-1][0]
    return [(last, tuple(period for _, period in told) if last.kind == Kind.FLOW else (told[-1][1],))]
