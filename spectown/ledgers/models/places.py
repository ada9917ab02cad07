"""公共服务平台与园区载体, 方案 三(十), 二(七)."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from spectown.ledgers.enums import ParkKind
from spectown.lists.kinds import MoneyField
from spectown.lists.models import ListRow


class ServicePlatform(ListRow):
    """One public service platform; which of the eight functions of 方案 二(七) it offers."""

    name = models.CharField("平台名称", max_length=120)
    operator = models.CharField("运营单位", max_length=120, blank=True)
    design = models.BooleanField("研发设计", default=False)
    testing = models.BooleanField("检验检测", default=False)
    training = models.BooleanField("业务培训", default=False)
    advice = models.BooleanField("信息咨询", default=False)
    rights = models.BooleanField("知识产权保护", default=False)
    guarantee = models.BooleanField("融资担保", default=False)
    display = models.BooleanField("产品展销", default=False)
    logistics = models.BooleanField("物流服务", default=False)
    opened_on = models.DateField("投用日期", null=True, blank=True)
    closed_on = models.DateField("停用日期", null=True, blank=True, help_text="停用的不计入统计。")
    firms_served = models.PositiveIntegerField("年服务企业数", null=True, blank=True)
    investment = MoneyField("累计投入", null=True, blank=True, validators=[MinValueValidator(0)])

    class Meta:
        verbose_name = verbose_name_plural = "公共服务平台"
        constraints = (
            *ListRow.Meta.constraints,
            models.UniqueConstraint(
                fields=("name", "territory"), condition=Q(deleted_at__isnull=True), name="service_platform_once"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Park(ListRow):
    """One park or other place that carries a town's industry, with its land and infrastructure."""

    name = models.CharField("载体名称", max_length=120)
    kind = models.CharField("类型", max_length=20, choices=ParkKind)
    operator = models.CharField("运营单位", max_length=120, blank=True)
    area = models.DecimalField(
        "规划面积", max_digits=10, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    used = models.DecimalField(
        "已用面积", max_digits=10, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    ready_land = models.DecimalField(
        "标准地", max_digits=10, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    firms = models.PositiveIntegerField("入驻企业数", null=True, blank=True)
    road = models.BooleanField("道路", default=False)
    power = models.BooleanField("供电", default=False)
    water = models.BooleanField("供水", default=False)
    digital = models.BooleanField("数字化", default=False)
    full_service = models.BooleanField("全代办", default=False, help_text="是否落实“承诺制+标准地+全代办”。")

    class Meta:
        verbose_name = verbose_name_plural = "园区载体"
        constraints = (
            *ListRow.Meta.constraints,
            models.UniqueConstraint(
                fields=("name", "territory"), condition=Q(deleted_at__isnull=True), name="park_once"
            ),
        )

    def __str__(self) -> str:
        return self.name
