"""一镇一策, 方案 四(二)."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from spectown.ledgers.enums import MeasureKind
from spectown.lists.kinds import MoneyField
from spectown.lists.models import ListRow


class TownPolicy(ListRow):
    """One measure of a county's policy for one town, with its document and what was paid."""

    title = models.CharField("政策名称", max_length=160)
    document = models.CharField("文号", max_length=60, blank=True)
    issuer = models.CharField("制定单位", max_length=120)
    kind = models.CharField("措施类型", max_length=20, choices=MeasureKind)
    measure = models.CharField("主要措施", max_length=500)
    issued_on = models.DateField("印发日期", null=True, blank=True)
    valid_to = models.DateField("有效期至", null=True, blank=True)
    planned = MoneyField("预算金额", null=True, blank=True, validators=[MinValueValidator(0)])
    paid = MoneyField("已兑现金额", null=True, blank=True, validators=[MinValueValidator(0)])
    beneficiaries = models.PositiveIntegerField("受益企业数", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "一镇一策"
        constraints = (
            *ListRow.Meta.constraints,
            models.UniqueConstraint(
                fields=("title", "measure", "town"), condition=Q(deleted_at__isnull=True), name="town_policy_once"
            ),
        )

    def __str__(self) -> str:
        return self.title
