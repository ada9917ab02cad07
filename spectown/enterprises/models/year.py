"""What an enterprise reported for one year."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from spectown.enterprises.models.enterprise import Enterprise
from spectown.lists.kinds import MoneyField, YearField
from spectown.lists.models import ListRow
from spectown.organisations.models import Unit


def _amount(label: str) -> MoneyField:
    return MoneyField(label, null=True, blank=True, validators=[MinValueValidator(0)])


class EnterpriseYear(ListRow):
    """The figures of one enterprise for one calendar year; an empty figure was not reported, which is not zero."""

    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, related_name="years", verbose_name="企业", help_text="填名称或代码。"
    )
    year = YearField("年度", validators=[MinValueValidator(2000), MaxValueValidator(2099)])
    output = _amount("产值")
    revenue = _amount("营业收入")
    tax = _amount("税收")
    employees = models.PositiveIntegerField("从业人数", null=True, blank=True)
    export = _amount("出口额")
    rnd = _amount("研发投入")
    source = models.CharField("数据来源", max_length=100, help_text="如:县统计局年报、企业自报。")
    certifier = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="核定单位"
    )
    certified_on = models.DateField("核定日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "企业年度数据"
        constraints = (
            *ListRow.Meta.constraints,
            models.UniqueConstraint(
                fields=("enterprise", "year"), condition=Q(deleted_at__isnull=True), name="enterprise_year_once"
            ),
            models.CheckConstraint(
                condition=Q(certifier__isnull=True, certified_on__isnull=True)
                | Q(certifier__isnull=False, certified_on__isnull=False),
                name="enterprise_year_certified_by_and_on",
            ),
        )

    def __str__(self) -> str:
        return f"{self.enterprise} {self.year}年"
