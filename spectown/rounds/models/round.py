"""Rounds (批次) and the versions of their rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from spectown.accounts.permissions import Permission
from spectown.core.rounds.rules import Rules, rules_of
from spectown.documents.models import OfficialDocument
from spectown.lib.paired import paired
from spectown.organisations.models import Unit
from spectown.plans.models import PlanVersion
from spectown.rounds.enums import KINDS, ROUND_STATES

if TYPE_CHECKING:
    from spectown.organisations.actors import Actor


class RoundQuerySet(models.QuerySet["Round"]):
    """Which rounds."""

    def visible_to(self, actor: Actor) -> RoundQuerySet:
        """The office sees all; whoever may see applications those that were published."""
        if actor.may(Permission.ROUND_MANAGE):
            return self
        return self.exclude(state="draft") if actor.may(Permission.APPLICATION_VIEW) else self.none()


class Round(models.Model):
    """One 批次: what for, of which level, under which plan version; its rules are RulesVersions, the newest counts."""

    kind = models.CharField("类别", max_length=20, choices=KINDS)
    name = models.CharField("名称", max_length=120, unique=True)
    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="rounds", verbose_name="方案版本")
    state = models.CharField("状态", max_length=20, choices=ROUND_STATES, default="draft")
    revision = models.PositiveIntegerField("修订号", default=1)
    seed = models.CharField("顺序种子", max_length=64, blank=True)
    notice = models.ForeignKey(
        OfficialDocument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="申报通知"
    )
    made_at = models.DateTimeField("建立时间", auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="建立人")
    changed_at = models.DateTimeField("修改时间", default=timezone.now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="修改人")
    is_demo = models.BooleanField("演示", default=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "认定批次"
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return self.name


class RulesVersion(models.Model):
    """One version of the rules of a round (core.rounds.rules). Once published it never changes."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="rules_versions", verbose_name="批次")
    number = models.PositiveIntegerField("版本")
    content = models.JSONField("规则", encoder=DjangoJSONEncoder)
    differences = models.JSONField("与上一版的差异", default=list, blank=True)
    reason = models.TextField("修改理由", blank=True)
    made_at = models.DateTimeField("拟定时间", auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="拟定人")
    published_at = models.DateTimeField("发布时间", null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="发布人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "批次规则"
        ordering = ("round", "number")
        constraints = (
            models.UniqueConstraint(fields=("round", "number"), name="rules_version_once"),
            paired("published", "rules_version"),
        )

    def __str__(self) -> str:
        return f"{self.round} 第{self.number}版规则"

    @property
    def rules(self) -> Rules:
        """The rules as a value."""
        return rules_of(self.content)


class LateEntry(models.Model):
    """A recorded exception: this unit may hand in until a later day."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="late_entries", verbose_name="批次")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="申报单位")
    until = models.DateField("延至")
    reason = models.TextField("理由")
    made_at = models.DateTimeField("登记时间", auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")

    class Meta:
        verbose_name = verbose_name_plural = "逾期申报例外"
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return f"{self.unit} 延至 {self.until}"
