"""The demonstration's evaluation of last year, shown to the counties; the figures that it lacks are made up, marked.

It stands in the right of reply, so that a county can object and the office answer; nothing is decided or published.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from django.utils import timezone

from spectown.core.evaluation.drafting import compared, place_of, weighted
from spectown.core.monitoring.catalogue import Catalogue
from spectown.core.monitoring.indicator import Indicator as Item
from spectown.core.monitoring.indicator import Kind, Obtained
from spectown.core.periods import Every, Period, parts
from spectown.evaluation.gathering import behind, towns_of_year, year_period
from spectown.evaluation.models import Evaluation
from spectown.evaluation.schemes import in_force
from spectown.evaluation.services import beginning, moves, scheming
from spectown.monitoring.catalogue import keep_indicators, plan_data
from spectown.monitoring.deriving import derive
from spectown.monitoring.models import Cell, Indicator
from spectown.organisations.actors import Actor
from spectown.towns.models import Town
from spectown.web.demomonitoring import chance, figure_of
from spectown.web.demorounds.days import on_day
from spectown.web.demorounds.world import acting

INVENTED = frozenset({"project_planned", "project_investment", "deals_arrived", "needs_raised", "needs_met"})
AT = "产业规模"  # whose weights the demonstration's draft changes
STEPS = ("freeze", "compute", "open_replies")


def load_evaluation() -> dict[str, int]:
    """Begun, frozen, computed, shown; nothing where the plan has no scheme for the year."""
    today = timezone.localdate()
    year = today.year - 1
    if not plan_data().forms or in_force(year) is None:
        return {}
    by = acting("demo-office")
    with on_day(today - datetime.timedelta(2), 0):
        made = beginning.begin(year=year, by=by)
    towns = towns_of_year(year, made.rules)
    _fill_gaps(made, towns, year)
    with on_day(today - datetime.timedelta(1), 0):
        if len(towns) > 1:
            reason = "演示:省政府通报表扬"
            beginning.enter(evaluation=made, town=towns[1], code="honours", amount=Decimal(1), reason=reason, by=by)
        for code in STEPS:
            moves.move(evaluation=made, code=code, by=by)
    _draft_scheme(year, by)
    return {"参评专业镇": len(towns)}


def _draft_scheme(year: int, by: Actor) -> None:
    """A draft for the next year, in the middle of its weights."""
    source = in_force(year)
    if source is None or not any(each["code"] == AT for each in source["scheme"]["children"]):
        return
    origin, reason = f"方案文件 {source['year']} 年度起的方案", "演示:领导小组会议要求突出产值"
    draft = scheming.start(year=year + 1, source=source, origin=origin, reason=reason, by=by)
    codes = [each["code"] for each in place_of(source, AT).children]
    pairs = [(one, two, 3 if one == codes[0] else 1) for one, two in combinations(codes, 2)]
    label = f"比较“{AT}”下各项的重要程度"
    draft = scheming.edit(scheme=draft, edition=0, change=lambda e: compared(e, AT, pairs), label=label, by=by)
    weights = dict.fromkeys(codes, 20) | {codes[0]: 120 - 20 * len(codes)}
    basis, label = "层次分析法,一致性比例 0.00", f"改“{AT}”下的权重"
    scheming.edit(scheme=draft, edition=1, change=lambda e: weighted(e, AT, weights, basis), label=label, by=by)


def _fill_gaps(evaluation: Evaluation, towns: Sequence[Town], year: int) -> None:
    """Cells of this year and the one before that the scheme reads and monitoring has not: typed ones and from lists."""
    catalogue, rows = plan_data().catalogue, keep_indicators()
    codes = {code for leaf in evaluation.rules.scheme.indicators for code in _read(leaf.code, catalogue, year)}
    pks = [town.pk for town in towns]
    known = set(
        Cell.objects.filter(town__in=pks, indicator__code__in=codes).values_list("town", "indicator__code", "ordinal")
    )
    made = []
    for each in (year - 1, year):
        for code in sorted(codes):
            item = catalogue.on(code, year_period(each))
            if item is not None and item.obtained != Obtained.COMPUTED:
                made += [c for c in _cells(item, rows[code], towns, each) if (c.town_id, code, c.ordinal) not in known]
    Cell.objects.bulk_create(made, batch_size=500)


def _read(code: str, catalogue: Catalogue, year: int) -> list[str]:
    item = catalogue.on(code, year_period(year))
    return behind(code, item, catalogue) if item else []


def _cells(item: Item, row: Indicator, towns: Sequence[Town], year: int) -> Iterator[Cell]:
    due = parts(year_period(year), Every(item.every))
    for period in due if item.kind == Kind.FLOW else due[-1:]:
        found = derive(item.derivation, period) if item.derivation and item.code not in INVENTED else None
        for town in towns:
            number = found.of(town.pk) if found else _typed(item, town, period)
            if number is not None:
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
    share = chance(town.code, item.code, period.last[0])
    if item.code == "output_province":
        output = figure_of(plan_data().catalogue.versions["output"][-1], town, period) or Decimal(0)
        return (output * Decimal(str(round(4 + 20 * chance(town.code, "province"), 3)))).quantize(Decimal(1))
    if item.code == "national_share":
        return Decimal(str(round(0.2 + 6 * chance(town.code, "nation") + 0.3 * share, 2)))
    if item.code == "quality_rate":
        return Decimal(str(round(91 + 9 * share, 2)))
    if item.code in INVENTED:
        return _invented(item.code, town, period)
    return figure_of(item, town, period)


def _invented(code: str, town: Town, period: Period) -> Decimal:
    """Projects and needs of a year before the demonstration's lists begin."""
    planned = round(2000 + 9000 * chance(town.code, "planned"))
    part = 0.35 + 0.75 * chance(town.code, "progress", period.last[0])
    raised = 1 + round(3 * chance(town.code, "needs", period.last))
    figures = {
        "project_planned": planned,
        "project_investment": round(planned * part / 12),
        "deals_arrived": round(planned * part * 0.6),
        "needs_raised": raised,
        "needs_met": round(raised * part / 1.1),
    }
    return Decimal(figures[code])
