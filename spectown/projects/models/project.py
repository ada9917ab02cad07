"""重大项目, 方案 三(四)."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from spectown.enterprises.models import Enterprise
from spectown.lists.kinds import MoneyField
from spectown.lists.models import ListRow
from spectown.organisations.models import Post, Unit
from spectown.projects.enums import Category, Course, ProjectLight, Stage, Support

FROM_ZERO = [MinValueValidator(0)]


class Project(ListRow):
    """One key project of a town: who builds it, who answers for it, how far it is, what it costs and needs."""

    name = models.CharField("项目名称", max_length=120)
    code = models.CharField(
        "项目代码", max_length=30, blank=True, help_text="投资项目在线审批监管平台的代码;还没有的不填。"
    )
    category = models.CharField("类别", max_length=20, choices=Category)
    batch = models.CharField("批次", max_length=40, blank=True)
    content = models.CharField("建设内容", max_length=400, blank=True)
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, blank=True, related_name="projects", verbose_name="建设企业"
    )
    builder = models.CharField(
        "建设单位", max_length=100, blank=True, help_text="建设企业还没有进入企业清单的,填单位全称。"
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="projects", verbose_name="责任单位"
    )
    post = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="projects", verbose_name="责任领导职务"
    )
    leader = models.CharField(
        "责任领导", max_length=40, blank=True, help_text="职务不在领导小组名单中的,填职务和姓名。"
    )

    stage = models.CharField("阶段", max_length=20, choices=Stage, default=Stage.IDEA)
    course = models.CharField("推进状态", max_length=20, choices=Course, default=Course.ACTIVE)
    halt_reason = models.CharField("暂停或终止原因", max_length=300, blank=True)
    plan_signed = models.DateField("计划签约", null=True, blank=True)
    plan_landed = models.DateField("计划落地", null=True, blank=True)
    plan_started = models.DateField("计划开工", null=True, blank=True)
    plan_producing = models.DateField("计划投产", null=True, blank=True)
    plan_full = models.DateField("计划达效", null=True, blank=True)
    signed_on = models.DateField("实际签约", null=True, blank=True)
    landed_on = models.DateField("实际落地", null=True, blank=True)
    started_on = models.DateField("实际开工", null=True, blank=True)
    producing_on = models.DateField("实际投产", null=True, blank=True)
    full_on = models.DateField("实际达效", null=True, blank=True)

    investment = MoneyField("总投资", null=True, blank=True, validators=FROM_ZERO)
    planned_output = MoneyField(
        "预计年产值", null=True, blank=True, validators=FROM_ZERO, help_text="全部投产达效后一年的产值。"
    )
    land = models.DecimalField("用地需求", max_digits=10, decimal_places=2, null=True, blank=True, validators=FROM_ZERO)
    land_state = models.CharField("用地", max_length=10, choices=Support, blank=True)
    energy = models.DecimalField(
        "用能需求", max_digits=12, decimal_places=2, null=True, blank=True, validators=FROM_ZERO
    )
    energy_state = models.CharField("用能", max_length=10, choices=Support, blank=True)
    environment = models.CharField("环评与排污需求", max_length=200, blank=True)
    environment_state = models.CharField("环评与排污", max_length=10, choices=Support, blank=True)
    finance = MoneyField("融资需求", null=True, blank=True, validators=FROM_ZERO)
    finance_state = models.CharField("融资", max_length=10, choices=Support, blank=True)
    problem = models.CharField("存在问题", max_length=500, blank=True)
    problems_open = models.PositiveSmallIntegerField("未解决问题数", null=True, blank=True)
    needs_leader = models.BooleanField("需市领导协调", default=False)
    registered_on = models.DateField(
        "登记日期",
        null=True,
        blank=True,
        default=timezone.localdate,
        editable=False,
        help_text="从这个月起要求月报。",
    )
    light = models.CharField("亮灯", max_length=10, choices=ProjectLight, blank=True, editable=False)
    light_reason = models.CharField("亮灯原因", max_length=300, blank=True, editable=False)
    light_on = models.DateField("亮灯截至", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "重大项目"
        constraints = (
            *ListRow.Meta.constraints,
            models.UniqueConstraint(
                fields=("name", "territory"), condition=Q(deleted_at__isnull=True), name="project_once"
            ),
            models.UniqueConstraint(
                fields=("code",), condition=Q(deleted_at__isnull=True) & ~Q(code=""), name="project_code_once"
            ),
        )

    def __str__(self) -> str:
        return self.name
