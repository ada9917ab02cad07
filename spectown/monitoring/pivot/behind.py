"""What a figure of a pivot is made of: its cells, and the enterprises that its towns share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from django.db.models import QuerySet

from spectown.lib.columnar.reading import key_set
from spectown.monitoring.catalogue import plan_data
from spectown.monitoring.models import Cell
from spectown.monitoring.overlaps import overlaps
from spectown.monitoring.pivot.asking import ALL, Ask, Axis, towns_asked
from spectown.monitoring.pivot.spans import spans
from spectown.monitoring.pivot.summing import needed
from spectown.monitoring.seeing import sees_all
from spectown.monitoring.unsent import sent
from spectown.organisations.actors import Actor


def behind(ask: Ask, row: str, column: str, by: Actor) -> QuerySet[Cell]:
    """The cells that a figure of a pivot is made of, those of the inputs of a ratio with it; by town and period."""
    catalogue = plan_data().catalogue
    ask.require(catalogue)
    chosen = {ask.rows: row, ask.columns: column}
    code = chosen.get(Axis.INDICATOR, ask.indicators[0])
    periods = [p for _, each in spans(ask, catalogue, code) for p in each]
    periods = [p for p in periods if chosen.get(Axis.PERIOD, p.code) == p.code]
    places = needed(catalogue, [(code, period) for period in periods])
    rows = Cell.objects.filter(
        town__in=key_set(_towns_behind(ask, chosen, by)),
        indicator__code__in={code for code, _ in places},
        ordinal__in={period.ordinal for _, period in places},
    )
    rows = sent(rows) if sees_all(by) else rows
    return rows.select_related("town", "indicator", "sheet__work").order_by("town", "ordinal", "indicator")


def shared_behind(ask: Ask, row: str, column: str, by: Actor) -> list[tuple[frozenset[int], int]]:
    """What a figure would count twice, of the last period: towns, and how many enterprises belong to all of them."""
    chosen = {ask.rows: row, ask.columns: column}
    code = chosen.get(Axis.INDICATOR, ask.indicators[0])
    period = chosen.get(Axis.PERIOD, max(ask.periods).code)
    towns = frozenset(_towns_behind(ask, chosen, by))
    found: Counter[frozenset[int]] = Counter()
    for shared in overlaps([code], [each.ordinal for each in ask.periods if each.code == period]).values():
        for each in shared:
            if len(both := each.towns & towns) > 1:
                found[both] += each.number
    return found.most_common()


def _towns_behind(ask: Ask, chosen: Mapping[Axis, str], by: Actor) -> list[int]:
    towns = towns_asked(ask, by)
    for axis in ask.places:
        if chosen[axis] != ALL:
            towns = towns.filter(towns[axis.value] == chosen[axis])
    return towns["key"].to_list()
