"""Measures (措施) of the annual action plan (年度行动计划) and their milestones."""

from __future__ import annotations

import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from spectown.core.supervision.lights import Milestone as Dated
from spectown.lists.kinds import YearField
from spectown.lists.models import ListRow
from spectown.organisations.models import Territory, Unit
from spectown.supervision.enums import MEASURE_STATES, EveryPeriod
from spectown.supervision.models.work import Work
from spectown.supervision.named import validate_clause, validate_counties, validate_towns, validate_units
from spectown.towns.models import Town


class Measure(ListRow):
    """One measure that a sentence of the plan was broken into: what, how much, who leads, until when.

    The office changes drafts in the list; after that only moves and reports do. `state` follows `work.state`.
    `helpers`, `of_counties`, `of_towns`: the rows that the texts `participants`, `counties`, `towns` name; `territory`
    and `town`: the only one of them, where there is one (supervision.keeping).
    """

    work = models.OneToOneField(
        Work, models.PROTECT, null=True, editable=False, related_name="measure", verbose_name="督办事项"
    )
    territory = models.ForeignKey(  # type: ignore[assignment]  # other lists must name one, a measure may be citywide
        Territory, models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name="属地"
    )
    year = YearField("年度", validators=[MinValueValidator(2020), MaxValueValidator(2100)])
    clause = models.CharField("方案条款", max_length=20, validators=[validate_clause], help_text="如 三(四)。")
    sentence = models.PositiveSmallIntegerField(
        "第几句",
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text="措施落实条款中的哪一句;不填为整条。",
    )
    title = models.CharField("措施", max_length=160)
    deliverable = models.CharField("成果", max_length=200, blank=True, help_text="做成什么,如 认定管理办法印发。")
    target = models.CharField("可衡量的目标", max_length=200, blank=True, help_text="写出数,如 新增规上企业 12 家。")
    lead = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="led_measures", verbose_name="牵头单位"
    )
    participants = models.CharField(
        "配合单位", max_length=500, blank=True, validators=[validate_units], help_text="能看到这项措施。"
    )
    counties = models.CharField(
        "涉及县(区)",
        max_length=300,
        blank=True,
        validators=[validate_counties],
        help_text="都不填、也没有填专业镇的,各县(区)都能看到。",
    )
    towns = models.CharField(
        "涉及专业镇",
        max_length=500,
        blank=True,
        validators=[validate_towns],
        help_text="所在县(区)、负责和运营单位能看到。",
    )
    helpers = models.ManyToManyField(Unit, editable=False, related_name="+", verbose_name="配合单位")
    of_counties = models.ManyToManyField(Territory, editable=False, related_name="+", verbose_name="涉及县(区)")
    of_towns = models.ManyToManyField(Town, editable=False, related_name="+", verbose_name="涉及专业镇")
    starts = models.DateField("开始日期", null=True, blank=True)
    deadline = models.DateField("完成期限", null=True, blank=True)
    milestones = models.TextField(
        "时间节点", max_length=2000, blank=True, help_text="一行一个:2026-06-30 完成选址 40%。百分比可以不写。"
    )
    every = models.CharField("报送周期", max_length=10, choices=EveryPeriod, default=EveryPeriod.MONTH)
    state = models.CharField("状态", max_length=24, choices=MEASURE_STATES, default="draft")
    source = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="copies", verbose_name="上年措施"
    )

    class Meta:
        verbose_name = verbose_name_plural = "措施"
        constraints = (
            *ListRow.Meta.constraints,
            models.UniqueConstraint(
                fields=("title", "year"), condition=Q(deleted_at__isnull=True), name="measure_once_a_year"
            ),
        )
        indexes = (models.Index(fields=("year", "clause"), name="measure_by_clause"),)

    def __str__(self) -> str:
        return self.title


class Milestone(models.Model):
    """One dated step of a measure, from its text; `done_on` by the reports of the unit."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="nodes", verbose_name="措施")
    number = models.PositiveSmallIntegerField("次序")
    due = models.DateField("应完成日期")
    title = models.CharField("时间节点", max_length=200)
    percent = models.PositiveSmallIntegerField("计划进度", null=True, blank=True)
    done_on = models.DateField("完成日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "时间节点"
        ordering = ("measure", "number")
        constraints = (models.UniqueConstraint(fields=("measure", "number"), name="milestone_once"),)

    def __str__(self) -> str:
        return f"{self.due} {self.title}"

    @property
    def value(self) -> Dated:
        """For the core."""
        return Dated(self.title, self.due, self.done_on, self.percent)

    def overdue(self, on: datetime.date) -> bool:
        """True where its day has passed and it is not done."""
        return self.done_on is None and self.due < on
