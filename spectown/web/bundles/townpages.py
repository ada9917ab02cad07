"""A page for each certified town: its figures with their sources, its lists, its projects with alarms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from spectown.accounts.permissions import Permission
from spectown.core.enterprises.counts import TownCounts
from spectown.core.lights import Level as Light
from spectown.enterprises.counts import counts_of
from spectown.lib.bundles.tables import Cell, Section, Source, TownPage, shown
from spectown.lists.registry import ledgers
from spectown.lists.scope import visible_in
from spectown.organisations.actors import Actor
from spectown.projects.facts import Figures
from spectown.projects.lists import PROJECTS
from spectown.towns.enums import Level
from spectown.towns.models import Town
from spectown.web.bundles.standing import certified, outputs
from spectown.web.enterprises.figures import FIGURES, counted_url
from spectown.web.lists.found import list_url, row_url
from spectown.web.projects.dispatching import ALARM, Dispatch

ENTERPRISES, HONOURS, YEARS, REPORTS = "企业清单", "企业荣誉清单", "企业年度数据", "重大项目、项目月报"
ALL = "all"  # the figure that counts every market entity
NO_PLAN = "没有年度计划"
FIGURE_HEAD = ("指标", "数值", "单位", "来源", "系统页面")
LIST_HEAD = ("清单", "行数", "单位", "系统页面")
ALARM_HEAD = ("项目", "责任单位", "亮灯", "原因", "系统页面")


@dataclass(frozen=True, slots=True)
class Known:
    """What was counted for all towns at once."""

    counts: Any
    year: int | None
    outputs: dict[int, tuple[Decimal, int]]
    lists: dict[int, dict[str, int]]
    projects: dict[int, list[Figures]]


def town_pages(actor: Actor, dispatch: Dispatch, month: str) -> list[TownPage]:
    """The pages, in the order of the towns, in a fixed number of queries."""
    today = timezone.localdate()
    found = certified(actor, today)
    pks = [town.pk for town in found]
    year, reported = outputs(found)
    known = Known(counts_of(pks, today), year, reported, _lists(actor, pks), _projects(dispatch))
    return [_page(town, known, dispatch, month) for town in found]


def _lists(actor: Actor, towns: list[int]) -> dict[int, dict[str, int]]:
    """Rows by town and list."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    if not actor.may(Permission.LIST_VIEW):
        return found
    for slug, rows in visible_in(ledgers(), actor).items():
        of_towns = rows.filter(town__in=towns).order_by().values_list("town").annotate(n=Count("pk"))
        for town, number in of_towns:
            found[town][slug] = number
    return found


def _projects(dispatch: Dispatch) -> dict[int, list[Figures]]:
    found: dict[int, list[Figures]] = defaultdict(list)
    for figures in dispatch.rows:
        if figures.project.town_id:
            found[figures.project.town_id].append(figures)
    return found


def _page(town: Town, known: Known, dispatch: Dispatch, month: str) -> TownPage:
    level = dict(Level.choices).get(town.level or "", "")
    about = f"{town.territory.name if town.territory else '跨县(区)'};{level}专业镇。系统页面:{_url(town)}"
    projects = known.projects.get(town.pk, [])
    sections = [_figures(town, known, projects, month), _alarms(town, projects, dispatch, month), _rows(town, known)]
    return TownPage(town.name, about, sections)


def _url(town: Town) -> str:
    return reverse("towns:town", args=[town.code])


def _figures(town: Town, known: Known, projects: Sequence[Figures], month: str) -> Section:
    today = timezone.localdate()
    counted, output = _counted(town, known.counts[town.pk]), _output(town, known)
    rows = [counted[0], output[0], *_progress(town, projects, month), *output[1:], *counted[1:]]  # a slide shows eight
    values = {str(row[0]): shown(row[1]) for row in rows}
    share = values["完成年度计划"]
    progress = NO_PLAN if share == NO_PLAN else f"完成年度计划{share}{'%' if share[:1].isdecimal() else ''}"
    said = f"市场主体{values['市场主体']}户,在调度的重大项目{len(projects)}个,{progress}。"
    source = Source("各行所注清单", _url(town), today, "二(五)")
    widths = (20, 12, 8, 18, 34)
    return Section("指标", FIGURE_HEAD, rows, source, said, widths, slide=(0, 1, 2, 3), paper=(0, 1, 2, 3))


def _counted(town: Town, counts: TownCounts) -> list[tuple[Cell, ...]]:
    """What the list of enterprises says; of its parts and honours only those that are there."""
    rows: list[tuple[Cell, ...]] = [("市场主体", counts.total, "户", ENTERPRISES, counted_url(town, ALL))]
    for code, figure in FIGURES.items():
        number = figure.number(counts)
        if code != ALL and number:
            source = HONOURS if figure.kind else ENTERPRISES
            rows.append((figure.label, number, "户", source, counted_url(town, code)))
    return rows


def _output(town: Town, known: Known) -> list[tuple[Cell, ...]]:
    total, reported = known.outputs.get(town.pk, (None, 0))
    year, path = (
        f"{known.year}年" if known.year else "",
        f"{reverse('lists:list', args=['enterprise-years'])}?town={town.pk}",
    )
    return [(f"{year}产值", total, "万元", YEARS, path), ("报产值的企业", reported, "户", YEARS, path)]


def _progress(town: Town, projects: Sequence[Figures], month: str) -> list[tuple[Cell, ...]]:
    path = f"{reverse('projects:dispatch')}?month={month}&town={town.code}"
    planned = [figures for figures in projects if figures.planned]
    plan = sum((f.planned or Decimal(0) for f in planned), Decimal(0))
    done = [f.done for f in planned if f.done is not None]
    share: Cell = round(sum(done, Decimal(0)) / plan * 100, 1) if plan and done else "未报" if plan else NO_PLAN
    red = sum(f.light.level == Light.RED for f in projects)
    yellow = sum(f.light.level == Light.YELLOW for f in projects)
    return [
        ("在调度的重大项目", len(projects), "个", REPORTS, path),
        ("年度计划投资", plan if planned else None, "万元", REPORTS, path),
        ("已完成投资", sum(done, Decimal(0)) if done else None, "万元", REPORTS, path),
        ("完成年度计划", share, "%" if isinstance(share, Decimal) else "", REPORTS, path),
        ("红灯项目", red, "个", REPORTS, f"{path}&show=alarm"),
        ("黄灯项目", yellow, "个", REPORTS, f"{path}&show=alarm"),
        ("未报当月月报", sum(f.lacks_report for f in projects), "个", REPORTS, f"{path}&show=missing"),
    ]


def _alarms(town: Town, projects: Sequence[Figures], dispatch: Dispatch, month: str) -> Section:
    rows = [
        (
            f.project.name,
            str(f.project.unit or ""),
            f.light.word,
            "\n".join(light.reason for light in f.trouble),
            row_url(PROJECTS, f.project.pk),
        )
        for f in projects
        if f.light.level in ALARM
    ]
    path = f"{reverse('projects:dispatch')}?month={month}&town={town.code}&show=alarm"
    source = Source(REPORTS, path, dispatch.look.day, "三(四)")
    said = f"红灯、黄灯项目{len(rows)}个。"
    widths = (24, 16, 12, 40, 24)
    empty = "没有红灯、黄灯项目。"
    return Section("亮灯项目", ALARM_HEAD, rows, source, said, widths, empty, slide=(0, 1, 2, 3), paper=(0, 1, 2, 3))


def _rows(town: Town, known: Known) -> Section:
    counts = known.lists.get(town.pk, {})
    rows = [
        (each.title, counts[each.slug], each.counter, f"{list_url(each)}?town={town.pk}")
        for each in ledgers()
        if counts.get(each.slug)
    ]
    said = f"有内容的清单{len(rows)}份,没有列出的清单中没有本镇的行。"
    source = Source("各清单", _url(town), timezone.localdate())
    return Section("清单", LIST_HEAD, rows, source, said, (30, 10, 8, 34), "各清单都没有本镇的行。", paper=(0, 1, 2))
