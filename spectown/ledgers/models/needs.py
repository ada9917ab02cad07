"""要素保障需求, 方案 三(九)."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from spectown.enterprises.models import Enterprise
from spectown.ledgers.enums import NeedKind, NeedState
from spectown.lists.models import ListRow
from spectown.organisations.models import Unit
from spectown.projects.models import Project


class Need(ListRow):
    """One need of a firm or project for land, energy, permits or money: raised, assigned, answered, met or not."""

    title = models.CharField("需求", max_length=160)
    kind = models.CharField("要素", max_length=20, choices=NeedKind)
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="企业"
    )
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="element_needs", verbose_name="项目"
    )
    amount = models.DecimalField(
        "需求数量", max_digits=14, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    measure = models.CharField("计量单位", max_length=20, blank=True, help_text="如 亩、吨标准煤、万元。")
    state = models.CharField("状态", max_length=20, choices=NeedState, default=NeedState.RAISED)
    raised_on = models.DateField("提出日期")
    raiser = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name="提出单位"
    )
    assigned = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承办单位")
    assigned_on = models.DateField("交办日期", null=True, blank=True)
    due_on = models.DateField("办结时限", null=True, blank=True)
    answer = models.CharField("答复", max_length=500, blank=True)
    answered_on = models.DateField("答复日期", null=True, blank=True)
    met_on = models.DateField("满足日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "要素保障需求"
        constraints = (
            *ListRow.Meta.constraints,
            models.UniqueConstraint(
                fields=("title", "raised_on", "territory"), condition=Q(deleted_at__isnull=True), name="need_once"
            ),
        )

    def __str__(self) -> str:
        return self.title
