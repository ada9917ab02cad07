"""The cells that a frozen figure was worked out from: the evidence that a county looks through before it answers."""

from __future__ import annotations

from spectown.core.periods import Every, parts, year_ago
from spectown.evaluation.gathering import behind, year_period
from spectown.evaluation.models import SnapshotValue
from spectown.monitoring.catalogue import plan_data
from spectown.monitoring.models import Cell
from spectown.monitoring.unsent import readable
from spectown.organisations.actors import Actor


def cells_of(value: SnapshotValue, year: int, by: Actor) -> list[Cell]:
    """As they stand today, of this year and of the last, those that the actor may open; the latest first."""
    catalogue, period = plan_data().catalogue, year_period(year)
    item = catalogue.on(value.code, period)
    if item is None:
        return []
    ordinals = [part.ordinal for each in (period, year_ago(period)) for every in Every for part in parts(each, every)]
    codes = behind(value.code, item, catalogue)
    rows = Cell.objects.filter(town=value.participant.town_id, indicator__code__in=codes, ordinal__in=ordinals)
    rows = readable(rows, by).select_related("indicator", "sheet")
    return list(rows.order_by("indicator__order", "indicator__code", "-ordinal"))
