"""Applications for certification with their typed answers, evidence, judgements and files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Prefetch, Q
from django.utils import timezone

from spectown.accounts.permissions import Permission, Role
from spectown.certification.enums import State
from spectown.lib.paired import paired
from spectown.lib.proofs.models import RemovableFile
from spectown.organisations.models import Unit
from spectown.plans.models import PlanVersion
from spectown.towns.models import Town

if TYPE_CHECKING:
    from spectown.organisations.actors import Actor

SENT = (State.CHECKED,)


HEAVY = tuple(
    f"version__{name}" for name in ("source_text", "criteria", "tables", "problems", "documents", "round_samples")
)


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Which applications."""

    def with_material(self) -> ApplicationQuerySet:
        """Everything that the check and the list read, in a fixed number of queries; the plan's bulk stays away."""
        judged = JudgementRecord.objects.select_related("judged_by").order_by("pk")
        files = EvidenceFile.objects.select_related("uploaded_by").order_by("criterion", "pk")
        rows = self.select_related("version", "unit", "town", "changed_by", "submitted_by", "checked_by", "returned_by")
        return rows.defer(*HEAVY).prefetch_related(
            "evidence", "honours", "counts", Prefetch("judgements", judged), Prefetch("files", files)
        )

    def visible_to(self, actor: Actor) -> ApplicationQuerySet:
        """A county sees its own, a town those about itself, the office and the leaders what a county has checked."""
        if not actor.may(Permission.APPLICATION_VIEW) or actor.unit_id is None:
            return self.none()
        if actor.role in {Role.OFFICE, Role.LEADER}:
            return self.filter(state__in=SENT)
        if actor.role == Role.TOWN:
            return self.filter(town__operator_id=actor.unit_id, town__operator__isnull=False)
        return self.filter(unit_id=actor.unit_id)

    def on_its_way_like(self, application: Application) -> ApplicationQuerySet:
        """Other applications of the same unit for a town of the same name that are handed in and not settled yet."""
        same = self.filter(unit_id=application.unit_id, town_name=application.town_name).exclude(pk=application.pk)
        return same.exclude(town_name="").filter(state__in=(State.CHECKING, State.CHECKED), settled_at__isnull=True)

    def waiting_for(self, actor: Actor) -> ApplicationQuerySet:
        """Those of them on which this actor has to act now."""
        states: list[State] = []
        if actor.may(Permission.APPLICATION_FILL):
            states += [State.DRAFT, State.RETURNED]
        if actor.may(Permission.APPLICATION_CHECK):
            states.append(State.CHECKING)
        if actor.may(Permission.APPLICATION_JUDGE):
            states.append(State.CHECKED)
        return self.visible_to(actor).filter(state__in=states)


def _figure(label: str, digits: int = 16, places: int = 4) -> models.DecimalField[None, None]:
    return models.DecimalField(
        label, max_digits=digits, decimal_places=places, null=True, blank=True, validators=[MinValueValidator(0)]
    )


def _count(label: str) -> models.PositiveIntegerField[None, None]:
    return models.PositiveIntegerField(label, null=True, blank=True)


class Application(models.Model):
    """One 申报书 of a county for one cluster, checked against the criteria of the plan version it is pinned to.

    An empty column means not reported, never zero. Text that could not be read as a figure is kept in `unreadable`
    (field code -> what was typed), so that a draft loses nothing; such an application cannot be sent.
    """

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="applications", verbose_name="方案版本")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="applications", verbose_name="申报单位")
    town = models.ForeignKey(
        Town, models.PROTECT, null=True, blank=True, related_name="applications", verbose_name="专业镇"
    )
    state = models.CharField("状态", max_length=20, choices=State, default=State.DRAFT)
    revision = models.PositiveIntegerField("修订号", default=1)

    town_name = models.CharField("专业镇名称", max_length=80, blank=True)
    leading_industry = models.CharField("主导产业", max_length=200, blank=True)
    applicant_county = models.CharField("申报县(区)", max_length=60, blank=True)
    category = models.CharField("类别", max_length=40, blank=True)
    output_wan = _figure("主导产业年产值(万元)")
    output_year = models.PositiveSmallIntegerField("产值年度", null=True, blank=True)
    leading_enterprises = _count("龙头企业(家)")
    chain_partners = _count("上下游配套(户)")
    family_farms = _count("其中家庭农场(户)")
    cooperatives = _count("其中专业合作社(户)")
    counties = models.JSONField("主导产业所在县(区)", default=list, blank=True)
    counties_reason = models.TextField("跨县(区)的理由", blank=True)
    traditional_origin = models.BooleanField("历史发源地、地理标志等传统特色", null=True, blank=True)
    employees = _count("从业人数")
    tax_wan = _figure("税收(万元)")
    province_share = _figure("省内占比(%)", 7)
    national_share = _figure("国内市场占有率(%)", 7)
    export_wan = _figure("出口额(万元)")
    unreadable = models.JSONField("未能读出的内容", default=dict, blank=True)
    open_fields = models.JSONField("补正开放的填报项", default=list, blank=True)

    made_at = models.DateTimeField("建立时间", auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="建立人")
    changed_at = models.DateTimeField("修改时间", default=timezone.now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="修改人")
    submitted_at = models.DateTimeField("提交审核时间", null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="填报人"
    )
    checked_at = models.DateTimeField("审核时间", null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审核人"
    )
    returned_at = models.DateTimeField("退回时间", null=True, blank=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="退回人"
    )
    return_reason = models.TextField("退回理由", blank=True)
    settled_at = models.DateTimeField("批次办结时间", null=True, blank=True)
    is_demo = models.BooleanField("演示", default=False)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "申报书"
        ordering = ("-changed_at", "-pk")
        indexes = (models.Index(fields=("unit", "state"), name="application_by_unit"),)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=State.values), name="application_state_is_known"),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, submitted_by__isnull=True)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="application_submitted_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(checked_at__isnull=True, checked_by__isnull=True)
                | Q(checked_at__isnull=False, checked_by__isnull=False),
                name="application_checked_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True, returned_by__isnull=True)
                | Q(returned_at__isnull=False, returned_by__isnull=False),
                name="application_returned_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True)
                | (~Q(checked_by=F("submitted_by")) & ~Q(checked_by=F("changed_by"))),
                name="application_two_persons",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.CHECKED) | Q(checked_by__isnull=False, submitted_by__isnull=False),
                name="application_checked_has_checker",
            ),
        )

    def __str__(self) -> str:
        return self.town_name or "未命名的申报书"


class EvidenceText(models.Model):
    """What an application says in words for one criterion."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="evidence", verbose_name="申报书")
    criterion = models.SlugField("条件代码", max_length=60)
    text = models.TextField("说明")

    class Meta:
        verbose_name = verbose_name_plural = "证明说明"
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("application", "criterion"), name="evidence_once"),)

    def __str__(self) -> str:
        return f"{self.criterion}:{self.text[:40]}"


class Honour(models.Model):
    """How many of one priority factor (优先评定) a cluster has."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="honours", verbose_name="申报书")
    factor = models.SlugField("因素代码", max_length=60)
    number = models.PositiveIntegerField("数量")

    class Meta:
        verbose_name = verbose_name_plural = "优先因素"
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("application", "factor"), name="honour_once"),)

    def __str__(self) -> str:
        return f"{self.factor} {self.number}"


class ListCount(models.Model):
    """What the lists said of one figure on the day an application was handed in; later changes do not reach it."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="counts", verbose_name="申报书")
    code = models.SlugField("填报项", max_length=60)
    number = models.PositiveIntegerField("清单数")
    counted_on = models.DateField("计数日期")

    class Meta:
        verbose_name = verbose_name_plural = "清单计数"
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("application", "code"), name="list_count_once"),)

    def __str__(self) -> str:
        return f"{self.code} {self.number}"


class JudgementRecord(models.Model):
    """One recorded judgement of one criterion; the newest counts, earlier ones stay.

    It binds to the material it was made on: where that changes later, `lapsed_revision` says in which revision, and the
    judgement counts no more.
    """

    class Outcome(models.TextChoices):
        """What was judged."""

        MET = "met", "满足"
        UNMET = "unmet", "不满足"

    application = models.ForeignKey(Application, models.CASCADE, related_name="judgements", verbose_name="申报书")
    criterion = models.SlugField("条件代码", max_length=60)
    outcome = models.CharField("判断", max_length=10, choices=Outcome)
    reason = models.TextField("理由")
    revision = models.PositiveIntegerField("所依据的修订号")
    lapsed_revision = models.PositiveIntegerField("材料改动的修订号", null=True, blank=True)
    judged_at = models.DateTimeField("判断时间", auto_now_add=True)
    judged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="判断人")

    class Meta:
        verbose_name = verbose_name_plural = "判断记录"
        ordering = ("pk",)
        constraints = (models.CheckConstraint(condition=~Q(reason=""), name="judgement_has_reason"),)

    def __str__(self) -> str:
        return f"{self.criterion} {self.get_outcome_display()}"


class EvidenceFile(RemovableFile):
    """One uploaded file that supports one criterion; content is never overwritten, a removed one stays on record."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="files", verbose_name="申报书")
    criterion = models.SlugField("条件代码", max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = "证明文件"
        ordering = ("criterion", "pk")
        constraints = (paired("removed", "evidence_file"),)

    def __str__(self) -> str:
        return self.name
