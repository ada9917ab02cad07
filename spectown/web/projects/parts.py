"""What the pages of a project and of a lead show besides their columns."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from django.urls import reverse
from django.utils import timezone

from spectown.core.projects.months import Look, previous
from spectown.lists.models import ListRow
from spectown.lists.scope import changeable, may_change
from spectown.projects.enums import Course, LeadStage, ProjectLight, Stage
from spectown.projects.facts import figures_of
from spectown.projects.lists import LEADS, MONTHS, PROJECTS, YEARS
from spectown.projects.lists.projects import DATED
from spectown.projects.models import Lead, Project, ProjectMonth
from spectown.projects.services import conversion_refusals
from spectown.web.http import Request
from spectown.web.lists.parents import begin_url
from spectown.web.lists.sections import Section, section


@dataclass(frozen=True, slots=True)
class Step:
    """One stage in the step bar."""

    label: str
    state: str
    date: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the table; `total`: sum of the year so far."""

    report: ProjectMonth
    total: Decimal


def steps_of(project: Project) -> list[Step]:
    """All stages with actual, else planned dates; a stage that was left out says so."""
    return [Step(str(stage.label), *_state(project, stage)) for stage in Stage]


def _state(project: Project, stage: Stage) -> tuple[str, str, str]:
    order = list(Stage.values)
    gap = order.index(stage) - order.index(project.stage)
    if stage not in DATED:
        return ("current" if gap == 0 else "done" if gap < 0 else "todo"), "", ""
    planned: datetime.date | None = getattr(project, f"plan_{stage.value}")
    actual: datetime.date | None = getattr(project, DATED[stage][0])
    plan = f"计划 {planned}" if planned else ""
    if gap > 0:
        return "todo", plan, ""
    if actual is None:
        return "skipped", "未报日期", plan
    return ("current" if gap == 0 else "done"), str(actual), plan


def months_of(project: Project, year: int) -> Iterator[Month]:
    """Reports of one year with the running sum."""
    total = Decimal(0)
    for report in ProjectMonth.objects.alive().filter(project=project, year=year).order_by("month"):
        total += report.completed or Decimal(0)
        yield Month(report, total)


@section("projects")
def progress(request: Request, row: ListRow) -> Section:
    """Where the project stands: stages, lights with reasons, the year's months."""
    project, today = cast(Project, row), timezone.localdate()
    look = Look(today.year, today.month, today)  # as the light of the list is kept
    figures = figures_of([project], look)[0]
    context = {
        "project": project,
        "steps": steps_of(project),
        "look": look,
        "light": figures.light,
        "word": ProjectLight(figures.light.level).label,
        "figures": figures,
        "months": list(months_of(project, look.year)),
    }
    return Section("推进情况", "projects/_progress.html", context, _actions(request, project), leads=True)


def _actions(request: Request, project: Project) -> tuple[tuple[str, str], ...]:
    if not changeable(PROJECTS, request.actor).filter(pk=project.pk).exists():
        return ()
    found = [
        ("暂停、终止" if project.course == Course.ACTIVE else "恢复推进", reverse("projects:course", args=[project.pk]))
    ]
    if project.course == Course.ACTIVE:
        found.append(("变更阶段", reverse("projects:advance", args=[project.pk])))
    return (*found, *_reports(request, project))


def _reports(request: Request, project: Project) -> list[tuple[str, str]]:
    """Forms of this project's reports, begun with the last full month and its year."""
    today = timezone.localdate()
    year, month = previous((today.year, today.month))
    found = [("填月报", MONTHS, {"year": year, "month": month}), ("填年度计划", YEARS, {"year": today.year})]
    return [
        (label, begin_url(ledger, project, **begun))
        for label, ledger, begun in found
        if may_change(ledger, request.actor)
    ]


@section("leads")
def conversion(request: Request, row: ListRow) -> Section | None:
    """What became of the lead, or the way to make a project of it."""
    lead = cast(Lead, row)
    if lead.project_id is not None:
        return Section("已转项目", "projects/_converted.html", {"project": lead.project})
    own = changeable(LEADS, request.actor).filter(pk=lead.pk).exists()
    if lead.stage == LeadStage.ENDED or not own or not may_change(PROJECTS, request.actor):
        return None
    refusals = conversion_refusals(lead)
    actions = () if refusals else (("转为项目", reverse("projects:convert", args=[lead.pk])),)
    return Section("转为项目", "projects/_convertible.html", {"refusals": refusals}, actions)
