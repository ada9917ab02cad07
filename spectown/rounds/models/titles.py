"""Titles (称号) of towns and samples for their recheck."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from spectown.documents.models import OfficialDocument
from spectown.rounds.enums import TITLE_STATES
from spectown.rounds.models.case import Case
from spectown.rounds.models.round import Round
from spectown.towns.enums import Level
from spectown.towns.models import LevelRecord, Town


class Title(models.Model):
    """One 称号: number, first and last day. `record`: its step in the town's level history."""

    town = models.ForeignKey(Town, models.PROTECT, related_name="titles", verbose_name="专业镇")
    level = models.CharField("层级", max_length=20, choices=Level)
    number = models.CharField("证书编号", max_length=60, unique=True)
    granted_on = models.DateField("授予日期")
    valid_to = models.DateField("有效期至", null=True, blank=True)
    state = models.CharField("状态", max_length=20, choices=TITLE_STATES, default="valid")
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="titles", verbose_name="认定案件"
    )
    record = models.OneToOneField(
        LevelRecord, models.PROTECT, null=True, blank=True, related_name="title", verbose_name="层级记录"
    )
    certificate = models.ForeignKey(
        OfficialDocument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="证书"
    )
    plaque_on = models.DateField("授牌日期", null=True, blank=True)
    ended_reason = models.TextField("终止理由", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "称号"
        ordering = ("-granted_on", "town__order", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("town", "level"), condition=Q(state__in=("valid", "rectification")), name="title_one_in_force"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("granted_on")), name="title_dates_in_order"
            ),
            models.CheckConstraint(
                condition=Q(plaque_on__isnull=True) | Q(plaque_on__gte=F("granted_on")), name="title_before_plaque"
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.town}"

    @property
    def has_ended(self) -> bool:
        """True where neither validity nor certificate counts any more; its last day is that of `record`."""
        return self.state not in ("valid", "rectification")


class RecheckSample(models.Model):
    """A random sample of titles to be rechecked: seed, all candidates and who was drawn, published as it stands."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="samples", verbose_name="批次")
    seed = models.CharField("随机种子", max_length=64)
    result = models.JSONField("抽取记录")
    made_at = models.DateTimeField("时间", auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="办理人")

    class Meta:
        verbose_name = verbose_name_plural = "复核抽样"
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return f"{self.round} {self.seed}"
