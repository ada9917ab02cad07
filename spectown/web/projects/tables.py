"""The dispatch of a month as a table to print."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

from spectown.lib.tables.sheet import Cell, Table
from spectown.organisations.actors import Actor
from spectown.projects.facts import Figures
from spectown.web.projects.dispatching import Dispatch

HEAD = (
    "序号",
    "项目名称",
    "属地",
    "专业镇",
    "责任单位",
    "责任领导",
    "阶段",
    "亮灯",
    "原因",
    "总投资\n(万元)",
    "年度计划投资\n(万元)",
    "本年完成\n(万元)",
    "占年度计划\n(%)",
    "当月完成\n(万元)",
    "形象进度\n(%)",
    "存在问题",
    "需市领导协调",
)
WIDTHS = (6, 26, 10, 18, 14, 16, 8, 12, 36, 12, 12, 12, 10, 12, 10, 30, 10)


def dispatch_table(shown: Dispatch, by: Actor) -> Table:
    """All rows of the page in its order, with sums."""
    look, day = shown.look, timezone.localdate()
    foot: list[Cell] = ["", f"合计 {len(shown.rows)} 个", *[""] * 8]
    foot += [shown.planned, shown.done, shown.share, shown.month, "", "", ""]
    return Table(
        name=f"{look.year}年{look.month}月",
        title=f"专业镇重大项目调度表({look.year}年{look.month}月)",
        notes=[f"导出日期 {day},导出人 {by.name}({by.unit_name});空格为未报;亮灯口径为建议值,见系统说明"],
        head=HEAD,
        rows=[_cells(number, figures) for number, figures in enumerate(shown.rows, start=1)],
        foot=foot,
        widths=WIDTHS,
        centred=len(HEAD),
    )


def _cells(number: int, figures: Figures) -> list[Cell]:
    project, report = figures.project, figures.report
    reasons = [light.reason for light in figures.trouble] + list(figures.doubts)
    return [
        number,
        project.name,
        project.territory.name,
        str(project.town or ""),
        str(project.unit or ""),
        str(project.post or project.leader),
        project.get_stage_display(),
        figures.light.word,
        "\n".join(reasons),
        project.investment,
        figures.planned,
        figures.done,
        None if figures.share is None else _rounded(figures.share),
        report.completed if report else None,
        report.progress if report else None,
        project.problem,
        "是" if project.needs_leader else "",
    ]


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)
