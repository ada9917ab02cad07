"""Sequences of document numbers."""

from __future__ import annotations

from django.db import models


class NumberSequence(models.Model):
    """The last serial number given in one sequence (机关代字 and year); locked while one is taken, so without gaps."""

    code = models.CharField("机关代字", max_length=60)
    year = models.PositiveSmallIntegerField("年份")
    last = models.PositiveIntegerField("最后的顺序号", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "发文字号序列"
        ordering = ("code", "-year")
        constraints = (models.UniqueConstraint(fields=("code", "year"), name="number_sequence_once"),)

    def __str__(self) -> str:
        return f"{self.code}〔{self.year}〕"
