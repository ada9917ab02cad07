"""What is collected: the office's own versions beside the plan's, and the indicators as rows that values point to."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from spectown.monitoring.enums import DefinitionKind
from spectown.organisations.models import Unit


class Definition(models.Model):
    """One version of an indicator, a report form or a rule that the office wrote here, as the core reads it.

    It stands in place of the plan's entry of the same code and first period, or after it. Never changed: another one
    takes its place and this one stays on record (`is_current`). `since`: ordinal of the first period (rules: 0).
    Without `data` the place is the plan's again. `base`: what the plan said of the code then, to see conflicts later.
    """

    kind = models.CharField("种类", max_length=10, choices=DefinitionKind)
    code = models.SlugField("代码", max_length=60)
    since = models.PositiveIntegerField("起始期", default=0)
    data = models.JSONField("内容", null=True)
    base = models.JSONField("当时方案的内容", default=list)
    is_current = models.BooleanField("在用", default=True)
    reason = models.CharField("改动理由", max_length=300)
    made_at = models.DateTimeField("改动时间", auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="改动人")

    class Meta:
        verbose_name = verbose_name_plural = "监测口径"
        ordering = ("kind", "code", "since", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "code", "since"), condition=Q(is_current=True), name="definition_version_once"
            ),
            models.CheckConstraint(condition=Q(kind__in=DefinitionKind.values), name="definition_kind_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}{(self.data or {}).get('name', self.code)}"


class Indicator(models.Model):
    """One indicator: what its values point to. Name, unit and source are those of its latest version."""

    code = models.SlugField("代码", max_length=60, unique=True)
    name = models.CharField("指标", max_length=80)
    unit = models.CharField("单位", max_length=20, blank=True)
    group = models.CharField("分组", max_length=40, blank=True)
    source = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="indicators", verbose_name="来源单位"
    )
    order = models.PositiveIntegerField("次序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "指标"
        ordering = ("order", "code")

    def __str__(self) -> str:
        return self.name
