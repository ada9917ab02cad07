"""The figures of a year from cells and lists: all towns at once, in a fixed number of queries."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count

from spectown.core.evaluation.snapshot import Entry, Figure, Meaning, Participant, Snapshot
from spectown.core.evaluation.yearscheme import GENERAL, YearScheme
from spectown.core.monitoring.catalogue import Catalogue
from spectown.core.monitoring.columns import computed
from spectown.core.monitoring.course import SETTLED
from spectown.core.monitoring.indicator import Indicator, Obtained
from spectown.core.monitoring.panel import UNFIT, Column, Panel
from spectown.core.monitoring.tree import Ref, refs
from spectown.core.periods import Every, Period, parts, year_ago
from spectown.evaluation import schemes
from spectown.evaluation.models import Evaluation
from spectown.lib.columnar.reading import key_set
from spectown.monitoring.catalogue import plan_data
from spectown.monitoring.enums import Origin
from spectown.monitoring.models import Cell
from spectown.monitoring.panels import panel_of, periods_needed
from spectown.organisations.models import Unit
from spectown.towns.models import Town

STATES = {
    "certified": "已核定",
    "partly": "部分核定",
    "reported": "填报数,未核定",
    "derived": "由清单得出",
    "unfit": "不适用",
    "absent": "未报",
    "corrected": "按采纳的意见更正",
}
Answered = Mapping[tuple[int, str], tuple[int, int]]  # by town and code: cells, and those that a bureau has answered


@dataclass(frozen=True, slots=True)
class Gathered:
    """A snapshot and the towns of its participants, in the same order."""

    snapshot: Snapshot
    towns: tuple[Town, ...]


def year_period(year: int) -> Period:
    """The whole year."""
    return Period((year, 12), 12)


def towns_of_year(year: int, scheme: YearScheme) -> list[Town]:
    """Who takes part: towns that held one of the levels on the last day of the year, of the scheme's categories."""
    holder = schemes.holder_of(year, scheme)
    rows = Town.objects.with_level(datetime.date(year, 12, 31)).select_related("responsible_unit")
    return [town for town in rows.order_by("order", "code") if _takes_part(town, scheme, holder)]


def _takes_part(town: Town, scheme: YearScheme, holder: Mapping[str, str]) -> bool:
    return town.level in scheme.levels and holder.get(town.category, GENERAL) == scheme.code


def gather(evaluation: Evaluation, on: datetime.date) -> Gathered:
    """The snapshot as of now; what an indicator cannot tell is left empty, never guessed."""
    scheme, catalogue = evaluation.rules, plan_data().catalogue
    period = year_period(evaluation.year)
    towns = towns_of_year(evaluation.year, scheme)
    items = {leaf.code: catalogue.on(leaf.code, period) for leaf in scheme.scheme.indicators}
    known = {code: item for code, item in items.items() if item is not None}
    figures = _Figures(towns, known, catalogue, period)
    taken = Snapshot(
        evaluation.year,
        on.isoformat(),
        tuple(_participant(town, scheme) for town in towns),
        _meanings(known, [leaf.code for leaf in scheme.scheme.indicators]),
        tuple(each for leaf in scheme.scheme.indicators for each in figures.of(leaf.code)),
        tuple(_entries(evaluation, towns)),
    )
    return Gathered(taken, tuple(towns))


def _participant(town: Town, scheme: YearScheme) -> Participant:
    unit = str(town.responsible_unit or "")
    return Participant(town.code, town.name, unit, town.category, scheme.group_of(town.category), str(town.level or ""))


def _meanings(known: Mapping[str, Indicator], codes: Sequence[str]) -> dict[str, Meaning]:
    units = {unit.code: unit.name for unit in Unit.objects.filter(code__in={each.source for each in known.values()})}
    return {
        code: Meaning(item.name, item.unit, item.decimals, units.get(item.source, item.source))
        if (item := known.get(code))
        else Meaning(code, "", 2, "")
        for code in codes
    }


def _entries(evaluation: Evaluation, towns: Sequence[Town]) -> Iterator[Entry]:
    taking = {town.pk for town in towns}
    if evaluation.pk is None:  # only tried
        return
    for row in evaluation.entries.select_related("town").order_by("pk"):
        if row.town_id in taking:
            yield Entry(row.town.code, row.code, row.amount, row.reason)


class _Figures:
    """Columns of this year and last year, of what counts and of what was reported, worked out from what was read."""

    def __init__(
        self, towns: Sequence[Town], items: Mapping[str, Indicator], catalogue: Catalogue, period: Period
    ) -> None:
        self.towns, self.items, self.catalogue, self.period = towns, items, catalogue, period
        self.behind = {code: behind(code, item, catalogue) for code, item in items.items()}
        codes = {each for found in self.behind.values() for each in found}
        periods = dict.fromkeys([*periods_needed(period), *periods_needed(year_ago(period))])
        self.counts = panel_of(towns, list(periods), codes)
        self.reported = panel_of(towns, list(periods), codes, reported=True)
        self.answered = _answered(towns, codes, period)

    def of(self, code: str) -> Iterator[Figure]:
        """Figures of all towns."""
        item = self.items.get(code)
        if item is None:
            yield from (Figure(town.code, code, None, state="absent", source="指标目录中没有") for town in self.towns)
            return
        now, last, said = (
            self._column(item, panel, period)
            for panel, period in (
                (self.counts, self.period),
                (self.counts, year_ago(self.period)),
                (self.reported, self.period),
            )
        )
        for place, town in enumerate(self.towns):
            state, source = self._state(item, town, now, place)
            yield Figure(
                town.code, code, _number(now, place), _number(last, place), _number(said, place), state, source
            )

    def _column(self, item: Indicator, panel: Panel, period: Period) -> Column:
        version = self.catalogue.on(item.code, period) or item
        node = self.catalogue.trees.get((version.code, version.since), Ref(version.code))
        prepared = self.catalogue.prepared(node, version, period)
        return computed(prepared, panel, panel.in_categories(version.categories))

    def _state(self, item: Indicator, town: Town, now: Column, place: int) -> tuple[str, str]:
        if not now.figures[place]:
            unfit = now.kinds[place] == UNFIT or not item.applies_to(town.category)
            return ("unfit", "不适用") if unfit else ("absent", "未报,或缺其中一期")
        if item.obtained == Obtained.DERIVED:
            return "derived", "清单"
        pairs = [self.answered.get((town.pk, code), (0, 0)) for code in self.behind[item.code]]
        cells, settled = sum(a for a, _ in pairs), sum(b for _, b in pairs)
        state = "certified" if cells and cells == settled else "partly" if settled else "reported"
        if not cells:
            return "derived", "按公式由清单得出"
        word = "按公式计算,用到填报数" if item.obtained == Obtained.COMPUTED else "填报数"
        return state, f"{word} {cells} 个,已核定 {settled} 个"


def _number(column: Column, place: int) -> Decimal | None:
    return column.number(place) if column.figures[place] else None


def behind(code: str, item: Indicator, catalogue: Catalogue) -> list[str]:
    """Indicators that the figure reads, those beneath other formulas too."""
    node = catalogue.trees.get((code, item.since))
    if node is None:
        return [code]
    found: dict[str, None] = {}
    for ref in refs(node):
        inner = catalogue.on(ref.code, item.since) or catalogue.versions[ref.code][-1]
        found |= dict.fromkeys([ref.code] if not inner.formula else [ref.code, *behind(ref.code, inner, catalogue)])
    return list(found)


def _answered(towns: Sequence[Town], codes: set[str], period: Period) -> Answered:
    """One query: cells of the year that somebody filled in, by town, indicator and state."""
    ordinals = [part.ordinal for every in Every for part in parts(period, every)]
    rows = Cell.objects.filter(town__in=key_set(town.pk for town in towns), ordinal__in=ordinals)
    rows = rows.exclude(origin__in=(Origin.LIST, Origin.FORMULA))
    counted = rows.filter(indicator__code__in=codes).order_by().values_list("town_id", "indicator__code", "state")
    found: dict[tuple[int, str], tuple[int, int]] = defaultdict(lambda: (0, 0))
    for town, code, state, number in counted.annotate(number=Count("pk")):
        cells, settled = found[town, code]
        found[town, code] = cells + number, settled + (number if state in SETTLED else 0)
    return found
