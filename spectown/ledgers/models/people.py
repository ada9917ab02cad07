"""人才培训与就业, 方案 三(五)."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from spectown.ledgers.enums import TrainingKind
from spectown.lists.kinds import YearField
from spectown.lists.models import ListRow


class Training(ListRow):
    """One training or class for a town's people."""

    name = models.CharField("培训名称", max_length=120)
    kind = models.CharField("类型", max_length=20, choices=TrainingKind)
    organiser = models.CharField("主办单位", max_length=120)
    school = models.CharField("承办院校或机构", max_length=120, blank=True)
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期", null=True, blank=True)
    persons = models.PositiveIntegerField("培训人数", null=True, blank=True)
    certified = models.PositiveIntegerField("取证人数", null=True, blank=True)
    employed = models.PositiveIntegerField("就业人数", null=True, blank=True, help_text="结业后三个月内就业的人数。")

    class Meta:
        verbose_name = verbose_name_plural = "人才培训"
        constraints = (
            *ListRow.Meta.constraints,
            models.UniqueConstraint(
                fields=("name", "starts_on", "territory"),
                condition=Q(deleted_at__isnull=True),
                name="training_once",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Employment(ListRow):
    """Employment of one town in one year; the county sets goals of its own (三(五) 自加压力). Missing is not zero."""

    year = YearField("年份", validators=[MinValueValidator(2015), MaxValueValidator(2100)])
    employees = models.PositiveIntegerField("从业人数", null=True, blank=True)
    created = models.PositiveIntegerField("新增就业", null=True, blank=True)
    goal = models.PositiveIntegerField("就业目标", null=True, blank=True, help_text="县(区)自定的本年新增就业目标。")
    returned_workers = models.PositiveIntegerField("返乡农民工", null=True, blank=True)
    graduates = models.PositiveIntegerField("大学生", null=True, blank=True)
    veterans = models.PositiveIntegerField("退役军人", null=True, blank=True)
    source = models.CharField("数据来源", max_length=120, help_text="哪个单位、哪份报表。")

    class Meta:
        verbose_name = verbose_name_plural = "就业情况"
        constraints = (
            *ListRow.Meta.constraints,
            models.UniqueConstraint(
                fields=("town", "year"), condition=Q(deleted_at__isnull=True), name="employment_once_a_year"
            ),
        )

    def __str__(self) -> str:
        return f"{self.town or self.territory} {self.year} 年就业"
