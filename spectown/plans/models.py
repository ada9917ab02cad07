"""One version of a plan and what its text says, every row tied to its clause."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q

from spectown.lib.paired import paired
from spectown.organisations.enums import SeatRole
from spectown.organisations.models import Post, Unit
from spectown.plans.enums import DayKind, DutyKind


class PlanVersionQuerySet(models.QuerySet["PlanVersion"]):
    """Which versions."""

    def current(self) -> PlanVersion | None:
        """The version that the programme runs on, if a plan has been loaded."""
        return self.filter(is_current=True).first()


class PlanVersion(models.Model):
    """One loaded state of one plan document together with its reviewed data; immutable once loaded."""

    plan_code = models.SlugField("方案代码", max_length=60)
    number = models.PositiveIntegerField("版本号")
    city = models.CharField("地区", max_length=40)
    title = models.CharField("标题", max_length=200)
    issuer = models.CharField("发文机关", max_length=100, blank=True)
    document_number = models.CharField("发文字号", max_length=80, blank=True)
    signed_date = models.DateField("成文日期", null=True, blank=True)
    published_date = models.DateField("发布日期", null=True, blank=True)
    disclosure = models.CharField("公开属性", max_length=60, blank=True)
    source_name = models.CharField("源文件", max_length=120)
    source_text = models.TextField("源文本")
    digest = models.CharField("数据指纹", max_length=64, help_text="方案文件夹全部内容的 SHA-256")
    criteria = models.JSONField("认定条件", default=dict, help_text="criteria.yaml 与 categories.yaml 的原样内容")
    lights = models.JSONField("灯号口径", default=dict, blank=True, help_text="lights.yaml 的原样内容")
    round_samples = models.JSONField("批次规则样本", default=dict, blank=True, help_text="rounds.yaml 的原样内容")
    market = models.JSONField("市场主体口径", default=dict, blank=True, help_text="market.yaml 的原样内容")
    supervision = models.JSONField("督办口径", default=dict, blank=True, help_text="supervision.yaml 的原样内容")
    monitoring = models.JSONField("监测", default=dict, blank=True, help_text="指标、报表、校验规则三个文件的原样内容")
    evaluation = models.JSONField("评估方案", default=list, blank=True, help_text="evaluation.yaml 中各年度的方案")
    policies = models.JSONField("政策类型", default=list, blank=True, help_text="policies.yaml 中各类型服务的任务")
    documents = models.JSONField("公文文种", default=dict, blank=True, help_text="documents 文件夹中各文种的原样内容")
    problems = models.JSONField("读取时发现的问题", default=list)
    tables = models.JSONField("其他附表", default=list)
    is_current = models.BooleanField("现行", default=False)
    loaded_at = models.DateTimeField("装入时间", auto_now_add=True)

    objects = PlanVersionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "方案版本"
        ordering = ("plan_code", "-number")
        constraints = (
            models.UniqueConstraint(fields=("plan_code", "number"), name="plan_version_number_once"),
            models.UniqueConstraint(fields=("plan_code", "digest"), name="plan_version_digest_once"),
            models.UniqueConstraint(fields=("is_current",), condition=Q(is_current=True), name="one_current_plan"),
        )

    def __str__(self) -> str:
        return f"{self.title}(第{self.number}版)"


class Clause(models.Model):
    """One numbered part of the text, with the range of characters where it stands in the source."""

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="clauses", verbose_name="方案版本")
    ref = models.CharField("条款号", max_length=60)
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="children", verbose_name="上级条款")
    level = models.PositiveSmallIntegerField("层级")
    order = models.PositiveIntegerField("次序")
    number = models.CharField("编号", max_length=30, blank=True)
    heading = models.CharField("标题", max_length=300, blank=True)
    text = models.TextField("正文")
    start = models.PositiveIntegerField("起")
    end = models.PositiveIntegerField("止")

    class Meta:
        verbose_name = verbose_name_plural = "条款"
        ordering = ("order",)
        constraints = (
            models.UniqueConstraint(fields=("version", "ref"), name="clause_ref_once"),
            models.CheckConstraint(condition=Q(end__gte=models.F("start")), name="clause_range_in_order"),
        )

    def __str__(self) -> str:
        return f"{self.ref} {self.heading}".strip()


class Task(models.Model):
    """One task of the plan (重点任务), with its clause."""

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="tasks", verbose_name="方案版本")
    number = models.PositiveSmallIntegerField("序号")
    title = models.CharField("任务", max_length=300)
    clause = models.ForeignKey(Clause, models.CASCADE, related_name="tasks", verbose_name="条款")
    text = models.TextField("内容")

    class Meta:
        verbose_name = verbose_name_plural = "任务"
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("version", "number"), name="task_number_once"),)

    def __str__(self) -> str:
        return self.title


class Duty(models.Model):
    """One unit's part in one task, as the plan's mark says it."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="duties", verbose_name="任务")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="duties", verbose_name="单位")
    kind = models.CharField("分工", max_length=20, choices=DutyKind)
    printed_name = models.CharField("原文名称", max_length=80)
    order = models.PositiveSmallIntegerField("次序")

    class Meta:
        verbose_name = verbose_name_plural = "责任"
        ordering = ("task__number", "order")
        constraints = (models.UniqueConstraint(fields=("task", "unit"), name="duty_once_per_task"),)

    def __str__(self) -> str:
        return f"{self.printed_name} {self.get_kind_display()} {self.task}"


class Quantity(models.Model):
    """What a quantified sentence says: comparator, one or two numbers, unit of measure."""

    order = models.PositiveSmallIntegerField("次序")
    subject = models.CharField("对象", max_length=300)
    comparator = models.CharField("比较", max_length=20)
    values = models.JSONField("数值")
    unit = models.CharField("单位", max_length=20)
    text = models.TextField("原文")
    start = models.PositiveIntegerField("起")
    end = models.PositiveIntegerField("止")

    class Meta:
        abstract = True

    @property
    def low(self) -> Decimal:
        """First number, in `unit`."""
        return Decimal(str(self.values[0]))

    @property
    def high(self) -> Decimal:
        """Last number, in `unit`; equal to `low` where the sentence names one."""
        return Decimal(str(self.values[-1]))


class Target(Quantity):
    """One target of the plan: how much of what by when (发展目标)."""

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="targets", verbose_name="方案版本")
    clause = models.ForeignKey(Clause, models.CASCADE, related_name="targets", verbose_name="条款")
    level = models.CharField("层级", max_length=20, blank=True)
    year = models.PositiveSmallIntegerField("目标年", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "目标"
        ordering = ("order",)

    def __str__(self) -> str:
        return self.text


class Threshold(Quantity):
    """One quantified condition of the plan."""

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="thresholds", verbose_name="方案版本")
    clause = models.ForeignKey(Clause, models.CASCADE, related_name="thresholds", verbose_name="条款")

    class Meta:
        verbose_name = verbose_name_plural = "量化条件"
        ordering = ("order",)

    def __str__(self) -> str:
        return self.text


class Seat(models.Model):
    """One row of the roster of the leading group as printed in a version; who sits there now is the post's matter."""

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="seats", verbose_name="方案版本")
    post = models.ForeignKey(Post, models.PROTECT, related_name="seats", verbose_name="职务")
    order = models.PositiveSmallIntegerField("次序")
    role = models.CharField("组内职务", max_length=20, choices=SeatRole)
    printed_name = models.CharField("原文姓名", max_length=50)
    printed_post = models.CharField("原文职务", max_length=120)

    class Meta:
        verbose_name = verbose_name_plural = "领导小组席位"
        ordering = ("order",)
        constraints = (models.UniqueConstraint(fields=("version", "order"), name="seat_order_once"),)

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.printed_post}"


class Category(models.Model):
    """One kind of town (类别), with the plan's clause where the plan names it."""

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="categories", verbose_name="方案版本")
    code = models.SlugField("代码", max_length=40)
    label = models.CharField("类别", max_length=60)
    has_threshold = models.BooleanField("已定产值标准")
    order = models.PositiveSmallIntegerField("次序")

    class Meta:
        verbose_name = verbose_name_plural = "类别"
        ordering = ("order",)
        constraints = (models.UniqueConstraint(fields=("version", "code"), name="category_code_once"),)

    def __str__(self) -> str:
        return self.label


class Criterion(models.Model):
    """One condition of certification, as reviewed data beside the plan's clause."""

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="criterion_rows", verbose_name="方案版本")
    clause = models.ForeignKey(Clause, models.CASCADE, related_name="criteria", verbose_name="条款")
    code = models.SlugField("代码", max_length=60)
    title = models.CharField("条件", max_length=120)
    order = models.PositiveSmallIntegerField("次序")
    data = models.JSONField("内容")

    class Meta:
        verbose_name = verbose_name_plural = "认定条件"
        ordering = ("order",)
        constraints = (models.UniqueConstraint(fields=("version", "code"), name="criterion_code_once"),)

    def __str__(self) -> str:
        return self.title


class NeededFigure(models.Model):
    """One figure that certification or evaluation needs, and the unit that would naturally supply it (建议值)."""

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="needed_figures", verbose_name="方案版本")
    clause = models.ForeignKey(Clause, models.CASCADE, related_name="needed_figures", verbose_name="依据条款")
    code = models.SlugField("代码", max_length=60)
    label = models.CharField("数据", max_length=120)
    supplier = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="needed_figures", verbose_name="建议提供单位"
    )
    order = models.PositiveSmallIntegerField("次序")

    class Meta:
        verbose_name = verbose_name_plural = "所需数据"
        ordering = ("order",)
        constraints = (models.UniqueConstraint(fields=("version", "code"), name="needed_figure_once"),)

    def __str__(self) -> str:
        return self.label


class CalendarYear(models.Model):
    """One year of the working-day calendar; provisional until the State Council's notice is out.

    `changed_by`: somebody of the office wrote it here; a plan folder does not overwrite it.
    """

    year = models.PositiveSmallIntegerField("年份", unique=True)
    provisional = models.BooleanField("暂定", default=False)
    source = models.CharField("依据", max_length=200)
    changed_at = models.DateTimeField("修改时间", null=True, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="修改人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "日历年"
        ordering = ("year",)
        constraints = (paired("changed", "calendar_year"),)

    def __str__(self) -> str:
        return f"{self.year}{'(暂定)' if self.provisional else ''}"


class CalendarDay(models.Model):
    """One day that differs from the plain week: a holiday, or a weekend day that is worked (调休)."""

    day = models.DateField("日期", unique=True)
    kind = models.CharField("性质", max_length=20, choices=DayKind)
    name = models.CharField("节日", max_length=40, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "日历日"
        ordering = ("day",)

    def __str__(self) -> str:
        return f"{self.day} {self.get_kind_display()}"
