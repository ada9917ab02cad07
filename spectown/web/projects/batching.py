"""三个一批 as shown: stages, rates, and the same by county or town; one pass over the rows in memory."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from spectown.core.projects.rates import Period, Rate, Row, rates
from spectown.projects.enums import Stage
from spectown.projects.facts import rate_rows
from spectown.projects.models import Project


@dataclass(frozen=True, slots=True)
class StageCount:
    """How many projects stand at a stage today, and what they cost; `unknown`: without a total investment."""

    code: str
    label: str
    count: int
    amount: Decimal
    unknown: int


@dataclass(frozen=True, slots=True)
class Line:
    """One county or town; `query` leads to its rows; `unknown`: without a total."""

    label: str
    query: str
    count: int
    amount: Decimal
    unknown: int
    stages: tuple[int, ...]
    rates: tuple[Rate, Rate, Rate]


@dataclass(frozen=True, slots=True)
class Batches:
    """Everything of the page. `year`: whose actual output counts."""

    period: Period
    year: int
    count: int
    amount: Decimal
    stages: tuple[StageCount, ...]
    rates: tuple[Rate, Rate, Rate]
    lines: tuple[Line, ...]

    @property
    def unknown(self) -> int:
        """Projects without a total investment."""
        return sum(stage.unknown for stage in self.stages)


def period_of(chosen: str) -> tuple[Period, int]:
    """Days and year of output: of a year its own, of 累计至今 the last full year."""
    today = timezone.localdate()
    if not chosen:
        return Period(today), today.year - 1
    year = int(chosen)
    return Period(min(datetime.date(year, 12, 31), today), datetime.date(year - 1, 12, 31)), year


def batches_of(projects: Sequence[Project], chosen: str, *, by_town: bool) -> Batches:
    """The view of these projects (with territory and town)."""
    period, year = period_of(chosen)
    rows = rate_rows(projects, year)
    groups = _groups(projects, by_town=by_town)
    return Batches(
        period,
        year,
        len(projects),
        _sum(p.investment for p in projects),
        tuple(_stage(projects, stage) for stage in Stage),
        rates(rows.values(), period),
        tuple(_line(label, query, members, rows, period) for (label, query), members in groups.items()),
    )


def _groups(projects: Iterable[Project], *, by_town: bool) -> dict[tuple[str, str], list[Project]]:
    """Projects by county in the order of the counties, or by town in that of the towns; those without town last."""
    groups: dict[tuple[int, str, str], list[Project]] = {}
    for project in projects:
        place = project.town if by_town else project.territory
        if place is None:
            key = (10**6, "未归入专业镇", "")
        else:
            key = (place.order, place.name, f"{'town' if by_town else 'county'}={place.code}")
        groups.setdefault(key, []).append(project)
    return {(label, query): groups[order, label, query] for order, label, query in sorted(groups)}


def _stage(projects: Sequence[Project], stage: Stage) -> StageCount:
    here = [p.investment for p in projects if p.stage == stage]
    return StageCount(stage.value, str(stage.label), len(here), _sum(here), here.count(None))


def _sum(amounts: Iterable[Decimal | None]) -> Decimal:
    return sum((amount for amount in amounts if amount is not None), Decimal(0))


def _line(label: str, query: str, members: Sequence[Project], rows: Mapping[int, Row], period: Period) -> Line:
    stages = Counter(p.stage for p in members)
    return Line(
        label,
        query,
        len(members),
        _sum(p.investment for p in members),
        [p.investment for p in members].count(None),
        tuple(stages[stage] for stage in Stage.values),
        rates([rows[p.pk] for p in members], period),
    )
