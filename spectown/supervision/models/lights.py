"""How the light of a piece of work changed."""

from __future__ import annotations

from django.db import models

from spectown.supervision.enums import WorkLight
from spectown.supervision.models.work import Work


class LightChange(models.Model):
    """From this day on the light was another, or another rule made it; only changes are kept."""

    work = models.ForeignKey(Work, models.CASCADE, related_name="light_changes", verbose_name="督办事项")
    on = models.DateField("日期")
    light = models.CharField("灯", max_length=8, choices=WorkLight)
    rule = models.CharField("亮灯口径", max_length=20, blank=True)
    why = models.CharField("亮灯原因", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "灯的变化"
        ordering = ("work", "pk")

    def __str__(self) -> str:
        return f"{self.work} {self.on} {self.get_light_display()}"
