"""What moves a deadline: extensions (延期) and pauses (暂停)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from spectown.core.supervision import deadlines
from spectown.core.workdays import Pause as Span
from spectown.lib.paired import paired
from spectown.supervision.enums import EXTENSION_STATES
from spectown.supervision.models.work import Work


class Extension(models.Model):
    """One extension asked for, and what somebody else decided about it."""

    work = models.ForeignKey(Work, models.CASCADE, related_name="extensions", verbose_name="督办事项")
    state = models.CharField("状态", max_length=12, choices=EXTENSION_STATES, default="asked")
    old = models.DateField("原期限")
    new = models.DateField("申请延至")
    reason = models.TextField("理由")
    asked_on = models.DateField("申请日期")
    asked_at = models.DateTimeField("申请时间", auto_now_add=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="申请人")
    decided_on = models.DateField("答复日期", null=True, blank=True)
    decided_at = models.DateTimeField("答复时间", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="答复人"
    )
    answer = models.TextField("答复意见", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "延期"
        ordering = ("work", "pk")
        constraints = (
            paired("decided", "extension"),
            models.CheckConstraint(condition=Q(new__gt=F("old")), name="extension_is_later"),
            models.UniqueConstraint(fields=("work",), condition=Q(state="asked"), name="extension_waits_once"),
        )

    def __str__(self) -> str:
        return f"{self.work} 延至 {self.new}"

    @property
    def value(self) -> deadlines.Extension:
        """For the core."""
        granted = {"granted": True, "refused": False, "withdrawn": False}.get(self.state)
        return deadlines.Extension(self.asked_on, self.new, self.decided_on, granted)


class Pause(models.Model):
    """The clock of a piece of work stands from a day on, until somebody lets it run again."""

    work = models.ForeignKey(Work, models.CASCADE, related_name="pauses", verbose_name="督办事项")
    since = models.DateField("暂停自")
    until = models.DateField("恢复", null=True, blank=True)
    reason = models.TextField("理由")
    made_at = models.DateTimeField("登记时间", auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    lifted_at = models.DateTimeField("恢复时间", null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="恢复人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "暂停"
        ordering = ("work", "pk")
        constraints = (
            paired("lifted", "pause"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="pause_dates_in_order"
            ),
            models.UniqueConstraint(fields=("work",), condition=Q(until=None), name="pause_open_once"),
        )

    def __str__(self) -> str:
        return f"{self.work} 暂停自 {self.since}"

    @property
    def value(self) -> Span:
        """For the core."""
        return Span(self.since, self.until)
