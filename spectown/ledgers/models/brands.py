"""品牌、标准、知识产权, 方案 三(六), 二(六)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from spectown.enterprises.models import Enterprise
from spectown.ledgers.enums import BrandKind, Part, Rank, RightKind, StandardKind
from spectown.lists.models import ListRow


class Brand(ListRow):
    """One brand or mark of a town, with the level of its recognition and its validity."""

    name = models.CharField("品牌名称", max_length=120)
    kind = models.CharField("类型", max_length=30, choices=BrandKind)
    rank = models.CharField("级别", max_length=20, choices=Rank, help_text="方案 二(六) 要求市级以上知名品牌。")
    owner = models.CharField("权利人", max_length=120, blank=True, help_text="协会、合作社或企业全称。")
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="所属企业"
    )
    certificate = models.CharField("注册或证书号", max_length=60, blank=True)
    issuer = models.CharField("认定单位", max_length=80, blank=True)
    valid_from = models.DateField("认定日期", null=True, blank=True)
    valid_to = models.DateField("有效期至", null=True, blank=True, help_text="没有期限的不填;过期的不计入统计。")

    class Meta:
        verbose_name = verbose_name_plural = "品牌"
        constraints = (
            *ListRow.Meta.constraints,
            models.UniqueConstraint(
                fields=("name", "kind", "territory"), condition=Q(deleted_at__isnull=True), name="brand_once"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Standard(ListRow):
    """One standard that a firm of a town led or joined."""

    code = models.CharField("标准号", max_length=60, help_text="如 GB/T 19503—2008。")
    name = models.CharField("标准名称", max_length=200)
    kind = models.CharField("类型", max_length=20, choices=StandardKind)
    part = models.CharField("参与方式", max_length=20, choices=Part)
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="参与企业"
    )
    published_on = models.DateField("发布日期", null=True, blank=True)
    abolished_on = models.DateField("废止日期", null=True, blank=True, help_text="已废止的不计入统计。")

    class Meta:
        verbose_name = verbose_name_plural = "标准"
        constraints = (
            *ListRow.Meta.constraints,
            models.UniqueConstraint(
                fields=("code", "enterprise"),
                condition=Q(deleted_at__isnull=True),
                name="standard_once_per_enterprise",
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class IntellectualProperty(ListRow):
    """One patent, copyright or variety right of a town's firm."""

    code = models.CharField("专利或登记号", max_length=40)
    name = models.CharField("名称", max_length=200)
    kind = models.CharField("类型", max_length=20, choices=RightKind)
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="权利企业"
    )
    granted_on = models.DateField("授权日期", null=True, blank=True)
    ended_on = models.DateField("失效日期", null=True, blank=True)
    applied = models.BooleanField("已产业化", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "知识产权"
        constraints = (
            *ListRow.Meta.constraints,
            models.UniqueConstraint(
                fields=("code",), condition=Q(deleted_at__isnull=True), name="intellectual_property_once"
            ),
        )

    def __str__(self) -> str:
        return self.name
