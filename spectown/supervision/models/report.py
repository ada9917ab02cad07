"""Progress reports (进展报告) of a measure, one a period; what a leader thinks of the measure."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from spectown.core.periods import Period
from spectown.lib.paired import paired
from spectown.lib.proofs.models import RemovableFile
from spectown.supervision.enums import Confidence
from spectown.supervision.models.measure import Measure, Milestone
from spectown.supervision.models.work import Work


class Report(models.Model):
    """What a unit reports of a measure for one period. `reached`: milestones said to be done, with their day."""

    work = models.OneToOneField(Work, models.PROTECT, related_name="report", verbose_name="督办事项")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="reports", verbose_name="措施")
    year = models.PositiveSmallIntegerField("年")
    month = models.PositiveSmallIntegerField("末月")
    months = models.PositiveSmallIntegerField("月数", default=1)
    nothing = models.BooleanField("本期无进展", default=False)
    done = models.TextField("本期做了什么", max_length=2000, blank=True)
    percent = models.PositiveSmallIntegerField(
        "累计完成", null=True, blank=True, validators=[MaxValueValidator(100)], help_text="占整项措施的百分之几。"
    )
    figure = models.CharField("目标完成数", max_length=120, blank=True, help_text="对照目标写出数,如 已入库 23 个。")
    outlook = models.TextField("下期打算和预计", max_length=1000, blank=True)
    changed_at = models.DateTimeField("填报时间", null=True, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="填报人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "进展报告"
        ordering = ("measure", "-year", "-month")
        constraints = (
            models.UniqueConstraint(fields=("measure", "year", "month"), name="report_once_a_period"),
            models.CheckConstraint(condition=Q(percent__isnull=True) | Q(percent__lte=100), name="report_percent"),
            paired("changed", "report"),
        )

    def __str__(self) -> str:
        return f"{self.measure} {self.period.label}进展"

    @property
    def period(self) -> Period:
        """For the core."""
        return Period((self.year, self.month), self.months)


class Reached(models.Model):
    """A milestone that a report says is done; it counts once the unit has sent the report."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="reached", verbose_name="进展报告")
    milestone = models.ForeignKey(Milestone, models.CASCADE, related_name="+", verbose_name="时间节点")
    on = models.DateField("完成日期")

    class Meta:
        verbose_name = verbose_name_plural = "报告的节点"
        ordering = ("report", "milestone__number")
        constraints = (models.UniqueConstraint(fields=("report", "milestone"), name="reached_once_a_report"),)

    def __str__(self) -> str:
        return f"{self.milestone} {self.on}"


class ReportFile(RemovableFile):
    """One file that proves what a report says; a removed one stays on record."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="files", verbose_name="进展报告")

    class Meta:
        verbose_name = verbose_name_plural = "进展证明材料"
        ordering = ("report", "pk")
        constraints = (paired("removed", "report_file"),)

    def __str__(self) -> str:
        return self.name


class Rating(models.Model):
    """What somebody of the leading group thinks of a measure, apart from what is reported; the newest counts."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="ratings", verbose_name="措施")
    confidence = models.CharField("把握", max_length=12, choices=Confidence)
    note = models.CharField("说明", max_length=300, blank=True)
    made_at = models.DateTimeField("时间", auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="评价人")

    class Meta:
        verbose_name = verbose_name_plural = "领导判断"
        ordering = ("measure", "-pk")

    def __str__(self) -> str:
        return f"{self.measure} {self.get_confidence_display()}"
