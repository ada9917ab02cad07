"""招商线索, 方案 三(八)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from spectown.lists.kinds import MoneyField
from spectown.lists.models import ListRow
from spectown.organisations.models import Unit
from spectown.projects.enums import Channel, LeadField, LeadStage, Region
from spectown.projects.models.project import FROM_ZERO, Project


class Lead(ListRow):
    """One target firm with whom the city talks about an investment; `project` is what became of it."""

    target = models.CharField("目标企业", max_length=100)
    name = models.CharField("拟投项目", max_length=120)
    region = models.CharField("企业所在区域", max_length=20, choices=Region)
    place = models.CharField("企业所在地", max_length=60, blank=True)
    channel = models.CharField("招商方式", max_length=20, choices=Channel)
    field = models.CharField("招商领域", max_length=20, choices=LeadField, blank=True)
    content = models.CharField("合作内容", max_length=400, blank=True)
    intended = MoneyField("意向投资额", null=True, blank=True, validators=FROM_ZERO)
    stage = models.CharField("进展阶段", max_length=20, choices=LeadStage, default=LeadStage.TALKING)
    framework_on = models.DateField("框架协议日期", null=True, blank=True)
    contract_on = models.DateField("正式合同日期", null=True, blank=True)
    landed_on = models.DateField("落地日期", null=True, blank=True)
    expected_on = models.DateField("预计签约日期", null=True, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="leads", verbose_name="对接单位")
    contact = models.CharField("对接联系人", max_length=40, blank=True)
    followed_on = models.DateField("最近跟踪日期", null=True, blank=True)
    progress = models.CharField("最新进展", max_length=400, blank=True)
    end_reason = models.CharField("终止原因", max_length=300, blank=True)
    project = models.OneToOneField(
        Project, models.PROTECT, null=True, blank=True, editable=False, related_name="lead", verbose_name="已转项目"
    )

    class Meta:
        verbose_name = verbose_name_plural = "招商线索"
        constraints = (
            *ListRow.Meta.constraints,
            models.UniqueConstraint(
                fields=("target", "name", "territory"), condition=Q(deleted_at__isnull=True), name="lead_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.target}:{self.name}"
