"""One town's figures as of a month: of each indicator the latest, what it is compared with, where it stands."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from spectown.core.monitoring.catalogue import Catalogue
from spectown.core.monitoring.comparing import Comparison, with_last, with_year_ago
from spectown.core.monitoring.course import counted
from spectown.core.monitoring.indicator import Indicator as Item
from spectown.core.monitoring.indicator import Kind
from spectown.core.monitoring.series import in_todays_unit
from spectown.core.monitoring.standing import Standing, standing
from spectown.core.monitoring.values import MISSING, Value
from spectown.core.periods import Every, Period, moved, of_ordinal
from spectown.monitoring.catalogue import plan_data
from spectown.monitoring.models import Cell, Spread
from spectown.monitoring.models.values import value_of
from spectown.monitoring.unsent import readable
from spectown.organisations.actors import Actor
from spectown.towns.models import Town

TREND = 12  # periods of the small picture
FIELDS = ("pk", "indicator__code", "ordinal", "kind", "number", "text", "certified_kind", "certified", "state", "sheet")


@dataclass(frozen=True, slots=True)
class InCell:
    """What stands in one cell of the town."""

    pk: int
    value: Value
    state: str
    sheet: int | None


Known = Mapping[tuple[str, int], InCell]


@dataclass(frozen=True, slots=True)
class Latest:
    """One indicator of the town: its figure of `period`, compared, placed among its category, with its last ones."""

    item: Item
    period: Period
    held: InCell | None
    last: Comparison
    year: Comparison
    place: Standing | None
    trend: list[Decimal | None]

    @property
    def state(self) -> str:
        """How far it is certified."""
        return self.held.state if self.held else ""

    @property
    def value(self) -> Value:
        """The value that counts."""
        return self.held.value if self.held else MISSING


def months_of(town: Town) -> list[Period]:
    """Months with values of the town, the newest first."""
    rows = Cell.objects.filter(town=town).order_by("-ordinal").values_list("ordinal", flat=True).distinct()
    return [period for each in rows if (period := of_ordinal(each)).every == Every.MONTH]


def latest(town: Town, month: Period, by: Actor) -> list[Latest]:
    """All indicators of the town as of the end of a month; three queries."""
    catalogue = plan_data().catalogue
    known = _known(town, month, by)
    chosen = _chosen(known, month)
    items = [each for each in _items(catalogue, chosen) if each[0].applies_to(town.category)]
    peers = _peers(town, set(chosen.values()))
    return [
        _latest(catalogue, item, period, known, peers.get((item.code, period.ordinal), [])) for item, period in items
    ]


def _known(town: Town, month: Period, by: Actor) -> Known:
    """The town's cells of two years and a month."""
    first = moved(month, -3 * TREND).ordinal
    rows = Cell.objects.filter(
        town=town, ordinal__gte=first, ordinal__lte=month.last[0] * 10_000 + month.last[1] * 100 + 12
    )
    found, told = {}, readable(rows, by).values_list(*FIELDS)
    for pk, code, ordinal, kind, number, text, certified_kind, certified, state, sheet in told:
        settled = None if certified_kind is None else value_of(certified_kind, certified)
        found[code, ordinal] = InCell(pk, counted(value_of(kind, number, text), settled), state if sheet else "", sheet)
    return found


def _chosen(known: Known, month: Period) -> dict[Every, Period]:
    """Of each length the newest period that has ended by then and has values."""
    found: dict[Every, Period] = {}
    for ordinal in sorted({ordinal for _, ordinal in known}):
        period = of_ordinal(ordinal)
        if period.last <= month.last:
            found[period.every] = period
    return found


def _items(catalogue: Catalogue, chosen: Mapping[Every, Period]) -> Iterator[tuple[Item, Period]]:
    for code in catalogue.versions:
        for period in chosen.values():
            item = catalogue.on(code, period)
            if item is not None and item.every == period.every and item.kind != Kind.TEXT:
                yield item, period


def _latest(catalogue: Catalogue, item: Item, period: Period, known: Known, peers: list[str]) -> Latest:
    def lookup(code: str, at: Period) -> Value:
        found = known.get((code, at.ordinal))
        return found.value if found else MISSING

    held = known.get((item.code, period.ordinal))
    span = [moved(period, -back) for back in range(TREND - 1, -1, -1)]
    trend = [in_todays_unit(catalogue, item.code, each, lookup(item.code, each)).number for each in span]
    place = standing(held.value.number if held else None, peers, item.direction)
    last, year = (each(catalogue, item.code, period, lookup) for each in (with_last, with_year_ago))
    return Latest(item, period, held, last, year, place, trend)


def _peers(town: Town, periods: Collection[Period]) -> Mapping[tuple[str, int], list[str]]:
    """Figures that count of all towns of the category, the smallest first, by indicator and period."""
    rows = Spread.objects.filter(category=town.category, ordinal__in=[each.ordinal for each in periods])
    told = rows.values_list("indicator__code", "ordinal", "figures")
    return {(code, ordinal): figures.split() for code, ordinal, figures in told}
