"""会议包: what the system knows of a month, as tables with their sources."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone

from spectown.core.lights import Level
from spectown.lib.bundles.tables import Meeting, Section, Source
from spectown.lib.refusal import Refused
from spectown.lists.scope import visible
from spectown.organisations.actors import Actor
from spectown.projects.lists import PROJECTS
from spectown.web.bundles.ranking import ranking
from spectown.web.bundles.standing import applications, targets, towns
from spectown.web.bundles.townpages import town_pages
from spectown.web.lists.found import row_url
from spectown.web.projects.batching import batches_of
from spectown.web.projects.dispatching import Dispatch, dispatch_of
from spectown.web.projects.forms import DispatchFilter

NO_ALARM = "没有红灯、黄灯项目。"
AGENDA = ("通报项目进度和亮灯情况", "通报月报报送情况", "通报三个一批和目标完成情况", "研究需要协调的事项")
Said = Callable[[int, int, str], None]


def meeting_of(actor: Actor, month: str, said: Said, agenda: Sequence[str] = AGENDA) -> Meeting:
    """The bundle of a month (2026-10) as the actor sees it; `said` is told how far it has come. Raises Refused."""
    form = DispatchFilter({"month": month}, actor=actor)
    if not form.is_valid():
        raise Refused("月份应写成 2026-10 的样子。")
    dispatch = dispatch_of(actor, form)
    parts: list[Callable[[], list[Section]]] = [
        lambda: _projects(dispatch, month),
        lambda: [_batches(actor), targets(), towns(actor), applications(actor), *ranking()],
    ]
    sections: list[Section] = []
    for number, part in enumerate(parts):
        said(number, len(parts) + 1, "正在汇总")
        sections += part()
    look = form.look()
    title = f"专业镇建设调度会议材料({look.year}年{look.month}月)"
    pages = town_pages(actor, dispatch, month)
    whole = [_overview(sections), *sections]
    return Meeting(title, actor.unit_name, timezone.localdate(), tuple(agenda) or AGENDA, whole, pages)


def _overview(sections: list[Section]) -> Section:
    """Every sentence of the parts with where it comes from."""
    rows = [(s.name, s.summary, s.source.clause, s.source.what, s.source.path, str(s.source.day)) for s in sections]
    source = Source("本材料各表", reverse("bundles:list"), timezone.localdate())
    head = ("部分", "情况", "方案条款", "来源", "系统页面", "截至")
    said, widths = f"本材料共{len(sections)}个部分。", (12, 44, 10, 18, 26, 16)
    return Section("总的情况", head, rows, source, said, widths, slide=(0, 1, 5), paper=(0, 1, 2, 3, 5))


def _projects(shown: Dispatch, month: str) -> list[Section]:
    address = f"{reverse('projects:dispatch')}?month={month}"
    alarms = [figures for figures in shown.rows if figures.light.level in (Level.RED, Level.YELLOW)]
    rows = [
        (
            f.project.name,
            f.project.territory.name,
            str(f.project.town or ""),
            str(f.project.unit or ""),
            f.light.word,
            "\n".join(light.reason for light in f.trouble),
            "、".join(dict.fromkeys(light.source for light in f.trouble if light.source)),
            row_url(PROJECTS, f.project.pk),
        )
        for f in alarms
    ]
    red = sum(f.light.level == Level.RED for f in alarms)
    said = f"在调度的{len(shown.rows)}个项目中,红灯{red}个,黄灯{len(alarms) - red}个。口径和页面见表格(Excel)。"
    source = Source("重大项目、项目月报", f"{address}&show=alarm", shown.look.day, "三(四)")
    head = ("项目", "属地", "专业镇", "责任单位", "亮灯", "原因", "亮灯口径", "系统页面")
    widths = (22, 10, 16, 14, 10, 34, 60, 20)
    alarm = Section(
        "亮灯项目", head, rows, source, said, widths, "没有红灯、黄灯项目。", slide=(0, 1, 4, 5), paper=(0, 1, 3, 4, 5)
    )
    return [alarm, _silent(shown, address)]


def _silent(shown: Dispatch, address: str) -> Section:
    rows = [(county, len(found), "、".join(p.name for p in found)) for county, found in shown.silent.items()]
    said = f"{shown.look.month}月的月报还有{shown.silent_count}个项目没有报。"
    source = Source("项目月报", f"{address}&show=missing", shown.look.day, "三(四)")
    head = ("属地", "未报(个)", "项目")
    return Section("未报月报", head, rows, source, said, (14, 10, 70), "都已报。", slide=(0, 1, 2))


def _batches(actor: Actor) -> Section:
    rows_seen: Any = visible(PROJECTS, actor).select_related("territory", "town").order_by("territory__order", "pk")
    shown, address = batches_of(list(rows_seen), "", by_town=False), reverse("projects:batches")
    rows = [
        (
            rate.label,
            rate.of_what,
            rate.numerator,
            rate.denominator,
            rate.unit,
            "没有分母" if rate.percent is None else rate.percent,
            ";".join(f"{reason}{len(keys)}个" for reason, keys in rate.left_out.items()) or "没有",
            f"{reverse('projects:batch_rows')}?rate={rate.code}&part=whole",
        )
        for rate in shown.rates
    ]
    percents = [(r.label, "没有分母" if r.percent is None else f"{r.percent}%") for r in shown.rates]
    said = ",".join(f"{label}{percent}" for label, percent in percents) + f";达效率取{shown.year}年产值。"
    source = Source("重大项目", address, shown.period.until, "三(四)")
    head = ("比率", "含义", "分子", "分母", "单位", "百分比", "未计入", "系统页面")
    return Section(
        "三个一批",
        head,
        rows,
        source,
        said,
        (10, 26, 12, 12, 8, 10, 22, 24),
        slide=(0, 2, 3, 4, 5, 6),
        paper=(0, 1, 2, 3, 4, 5, 6),
    )
