"""创新平台与攻关, 方案 三(三)."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from spectown.enterprises.models import Enterprise
from spectown.ledgers.enums import CentreKind, Rank, ResearchField, ResearchMode, ResearchState
from spectown.lists.kinds import MoneyField
from spectown.lists.models import ListRow


class InnovationCentre(ListRow):
    """One recognised place of research of a town: whose, of which level, by which document, until when."""

    name = models.CharField("平台名称", max_length=120)
    kind = models.CharField("类型", max_length=30, choices=CentreKind)
    rank = models.CharField("级别", max_length=20, choices=Rank)
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="依托企业"
    )
    partners = models.CharField("共建单位", max_length=200, blank=True, help_text="高校、科研院所等,用顿号分开。")
    document = models.CharField("认定文号", max_length=80, blank=True)
    valid_from = models.DateField("认定日期", null=True, blank=True)
    valid_to = models.DateField("有效期至", null=True, blank=True, help_text="没有期限的不填;过期的不计入统计。")

    class Meta:
        verbose_name = verbose_name_plural = "创新平台"
        constraints = (
            *ListRow.Meta.constraints,
            models.UniqueConstraint(
                fields=("name", "rank"), condition=Q(deleted_at__isnull=True), name="innovation_centre_once"
            ),
        )

    def __str__(self) -> str:
        return self.name


class ResearchTopic(ListRow):
    """One common or key technology on which a town's firms work jointly."""

    name = models.CharField("攻关项目", max_length=120)
    field = models.CharField("领域", max_length=30, choices=ResearchField)
    mode = models.CharField("组织方式", max_length=30, choices=ResearchMode)
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="牵头企业"
    )
    partners = models.CharField("合作单位", max_length=200, blank=True, help_text="高校、科研院所等,用顿号分开。")
    investment = MoneyField("研发投入", null=True, blank=True, validators=[MinValueValidator(0)])
    state = models.CharField("进展", max_length=20, choices=ResearchState, default=ResearchState.SELECTED)
    started_on = models.DateField("开始日期", null=True, blank=True)
    due_on = models.DateField("计划完成", null=True, blank=True)
    done_on = models.DateField("实际完成", null=True, blank=True)
    outcome = models.CharField("成果", max_length=300, blank=True, help_text="新产品、专利、成果转化等。")

    class Meta:
        verbose_name = verbose_name_plural = "技术攻关"
        constraints = (
            *ListRow.Meta.constraints,
            models.UniqueConstraint(
                fields=("name", "territory"), condition=Q(deleted_at__isnull=True), name="research_topic_once"
            ),
        )

    def __str__(self) -> str:
        return self.name
