"""An evaluation of a year, how it went on, and what the office entered beside the figures."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from spectown.accounts.permissions import Permission, Role
from spectown.core.evaluation.lifecycle import EVALUATION, PUBLIC_STATES, SHOWN_TO_COUNTIES
from spectown.core.evaluation.sharing import key_of, year_and_code
from spectown.core.evaluation.yearreading import read_year_scheme
from spectown.core.evaluation.yearscheme import GENERAL, YearScheme
from spectown.documents.models import OfficialDocument
from spectown.plans.models import PlanVersion
from spectown.towns.models import Town

if TYPE_CHECKING:
    from spectown.evaluation.models.public import Package, Publication
    from spectown.organisations.actors import Actor

STATES = tuple(EVALUATION.labels.items())


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    """Which evaluations."""

    def keyed(self, key: str) -> EvaluationQuerySet:
        """The one that addresses call so: 2025, or 2025-tourism of a scheme of categories."""
        year, code = year_and_code(key)
        return self.filter(year=year, code=code)

    def visible_to(self, actor: Actor) -> EvaluationQuerySet:
        """Office and leading group all, counties and towns from the reply on, others what was published."""
        if actor.role in {Role.OFFICE, Role.LEADER} and actor.may(Permission.EVALUATION_VIEW):
            return self
        if actor.role in {Role.COUNTY_FILL, Role.COUNTY_CHECK, Role.TOWN}:
            return self.filter(Q(state__in=SHOWN_TO_COUNTIES) | Q(pk__in=self.published().values("pk")))
        return self.published() if actor.may(Permission.EVALUATION_VIEW) else self.none()

    def published(self) -> EvaluationQuerySet:
        """Those of which an edition is public, also while it is being corrected."""
        return self.filter(publications__number=1)


class Evaluation(models.Model):
    """The evaluation of one year by one scheme, whose `code` it has.

    `scheme`: the entry in force when it was begun; what was frozen goes by the scheme of its snapshot, never by this.
    `round`: how often freeze or reply were begun anew, from 1 on.
    """

    year = models.PositiveIntegerField("评估年度")
    code = models.SlugField("方案代码", max_length=40, default=GENERAL)
    name = models.CharField("名称", max_length=120)
    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="+", verbose_name="方案版本")
    scheme = models.JSONField("评估方案")
    state = models.CharField("状态", max_length=12, choices=STATES, default="draft")
    since = models.DateField("进入本状态的日期")
    round = models.PositiveIntegerField("轮次", default=1)
    reply_until = models.DateField("反馈截止", null=True, blank=True)
    report = models.ForeignKey(
        OfficialDocument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="评估报告"
    )
    commendation = models.ForeignKey(
        OfficialDocument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="表扬通报"
    )
    made_at = models.DateTimeField("建立时间", auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="建立人")
    is_demo = models.BooleanField("演示", default=False)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "年度评估"
        ordering = ("-year", "pk")
        constraints = (
            models.UniqueConstraint(fields=("year", "code"), name="evaluation_once_a_year_and_scheme"),
            models.CheckConstraint(condition=Q(state__in=list(EVALUATION.labels)), name="evaluation_state_is_known"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        """What addresses call it."""
        return key_of(self.year, self.code)

    @property
    def rules(self) -> YearScheme:
        """The scheme of the next freeze as a value."""
        return read_year_scheme(self.scheme)

    @property
    def state_label(self) -> str:
        """The state in words."""
        return EVALUATION.labels[self.state]

    @property
    def package(self) -> Package | None:
        """What was sealed last."""
        return self.packages.order_by("-number").first()

    @cached_property
    def edition(self) -> Publication | None:
        """What is public now: the latest edition, None before the first."""
        return self.publications.select_related("package", "result__snapshot").order_by("-number").first()

    @property
    def is_corrected(self) -> bool:
        """True while an edition is public and the next one is being made."""
        return self.state not in PUBLIC_STATES and self.edition is not None


class EvaluationStep(models.Model):
    """One move that was made; never changed."""

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="steps", verbose_name="年度评估")
    move = models.CharField("步骤代码", max_length=20)
    label = models.CharField("步骤", max_length=40)
    state = models.CharField("此后的状态", max_length=12, choices=STATES)
    reason = models.TextField("理由", blank=True)
    unit_name = models.CharField("单位", max_length=100, blank=True)
    made_at = models.DateTimeField("时间", auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="经办人")

    class Meta:
        verbose_name = verbose_name_plural = "评估步骤"
        ordering = ("evaluation", "pk")

    def __str__(self) -> str:
        return f"{self.evaluation}{self.label}"


class EvaluationEntry(models.Model):
    """One bonus, deduction or veto of a town, entered by a person with its reason before the freeze."""

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="entries", verbose_name="年度评估")
    town = models.ForeignKey(Town, models.PROTECT, related_name="+", verbose_name="专业镇")
    code = models.SlugField("事项", max_length=40)
    amount = models.DecimalField("次数", max_digits=8, decimal_places=2, default=1)
    reason = models.CharField("依据", max_length=300)
    made_at = models.DateTimeField("登记时间", auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")

    class Meta:
        verbose_name = verbose_name_plural = "加减分和否决事项"
        ordering = ("evaluation", "town", "pk")
        constraints = (models.CheckConstraint(condition=Q(amount__gt=0), name="evaluation_entry_amount_above_0"),)

    def __str__(self) -> str:
        return f"{self.town} {self.code}"
