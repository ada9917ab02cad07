"""Codes of the lists; the labels are what people see."""

from __future__ import annotations

from django.db.models import TextChoices


class RunState(TextChoices):
    """Where an uploaded workbook stands."""

    CHECKING = "checking", "检查中"
    REFUSED = "refused", "无法读取"
    FAULTY = "faulty", "有问题待改"
    READY = "ready", "待确认"
    SAME = "same", "无变化"
    APPLYING = "applying", "导入中"
    DONE = "done", "已导入"
    CANCELLED = "cancelled", "已放弃"
    FAILED = "failed", "导入失败"
