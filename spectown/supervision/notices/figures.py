"""Figures that the system takes itself to judge the effect of a notice: by code, from what the notice is about."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from spectown.core.supervision.outcome import Better
from spectown.projects.models import Project, ProjectMonth
from spectown.supervision.models import NoticeFigure, Work


@dataclass(frozen=True, slots=True)
class Figure:
    """One kind of figure: what it is of (`project`, `town`, `measure`), in what unit, which way is better."""

    code: str
    of: str
    label: str
    unit: str
    better: Better
    take: Callable[[int, datetime.date], Decimal | None]


def _project_done(pk: int, on: datetime.date) -> Decimal | None:
    """Investment completed in the year up to the day, in 万元; None where nothing was reported."""
    rows = ProjectMonth.objects.alive().filter(project=pk, year=on.year, completed__isnull=False)
    total: Decimal | None = rows.aggregate(total=Sum("completed"))["total"]
    return total


def _red_projects(pk: int, _on: datetime.date) -> Decimal | None:
    return Decimal(Project.objects.alive().filter(town=pk, light="red").count())


def _town_done(pk: int, on: datetime.date) -> Decimal | None:
    rows = ProjectMonth.objects.alive().filter(project__town=pk, project__deleted_at__isnull=True)
    total: Decimal | None = rows.filter(year=on.year, completed__isnull=False).aggregate(t=Sum("completed"))["t"]
    return total


def _percent(pk: int, _on: datetime.date) -> Decimal | None:
    percent = Work.objects.filter(kind="measure", pk=pk).values_list("percent", flat=True).first()
    return None if percent is None else Decimal(percent)


FIGURES: Sequence[Figure] = (
    Figure("red_projects", "town", "红灯项目数", "个", Better.DOWN, _red_projects),
    Figure("town_investment", "town", "本年项目完成投资", "万元", Better.UP, _town_done),
    Figure("project_investment", "project", "项目本年完成投资", "万元", Better.UP, _project_done),
    Figure("measure_percent", "measure", "措施进度", "%", Better.UP, _percent),
)
BY_CODE = {figure.code: figure for figure in FIGURES}


def figures_for(keys: Sequence[str]) -> list[tuple[Figure, str]]:
    """Figures that can be taken from what a notice is about, each with the key that it is taken from."""
    return [(figure, key) for key in keys for figure in FIGURES if key.partition(":")[0] == figure.of]


def value_of(figure: NoticeFigure, on: datetime.date) -> Decimal | None:
    """The value now; None where it cannot be known."""
    known, number = BY_CODE.get(figure.code), figure.about.partition(":")[2]
    return known.take(int(number), on) if known and number.isdecimal() else None
