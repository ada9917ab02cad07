"""目标完成: targets of the plan against what there was each year, with the towns behind each figure."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.lib.tables.sheet import Cell, Table
from spectown.monitoring.goals import Actual, actuals, day_of, limits
from spectown.plans.models import PlanVersion, Target
from spectown.towns.enums import Level
from spectown.towns.models import Town
from spectown.web.http import Request, needs, page
from spectown.web.monitoring.exporting import exported, table_of
from spectown.web.plans.quantities import quantity_words
from spectown.web.towns.filters import category_names

PLACES = {"below": "低于区间", "within": "在区间内", "above": "高于区间"}
Rows = Sequence[tuple[Target, Sequence[Actual]]]


@require_safe
@needs(Permission.SHEET_VIEW)
def targets(request: Request) -> HttpResponse:
    """Leader and office each quarter: which target is reached, which is not, how much is lacking, since when?"""
    version, today = PlanVersion.objects.current(), timezone.localdate()
    rows = actuals(version, today) if version else []
    if rows and (sent := exported(request, lambda _: _table(request, rows))):
        return sent
    context = {
        "rows": [
            (target, quantity_words(target), [(each, PLACES.get(each.where, "")) for each in of]) for target, of in rows
        ],
        "limits": limits(request.actor),
        "today": today,
    }
    return page(request, "monitoring/targets.html", context, title="目标完成")


@require_safe
@needs(Permission.SHEET_VIEW)
def behind(request: Request, level: str, year: int) -> HttpResponse:
    """The towns that a figure is the number of, with the document of each."""
    today = timezone.localdate()
    if level not in Level.values or not 2000 <= year <= today.year:
        raise Http404("没有这一级或这一年")
    day = day_of(year, today)
    rows = Town.objects.visible_to(request.actor, day).select_related("territory")
    rows = rows.prefetch_related("levels").order_by("order", "code")
    names = category_names()
    found = [(town, names.get(town.category, "未分类"), _record(town, level)) for town in rows if town.level == level]
    title = f"{year}年{Level(level).label}专业镇"
    context = {"rows": found, "day": day, "level": Level(level).label}
    crumbs = [("目标完成", reverse("monitoring:targets"))]
    return page(request, "monitoring/target_towns.html", context, title=title, crumbs=crumbs)


def _record(town: Town, level: str) -> object:
    return next((each for each in town.levels.all() if each.level == level), None)


def _table(request: Request, rows: Rows) -> Table:
    head = ["目标", "条款", "目标年", "目标值", "年份", "实际", "完成(%)", "结论"]
    lines: list[list[Cell]] = []
    for target, of in rows:
        for each in of:
            said = "、".join(filter(None, [each.attainment.verdict.label, PLACES.get(each.where, "")]))
            year = f"{target.year}年" if target.year else "原文未写"
            line: list[Cell] = [target.subject, target.clause.ref, year, quantity_words(target), f"{each.year}年"]
            lines.append([*line, "不统计" if each.number is None else each.number, each.percent, said])
    filters = [f"截至 {timezone.localdate():%Y-%m-%d},往年为当年 12 月 31 日"]
    widths = (26, 10, 10, 12, 9, 9, 10, 22)
    return table_of(request, "发展目标完成情况", "目标完成", head, lines, filters=filters, widths=widths)
