"""Honours of enterprises: titles with an issuer and a span of days; an expired one never counts."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import F, Q

from spectown.enterprises.enums import HonourKind, HonourLevel, Status
from spectown.enterprises.models.enterprise import Enterprise
from spectown.lists.models import ListRow, ListRowQuerySet


class HonourQuerySet(ListRowQuerySet):
    """Which honours."""

    def valid_on(self, day: datetime.date) -> HonourQuerySet:
        """Recognised by that day, not yet past the last day, not withdrawn by it; deleted ones never."""
        begun = self.filter(deleted_at__isnull=True, valid_from__lte=day)
        lasting = begun.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))
        return lasting.filter(Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=day))

    def counting_on(self, day: datetime.date) -> HonourQuerySet:
        """Valid that day and held by an enterprise that counts."""
        holders = {"enterprise__deleted_at__isnull": True, "enterprise__status": Status.ACTIVE}
        return self.valid_on(day).filter(**holders)


class EnterpriseHonour(ListRow):
    """One title that an authority gave to an enterprise, by a document, for a span of days.

    `valid_to` empty = no end. From `withdrawn_on` on it counts no more.
    """

    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, related_name="honours", verbose_name="企业", help_text="填名称或代码。"
    )
    kind = models.CharField("荣誉类型", max_length=30, choices=HonourKind)
    title = models.CharField("荣誉名称", max_length=120, blank=True, help_text="类型选“其他”时必填。")
    level = models.CharField("级别", max_length=20, choices=HonourLevel)
    issuer = models.CharField("认定单位", max_length=100)
    document_number = models.CharField("认定文号", max_length=100, blank=True)
    valid_from = models.DateField("认定日期")
    valid_to = models.DateField("有效期至", null=True, blank=True, help_text="没有期限的不填;过期的不计入任何统计。")
    withdrawn_on = models.DateField("撤销日期", null=True, blank=True, help_text="自这一天起不再计入。")
    withdrawn_reason = models.CharField("撤销理由", max_length=200, blank=True)

    objects = HonourQuerySet.as_manager()  # type: ignore[misc]  # narrows the manager of ListRow

    class Meta:
        verbose_name = verbose_name_plural = "企业荣誉"
        constraints = (
            *ListRow.Meta.constraints,
            models.UniqueConstraint(
                fields=("enterprise", "kind", "level", "title", "valid_from"),
                condition=Q(deleted_at__isnull=True),
                name="enterprise_honour_once",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="enterprise_honour_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_on__isnull=False) & ~Q(withdrawn_reason="")),
                name="enterprise_honour_withdrawn_with_reason",
            ),
        )

    def __str__(self) -> str:
        return self.title or f"{self.get_level_display()}{self.get_kind_display()}"
