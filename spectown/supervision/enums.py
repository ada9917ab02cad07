"""Codes of dated work."""

from __future__ import annotations

from django.db.models import TextChoices

from spectown.core.lights import Level
from spectown.core.periods import Every
from spectown.core.supervision.measures import EXTENSION, MEASURE

MEASURE_STATES = tuple(MEASURE.labels.items())
EXTENSION_STATES = tuple(EXTENSION.labels.items())


class WorkKind(TextChoices):
    """What a piece of dated work is."""

    MEASURE = "measure", "措施"
    REPORT = "report", "进展报告"
    PROBLEM = "problem", "问题"
    NOTICE = "notice", "督办通知书"
    SHEET = "sheet", "监测报表"


class WorkLight(TextChoices):
    """Light of a piece of work as kept; none: not asked now."""

    RED = Level.RED.value, "红"
    YELLOW = Level.YELLOW.value, "黄"
    GREY = Level.GREY.value, "灰"
    BLUE = Level.BLUE.value, "蓝"
    GREEN = Level.GREEN.value, "绿"
    NONE = Level.NONE.value, "不亮灯"


class EveryPeriod(TextChoices):
    """How often a measure is reported."""

    MONTH = Every.MONTH.value, "每月"
    QUARTER = Every.QUARTER.value, "每季"


class Confidence(TextChoices):
    """What a leader thinks of it, apart from what the unit reports."""

    SURE = "sure", "有把握"
    DOUBTFUL = "doubtful", "有疑虑"
    UNLIKELY = "unlikely", "难以按期完成"
