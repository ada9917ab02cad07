"""Figures that an evaluation reads and monitoring has not: earlier years, yearly forms, lists of before; made up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from spectown.core.evaluation.scheme import Indicator as Leaf
from spectown.core.monitoring.indicator import Indicator as Item
from spectown.core.monitoring.indicator import Kind, Obtained
from spectown.core.periods import Every, Period, parts
from spectown.evaluation.gathering import behind, year_period
from spectown.monitoring.catalogue import keep_indicators, plan_data
from spectown.monitoring.deriving import derive
from spectown.monitoring.models import Cell, Indicator
from spectown.towns.models import Town
from spectown.web.demofigures import chance, figure_of, profile_of

INVENTED = frozenset({"project_planned", "project_investment", "deals_arrived", "needs_raised", "needs_met"})


def fill_gaps(leaves: Sequence[Leaf], towns: Sequence[Town], years: Sequence[int]) -> None:
    """Cells of these years that the leaves read and that are not there: typed ones and from lists."""
    catalogue, rows = plan_data().catalogue, keep_indicators()
    latest = year_period(max(years))
    items = {leaf.code: catalogue.on(leaf.code, latest) for leaf in leaves}
    codes = sorted({each for code, item in items.items() if item for each in behind(code, item, catalogue)})
    asked = Cell.objects.filter(town__in=[town.pk for town in towns], indicator__code__in=codes)
    known = set(asked.values_list("town", "indicator__code", "ordinal"))
    made = []
    for year in years:
        for code in codes:
            item = catalogue.on(code, year_period(year)) or catalogue.versions[code][0]
            if item.obtained != Obtained.COMPUTED:
                made += [c for c in _cells(item, rows[code], towns, year) if (c.town_id, code, c.ordinal) not in known]
    Cell.objects.bulk_create(made, batch_size=500)


def _cells(item: Item, row: Indicator, towns: Sequence[Town], year: int) -> Iterator[Cell]:
    due = parts(year_period(year), Every(item.every))
    for period in due if item.kind == Kind.FLOW else due[-1:]:
        found = derive(item.derivation, period) if item.derivation and item.code not in INVENTED else None
        for town in towns:
            number = found.of(town.pk) if found else _typed(item, town, period)
            if number is not None and item.code not in profile_of(town.code).silent:
                yield Cell(
                    town=town,
                    indicator=row,
                    ordinal=period.ordinal,
                    kind=2,
                    number=number,
                    state="agreed" if item.is_asked_figure else "reported",
                    origin="list" if item.derivation else "excel",
                )


def _typed(item: Item, town: Town, period: Period) -> Decimal | None:
    """As monitoring makes them up; what only years have has bounds of its own."""
    year = period.last[0]
    share, better = chance(town.code, item.code, year), profile_of(town.code).quality_in(year, town.code, item.unit)
    if item.code == "output_province":
        output = figure_of(plan_data().catalogue.versions["output"][-1], town, period) or Decimal(0)
        return (output * Decimal(str(round((4 + 20 * chance(town.code, "province")) / better, 3)))).quantize(Decimal(1))
    if item.code == "national_share":
        return Decimal(str(round((0.4 + 4 * chance(town.code, "nation")) * better + 0.3 * share, 2)))
    if item.code == "quality_rate":
        return Decimal(str(round(min(99.9, 88 + 8 * better + 2 * share), 2)))
    if item.code in INVENTED:
        return _invented(item.code, town, period, better)
    return figure_of(item, town, period)


def _invented(code: str, town: Town, period: Period, better: float) -> Decimal:
    """Projects and needs of a year before the demonstration's lists begin."""
    planned = round(6000 * profile_of(town.code).size * (0.7 + 0.6 * chance(town.code, "planned", period.last[0])))
    part = min(1.05, 0.7 * better + 0.25 * (chance(town.code, "progress", period.last[0]) - 0.5))
    raised = 2 + round(3 * chance(town.code, "needs", period.last))
    figures = {
        "project_planned": planned,
        "project_investment": round(planned * part / 12),
        "deals_arrived": round(planned * part * 0.6),
        "needs_raised": raised,
        "needs_met": round(raised * part / 1.1),
    }
    return Decimal(figures[code])
