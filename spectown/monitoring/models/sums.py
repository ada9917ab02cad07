"""Kept for views: sums of the pivot, the figures that a town stands among, what a sum of towns would count twice."""

from __future__ import annotations

from django.db import models

from spectown.monitoring.models.definitions import Indicator
from spectown.organisations.models import Territory


class Tally(models.Model):
    """Sums of one indicator and period over towns alike in county, category and level: what the pivot adds up.

    Kept with the cells in one transaction (monitoring.tallying); `figures`, `unfit`: cells with a figure, with 不适用.
    """

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="+", verbose_name="指标", db_index=False)
    ordinal = models.PositiveIntegerField("期")
    territory = models.ForeignKey(Territory, models.CASCADE, null=True, related_name="+", verbose_name="属地")
    category = models.CharField("类别", max_length=40)
    level = models.CharField("级别", max_length=20, blank=True)
    total = models.DecimalField("合计", max_digits=24, decimal_places=4, default=0)
    figures = models.PositiveIntegerField("有数的镇", default=0)
    unfit = models.PositiveIntegerField("不适用的镇", default=0)
    certified = models.PositiveIntegerField("已核定的镇", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "分组合计"
        ordering = ("indicator", "ordinal")
        indexes = (models.Index(fields=("ordinal", "indicator"), name="tally_by_period"),)

    def __str__(self) -> str:
        return f"{self.indicator} {self.ordinal} {self.total}"


class Spread(models.Model):
    """All figures that count of one indicator and period within a category: where a town stands, without their cells.

    Kept with the sums (monitoring.tallying). `figures`: the smallest first, parted by blanks.
    """

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="+", verbose_name="指标", db_index=False)
    ordinal = models.PositiveIntegerField("期")
    category = models.CharField("类别", max_length=40)
    figures = models.TextField("各镇数值")

    class Meta:
        verbose_name = verbose_name_plural = "数值分布"
        ordering = ("indicator", "ordinal", "category")
        constraints = (models.UniqueConstraint(fields=("ordinal", "category", "indicator"), name="spread_once"),)

    def __str__(self) -> str:
        return f"{self.indicator} {self.ordinal} {self.category}"


class Overlap(models.Model):
    """How many enterprises of a figure belong to exactly these towns: what a sum over the towns counts twice."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="+", verbose_name="指标", db_index=False)
    ordinal = models.PositiveIntegerField("期")
    towns = models.JSONField("专业镇")
    number = models.PositiveIntegerField("户数")

    class Meta:
        verbose_name = verbose_name_plural = "重复计数"
        ordering = ("indicator", "ordinal", "pk")
        indexes = (models.Index(fields=("indicator", "ordinal"), name="overlap_by_indicator"),)

    def __str__(self) -> str:
        return f"{self.indicator} {self.ordinal} {self.number}"
