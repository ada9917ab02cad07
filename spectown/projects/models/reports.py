"""Yearly plans and monthly reports of projects."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from spectown.lists.kinds import MoneyField, PercentField, YearField
from spectown.lists.models import ListRow
from spectown.projects.models.project import FROM_ZERO, Project

YEARS = [MinValueValidator(2015), MaxValueValidator(2050)]


class ProjectYear(ListRow):
    """One project in one year: what it plans to invest, and what it produced."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="years", verbose_name="项目")
    year = YearField("年度", validators=YEARS)
    planned = MoneyField("年度计划投资", null=True, blank=True, validators=FROM_ZERO)
    output = MoneyField("实际年产值", null=True, blank=True, validators=FROM_ZERO, help_text="投产以后按年填写。")
    goal = models.CharField("年度建设目标", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "项目年度计划"
        constraints = (
            *ListRow.Meta.constraints,
            models.UniqueConstraint(
                fields=("project", "year"), condition=Q(deleted_at__isnull=True), name="project_year_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.project} {self.year}年"


class ProjectMonth(ListRow):
    """One monthly report of a project: the investment completed in that month and how far the works are."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="months", verbose_name="项目")
    year = YearField("年度", validators=YEARS)
    month = models.PositiveSmallIntegerField("月份", validators=[MinValueValidator(1), MaxValueValidator(12)])
    completed = MoneyField(
        "当月完成投资",
        null=True,
        blank=True,
        validators=FROM_ZERO,
        help_text="只填当月,不填累计;当月没有投资填 0,还不知道的不填。",
    )
    progress = PercentField(
        "形象进度", null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    works = models.CharField("建设进展", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "项目月报"
        constraints = (
            *ListRow.Meta.constraints,
            models.UniqueConstraint(
                fields=("project", "year", "month"), condition=Q(deleted_at__isnull=True), name="project_month_once"
            ),
            models.CheckConstraint(condition=Q(month__range=(1, 12)), name="project_month_in_year"),
        )

    def __str__(self) -> str:
        return f"{self.project} {self.year}年{self.month}月"
