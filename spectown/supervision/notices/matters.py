"""What calls for a notice today, and what is known already: gathered in a fixed number of queries."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Sequence
from decimal import Decimal

from spectown.core.projects.months import Look, previous
from spectown.core.supervision.noticesettings import NoticeSettings
from spectown.core.supervision.triggers import Evidence, Known, Matter, Proposal, proposals
from spectown.plans.calendar import stored_calendar
from spectown.projects.facts.lights import Figures, figures_of
from spectown.projects.models import Project
from spectown.supervision.models import LightChange, Notice, Report, SetAside, Work
from spectown.supervision.notices.settings import stored_settings
from spectown.supervision.notices.visiting import finding_matters

ENDED = ("closed", "withdrawn")
SOURCES: list[Callable[[datetime.date], list[Matter]]] = []  # of apps above: what a published evaluation calls for


def weighed(on: datetime.date) -> list[Proposal]:
    """All matters of today with what stands against each; none where the plan has no settings of notices."""
    settings = stored_settings(on)
    return weighed_by(settings, on) if settings else []


def weighed_by(settings: NoticeSettings, on: datetime.date) -> list[Proposal]:
    """The same for who has the settings already."""
    found = [*project_matters(on), *measure_matters(), *finding_matters()]
    found += [matter for source in SOURCES for matter in source(on)]
    return proposals(found, settings.triggers, known(), stored_calendar(), on)


def project_matters(on: datetime.date) -> list[Matter]:
    """Red projects, and the towns of which so many are red."""
    rows = Project.objects.alive().exclude(light__in=("", "none")).select_related("town", "unit", "territory")
    asked = list(rows.order_by("pk"))
    red = [project for project in asked if project.light == "red"]
    year, month = previous((on.year, on.month))
    proofs = {f.project.pk: f for f in figures_of(red, Look(year, month, on))} if red else {}
    return [*(_project(p, proofs[p.pk]) for p in red), *_towns(asked, proofs)]


def _project(project: Project, figures: Figures) -> Matter:
    return Matter(
        trigger="project",
        key=f"project:{project.pk}",
        title=f"{project.name}推进滞后",
        unit=project.unit_id or (project.town.responsible_unit_id if project.town else None),
        said=f"{project.name}亮红灯:{project.light_reason}".rstrip("。"),
        evidence=(_proof(project, figures),),
        town=project.town_id,
    )


def _proof(project: Project, figures: Figures) -> Evidence:
    report = figures.report
    month = f"{report.year}年{report.month}月" if report else "最近没有月报"
    return Evidence(
        item=project.name,
        planned=f"年度计划投资 {_money(figures.planned)}",
        actual=f"已完成 {_money(figures.done)};{project.light_reason}"[:200],
        source=f"重大项目清单和月报({month})",
        link=f"project:{project.pk}",
    )


def _money(value: Decimal | None) -> str:
    return "未报" if value is None else f"{value.normalize():f}万元"


def _towns(asked: Sequence[Project], proofs: dict[int, Figures]) -> list[Matter]:
    by_town: dict[int, list[Project]] = defaultdict(list)
    for project in asked:
        if project.town_id is not None:
            by_town[project.town_id].append(project)
    return [_town(pk, rows, proofs) for pk, rows in by_town.items() if any(p.pk in proofs for p in rows)]


def _town(pk: int, rows: Sequence[Project], proofs: dict[int, Figures]) -> Matter:
    town, red = rows[0].town, [p for p in rows if p.pk in proofs]
    return Matter(
        trigger="slow",
        key=f"town:{pk}",
        title=f"{town}建设进度较慢",
        unit=town.responsible_unit_id if town else None,
        said=f"{town}列入调度的 {len(rows)} 个项目中有 {len(red)} 个亮红灯",
        evidence=tuple(_proof(p, proofs[p.pk]) for p in red),
        covers=tuple(f"project:{p.pk}" for p in red),
        count=len(red),
        total=len(rows),
        town=pk,
    )


def measure_matters() -> list[Matter]:
    """Measures of which the light is red, each since the day on which it became so."""
    works = list(Work.objects.running().filter(kind="measure", light="red").order_by("pk"))
    since = _red_since([work.pk for work in works])
    return [
        Matter(
            trigger="measure",
            key=f"measure:{work.pk}",
            title=f"措施“{work.title}”逾期或滞后",
            unit=work.holder_id,
            said=f"措施“{work.title}”亮红灯:{work.light_why}".rstrip("。"),
            since=since.get(work.pk),
            evidence=(
                Evidence(
                    item=work.title,
                    planned=f"期限 {work.deadline}",
                    actual=f"已报进度 {'未报' if work.percent is None else f'{work.percent}%'};{work.light_why}",
                    source=f"年度行动计划({work.light_on})",
                    link=f"measure:{work.pk}",
                ),
            ),
            town=work.town_id,
        )
        for work in works
    ]


def _red_since(works: Sequence[int]) -> dict[int, datetime.date]:
    """The first day of the present red, by work."""
    found: dict[int, datetime.date] = {}
    was: dict[int, str] = {}
    for change in LightChange.objects.filter(work__in=works).order_by("pk"):
        if change.light == "red" and was.get(change.work_id) != "red":
            found[change.work_id] = change.on
        was[change.work_id] = change.light
    return found


def known() -> Known:
    """Open notices and unread reports, by each key that they are about; what was set aside, by occasion."""
    by_key: dict[str, str] = {}
    rows = Notice.objects.exclude(work__state__in=ENDED).select_related("work", "document")
    for notice in rows.order_by("pk"):
        number = notice.document.number if notice.document and notice.document.number else "督办通知书"
        for key in notice.keys:
            by_key[key] = f"已有{number}《{notice.work.title}》({notice.work.state_label}),不再另行督办。"
    unread = Report.objects.filter(work__state="sent").select_related("measure__work")
    for report in unread:
        key = f"measure:{report.measure.work_id}"
        by_key.setdefault(key, f"{report.period.label}进展报告已报送,还没有阅,请先阅报告。")
    aside = {each.occasion: f"{each.made_on} 已定不督办:{each.reason}" for each in SetAside.objects.all()}
    return Known(by_key, aside)
