"""What the timer did, and when."""

from __future__ import annotations

from django.db import models


class DueRun(models.Model):
    """One run of the time-driven work (到期处理) for a day, with what it did."""

    on = models.DateField("日期")
    at = models.DateTimeField("完成时间", auto_now_add=True)
    counts = models.JSONField("结果", default=dict)

    class Meta:
        verbose_name = verbose_name_plural = "到期处理"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.on} 到期处理"
