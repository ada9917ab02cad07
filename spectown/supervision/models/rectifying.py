"""What a unit reports about a supervision notice, with its files."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from spectown.lib.paired import paired
from spectown.lib.proofs.models import UploadedFile
from spectown.supervision.models.notices import Notice


class NoticeReport(models.Model):
    """One rectification report (整改报告): a draft until it is sent, then never changed. One draft at a time."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="reports", verbose_name="督办通知书")
    text = models.TextField("整改情况")
    results = models.JSONField("各项要求的完成情况", default=dict, blank=True)
    percent = models.PositiveSmallIntegerField("进度", null=True, blank=True, validators=[MaxValueValidator(100)])
    is_final = models.BooleanField("整改结果", default=False)
    changed_at = models.DateTimeField("填写时间")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="填写人")
    sent_at = models.DateTimeField("报送时间", null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="报送人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "整改报告"
        ordering = ("notice", "pk")
        constraints = (
            paired("sent", "notice_report"),
            models.UniqueConstraint(fields=("notice",), condition=Q(sent_at=None), name="notice_report_one_draft"),
            models.CheckConstraint(
                condition=Q(percent__isnull=True) | Q(percent__lte=100), name="notice_report_percent"
            ),
        )

    def __str__(self) -> str:
        return f"{self.notice} {self.changed_at:%Y-%m-%d}"


class NoticeFile(UploadedFile):
    """One file of a report."""

    report = models.ForeignKey(NoticeReport, models.CASCADE, related_name="files", verbose_name="整改报告")

    class Meta:
        verbose_name = verbose_name_plural = "整改佐证"
        ordering = ("report", "pk")

    def __str__(self) -> str:
        return self.name
