"""The market entity itself and the further towns it belongs to."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from spectown.enterprises.enums import ChainRole, EntityKind, Promotion, Size, Status
from spectown.lists.kinds import CreditCodeField, MoneyField
from spectown.lists.models import ListRow, ListRowQuerySet
from spectown.organisations.models import Territory, Unit
from spectown.towns.models import Town


class EnterpriseQuerySet(ListRowQuerySet):
    """Which enterprises."""

    def counting(self) -> EnterpriseQuerySet:
        """In business and neither deleted nor merged: the only ones that any count contains."""
        return self.filter(deleted_at__isnull=True, merged_into__isnull=True, status=Status.ACTIVE)

    def of_town(self, town: int, roles: Iterable[str] = ()) -> EnterpriseQuerySet:
        """Those whose main or further town this is, each once; `roles`: with one of these parts in that town."""
        main, further = Q(town=town), Q(town=town, deleted_at__isnull=True)
        if wanted := list(roles):
            main, further = main & Q(chain_role__in=wanted), further & Q(chain_role__in=wanted)
        members = TownMembership.objects.filter(further).exclude(enterprise__town=town).values("enterprise")
        return self.filter(main | Q(pk__in=members))

    def of_any_town(self, roles: Iterable[str]) -> EnterpriseQuerySet:
        """Those with one of these parts in whatever town, each once: what a total of the city counts."""
        wanted = list(roles)
        members = TownMembership.objects.filter(chain_role__in=wanted, deleted_at__isnull=True).values("enterprise")
        return self.filter(Q(town__isnull=False, chain_role__in=wanted) | Q(pk__in=members))


class Enterprise(ListRow):
    """One market entity (企业, 个体工商户, 家庭农场, 合作社) of the city; its main town and its part there."""

    territory = models.ForeignKey(  # as in ListRow; its index is the first part of enterprise_by_filters
        Territory, models.PROTECT, related_name="+", db_index=False, verbose_name="属地"
    )
    code = CreditCodeField("统一社会信用代码", blank=True, help_text="18 位;家庭农场等没有代码的不填,由系统给出编号。")
    name = models.CharField("名称", max_length=100)
    kind = models.CharField("主体类型", max_length=20, choices=EntityKind, default=EntityKind.COMPANY)
    chain_role = models.CharField("链上角色", max_length=20, choices=ChainRole, blank=True)
    size = models.CharField("规模", max_length=20, choices=Size, blank=True)
    above_scale = models.BooleanField("规上", default=False)
    promotion = models.CharField("小升规", max_length=20, choices=Promotion, default=Promotion.NONE)
    industry = models.CharField("行业", max_length=60, blank=True)
    products = models.CharField("主要产品", max_length=200, blank=True)
    established = models.DateField("成立日期", null=True, blank=True)
    capital = MoneyField("注册资本", null=True, blank=True, validators=[MinValueValidator(0)])
    legal_person = models.CharField("法定代表人", max_length=40, blank=True)
    contact = models.CharField("联系人", max_length=40, blank=True)
    phone = models.CharField("联系电话", max_length=30, blank=True)
    address = models.CharField("地址", max_length=200, blank=True)
    status = models.CharField("经营状态", max_length=20, choices=Status, default=Status.ACTIVE)
    unit = models.ForeignKey(
        Unit,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="enterprises",
        db_index=False,
        verbose_name="企业账号",
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        db_index=False,
        verbose_name="已并入",
    )

    objects = EnterpriseQuerySet.as_manager()  # type: ignore[misc]  # narrows the manager of ListRow

    class Meta:
        verbose_name = verbose_name_plural = "市场主体"
        indexes = (  # few, each costs every import: the orders of the list, its filters together, its rare values
            models.Index(fields=("name", "id"), condition=Q(deleted_at=None), name="enterprise_by_name"),
            models.Index(fields=("capital", "id"), condition=Q(deleted_at=None), name="enterprise_by_capital"),
            models.Index(
                fields=("territory", "town", "kind", "chain_role", "promotion", "above_scale", "status"),
                condition=Q(deleted_at=None),
                name="enterprise_by_filters",
            ),
            models.Index(fields=("chain_role", "id"), condition=Q(deleted_at=None), name="enterprise_by_role"),
            models.Index(fields=("promotion", "id"), condition=Q(deleted_at=None), name="enterprise_by_promotion"),
            models.Index(fields=("id",), condition=Q(above_scale=True, deleted_at=None), name="enterprise_above_scale"),
            models.Index(fields=("id",), condition=Q(deleted_at__isnull=False), name="enterprise_deleted"),
            models.Index(fields=("unit",), condition=Q(unit__isnull=False), name="enterprise_by_unit"),
            models.Index(fields=("merged_into",), condition=Q(merged_into__isnull=False), name="enterprise_by_kept"),
        )
        constraints = (
            *ListRow.Meta.constraints,
            models.UniqueConstraint(
                fields=("code",), condition=Q(deleted_at__isnull=True) & ~Q(code=""), name="enterprise_code_once"
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(deleted_at__isnull=False),
                name="enterprise_merged_is_deleted",
            ),
        )

    def __str__(self) -> str:
        return self.name


class TownMembership(ListRow):
    """One further town (兼属专业镇) that an enterprise belongs to beside its main town, and its part there."""

    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, related_name="town_memberships", verbose_name="企业", help_text="填名称或代码。"
    )
    town = models.ForeignKey(Town, models.PROTECT, related_name="+", verbose_name="专业镇")
    chain_role = models.CharField("链上角色", max_length=20, choices=ChainRole)

    class Meta:
        verbose_name = verbose_name_plural = "兼属专业镇"
        constraints = (
            *ListRow.Meta.constraints,
            models.UniqueConstraint(
                fields=("enterprise", "town"), condition=Q(deleted_at__isnull=True), name="town_membership_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.enterprise} · {self.town}"
