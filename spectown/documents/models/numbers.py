"""Sequences of document numbers."""

from __future__ import annotations

from django.db import models


class NumberSequence(models.Model):
    """The last serial given in one sequence (organ, 机关代字, year); locked while one is taken, so without gaps."""

    organ = models.CharField("发文机关", max_length=120, blank=True, default="")
    code = models.CharField("机关代字", max_length=60)
    year = models.PositiveSmallIntegerField("年份")
    last = models.PositiveIntegerField("最后的顺序号", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "发文字号序列"
        ordering = ("organ", "code", "-year")
        constraints = (models.UniqueConstraint(fields=("organ", "code", "year"), name="number_sequence_once"),)

    def __str__(self) -> str:
        return f"{self.code}〔{self.year}〕"
