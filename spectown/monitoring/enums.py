"""Codes of monitoring."""

from __future__ import annotations

from django.db.models import IntegerChoices, TextChoices

from spectown.core.monitoring.course import CELL
from spectown.core.monitoring.panel import ABSENT, FIGURE, UNFIT

CELL_STATES = tuple(CELL.labels.items())


class DefinitionKind(TextChoices):
    """What is defined."""

    INDICATOR = "indicator", "指标"
    FORM = "form", "报表"
    CHECK = "check", "校验规则"
    SCHEME = "scheme", "评估方案"  # read by the evaluation, not by the catalogue


class Held(IntegerChoices):
    """What stands in a cell, by the numbers of the core's columns. A figure 0 is a figure."""

    MISSING = ABSENT, "未报"
    NOT_APPLICABLE = UNFIT, "不适用"
    NUMBER = FIGURE, "数值"
    TEXT = 3, "文字"


class Origin(TextChoices):
    """How a value came in."""

    GRID = "grid", "网页填报"
    EXCEL = "excel", "Excel 导入"
    SAME = "same", "与上期相同"
    LIST = "list", "由清单得出"
    FORMULA = "formula", "按公式计算"
    BUREAU = "bureau", "来源单位核定"
