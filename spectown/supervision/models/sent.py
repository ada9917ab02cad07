"""Which reminders went out."""

from __future__ import annotations

from django.db import models

from spectown.supervision.models.work import Work


class Sent(models.Model):
    """One reminder that was put into the outbox: its event (core.supervision.reminders.event) is used once."""

    work = models.ForeignKey(Work, models.CASCADE, related_name="sent", verbose_name="督办事项")
    event = models.CharField("提醒", max_length=40)
    on = models.DateField("日期")
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "已发提醒"
        ordering = ("work", "pk")
        constraints = (models.UniqueConstraint(fields=("work", "event"), name="reminder_once"),)

    def __str__(self) -> str:
        return f"{self.work} {self.event}"
