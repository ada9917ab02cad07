"""Projects with their lights and figures in one month; four queries however many projects."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, Sum

from spectown.core.lights import Level, Light, overall
from spectown.core.projects.lights import Facts, lights
from spectown.core.projects.months import Look, Month
from spectown.core.projects.settings import Settings, read_settings, settings_on
from spectown.plans.models import PlanVersion
from spectown.projects.lists.projects import DATED
from spectown.projects.models import Project, ProjectMonth, ProjectYear

Reports = Mapping[Month, ProjectMonth]


@dataclass(frozen=True, slots=True)
class Figures:
    """One project in one month. `done`: sum of the year's reported investment; None where nothing was reported."""

    project: Project
    planned: Decimal | None
    done: Decimal | None
    report: ProjectMonth | None
    lights: tuple[Light, ...]
    doubts: tuple[str, ...]

    @property
    def light(self) -> Light:
        """The worst of the lights."""
        return overall(self.lights)

    @property
    def trouble(self) -> list[Light]:
        """Lights that somebody has to look at, worst first."""
        order = list(Level)
        asked = [light for light in self.lights if light.level not in {Level.GREEN, Level.NONE}]
        return sorted(asked, key=lambda light: order.index(light.level))

    @property
    def share(self) -> Decimal | None:
        """Completed share of the year's plan in percent."""
        return None if not self.planned or self.done is None else self.done / self.planned * 100

    @property
    def lacks_report(self) -> bool:
        """True where a report of this month is asked and not there, due or not."""
        asked = [light for light in self.lights if light.rule == "report" and light.level != Level.NONE]
        return bool(asked) and self.report is None


def settings_groups() -> tuple[Settings, ...]:
    """Settings of the lights of the current plan; none where it has none."""
    stored = PlanVersion.objects.filter(is_current=True).values_list("lights", flat=True).first() or {}
    return read_settings(stored.get("projects", []))


def actual_dates(project: Project) -> dict[str, datetime.date | None]:
    """Actual date by stage."""
    return {stage: getattr(project, name) for stage, (name, _) in DATED.items()}


def figures_of(projects: Sequence[Project], look: Look) -> list[Figures]:
    """The projects with figures and lights, in the same order."""
    pks = [project.pk for project in projects]
    settings = settings_on(settings_groups(), look.day)
    years = ProjectYear.objects.alive().filter(project__in=pks, year=look.year)
    planned = dict(years.values_list("project", "planned"))
    reports = _reports(pks, look)
    totals = _totals(pks, look)
    return [_figures(p, planned.get(p.pk), reports.get(p.pk, {}), look, settings, totals.get(p.pk)) for p in projects]


def _reports(pks: Sequence[int], look: Look) -> Mapping[int, Reports]:
    """Reports of the year up to the month and of the year before, by project."""
    rows = ProjectMonth.objects.alive().filter(project__in=pks, year__in=(look.year - 1, look.year))
    found: dict[int, dict[Month, ProjectMonth]] = defaultdict(dict)
    for row in rows:
        if (row.year, row.month) <= (look.year, look.month):
            found[row.project_id][row.year, row.month] = row
    return found


def _totals(pks: Sequence[int], look: Look) -> Mapping[int, Decimal]:
    until = Q(year__lt=look.year) | Q(year=look.year, month__lte=look.month)
    rows = ProjectMonth.objects.alive().filter(until, project__in=pks, completed__isnull=False)
    return dict(rows.order_by().values_list("project").annotate(total=Sum("completed")))


def _figures(
    project: Project,
    planned: Decimal | None,
    reports: Reports,
    look: Look,
    settings: Settings | None,
    total: Decimal | None,
) -> Figures:
    months = {month: row.completed for month, row in reports.items()}
    given = [figure for (year, _), figure in months.items() if year == look.year and figure is not None]
    done = sum(given, Decimal(0)) if given else None
    facts = Facts(
        stage=project.stage,
        course=project.course,
        halt=f"{project.get_course_display()}:{project.halt_reason}",
        dates=actual_dates(project),
        planned_start=project.plan_started,
        planned=planned,
        months=months,
        registered=project.registered_on,
    )
    found = lights(facts, look, settings)
    report = reports.get((look.year, look.month))
    return Figures(project, planned, done, report, found, tuple(_doubts(project, planned, done, total)))


def _doubts(project: Project, planned: Decimal | None, done: Decimal | None, total: Decimal | None) -> list[str]:
    """Figures that ought to be checked; no light comes of them."""
    found = []
    if total is not None and project.investment is not None and total > project.investment:
        found.append("累计完成投资超过总投资,请核对。")
    if done is not None and planned and done > planned * 2:
        found.append("本年完成投资超过年度计划的两倍,请核对。")
    return found
