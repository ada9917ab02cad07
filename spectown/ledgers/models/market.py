"""展会与市场拓展, 方案 三(七)."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from spectown.ledgers.enums import FairKind, Rank
from spectown.lists.kinds import MoneyField
from spectown.lists.models import ListRow


class Fair(ListRow):
    """One fair, sale or matching meeting, and what came of it."""

    name = models.CharField("活动名称", max_length=120)
    kind = models.CharField("类型", max_length=20, choices=FairKind)
    rank = models.CharField("级别", max_length=20, choices=Rank, blank=True)
    organiser = models.CharField("主办单位", max_length=120, blank=True)
    place = models.CharField("地点", max_length=80, blank=True)
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期", null=True, blank=True)
    firms = models.PositiveIntegerField("参加企业数", null=True, blank=True)
    intended = MoneyField("意向金额", null=True, blank=True, validators=[MinValueValidator(0)])
    signed = MoneyField("签约金额", null=True, blank=True, validators=[MinValueValidator(0)])
    subsidy = MoneyField("补助金额", null=True, blank=True, validators=[MinValueValidator(0)])

    class Meta:
        verbose_name = verbose_name_plural = "展会与市场拓展"
        constraints = (
            *ListRow.Meta.constraints,
            models.UniqueConstraint(
                fields=("name", "starts_on", "territory"), condition=Q(deleted_at__isnull=True), name="fair_once"
            ),
        )

    def __str__(self) -> str:
        return self.name
