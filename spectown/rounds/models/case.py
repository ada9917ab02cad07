"""Cases (申报案件): one application of a county in one round, its pinned versions and its course."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone

from spectown.accounts.permissions import Permission, Role
from spectown.certification.models import Application
from spectown.organisations.models import Unit
from spectown.rounds.enums import CASE_STATES
from spectown.rounds.models.round import Round, RulesVersion
from spectown.towns.models import Town

if TYPE_CHECKING:
    from spectown.organisations.actors import Actor

WITH_COUNTY = ("draft", "county_check", "returned")  # what the county has not sent is the county's


class CaseQuerySet(models.QuerySet["Case"]):
    """Which cases."""

    def visible_to(self, actor: Actor) -> CaseQuerySet:
        """The office and the leaders what was sent, a county and a town their own, an expert those of the panel."""
        if actor.role == Role.EXPERT:
            return self.filter(seats__expert__user_id=actor.person, seats__left_at__isnull=True).distinct()
        if not actor.may(Permission.APPLICATION_VIEW) or actor.unit_id is None:
            return self.none()
        if actor.role in {Role.OFFICE, Role.LEADER}:
            unsent = Q(state__in=WITH_COUNTY, sent_at__isnull=True)
            return self.exclude(unsent & ~Q(round__kind="recheck"))  # who was called to a recheck is known to them
        if actor.role == Role.TOWN:
            return self.filter(town__operator_id=actor.unit_id, town__operator__isnull=False)
        return self.filter(unit_id=actor.unit_id)


class Case(models.Model):
    """One 申报案件. State and course follow core.rounds.states; rules stay those under which it began until moved."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="cases", verbose_name="批次")
    rules = models.ForeignKey(RulesVersion, models.PROTECT, related_name="cases", verbose_name="适用规则")
    application = models.ForeignKey(Application, models.PROTECT, related_name="cases", verbose_name="申报书")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="cases", verbose_name="申报单位")
    town = models.ForeignKey(Town, models.PROTECT, null=True, blank=True, related_name="cases", verbose_name="专业镇")
    state = models.CharField("状态", max_length=24, choices=CASE_STATES, default="draft")
    since = models.DateField("进入本状态", default=timezone.localdate)
    sent_at = models.DateTimeField("首次提交时间", null=True, blank=True)
    visit = models.BooleanField("安排实地核查", null=True, blank=True)
    made_at = models.DateTimeField("建立时间", auto_now_add=True)
    changed_at = models.DateTimeField("修改时间", default=timezone.now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="修改人")
    is_demo = models.BooleanField("演示", default=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "申报案件"
        ordering = ("round", "unit__order", "pk")
        indexes = (models.Index(fields=("round", "state"), name="case_by_round"),)
        constraints = (
            models.UniqueConstraint(fields=("round", "application"), name="case_once"),
            models.CheckConstraint(
                condition=Q(state__in=[state for state, _label in CASE_STATES]), name="case_state_is_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.application} {self.round}"


class CaseVersion(models.Model):
    """What was sent, whole, with its digest: reviews and decisions bind to it, later changes show as differences."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="versions", verbose_name="案件")
    number = models.PositiveIntegerField("版本")
    content = models.JSONField("内容", encoder=DjangoJSONEncoder)
    sha256 = models.CharField("SHA-256", max_length=64)
    made_at = models.DateTimeField("固定时间", auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提交人")

    class Meta:
        verbose_name = verbose_name_plural = "案件版本"
        ordering = ("case", "number")
        constraints = (models.UniqueConstraint(fields=("case", "number"), name="case_version_once"),)

    def __str__(self) -> str:
        return f"{self.case} 第{self.number}版"


class Step(models.Model):
    """One move of a case. Clocks, doers of earlier steps and the history on the page are read from these."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="steps", verbose_name="案件")
    move = models.CharField("动作", max_length=40)
    label = models.CharField("动作名称", max_length=40)
    state = models.CharField("进入状态", max_length=24)
    on = models.DateField("日期")
    at = models.DateTimeField("时间", auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="办理人")
    unit_name = models.CharField("办理人单位", max_length=100, blank=True)
    reason = models.TextField("理由", blank=True)
    version = models.ForeignKey(
        CaseVersion, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="依据版本"
    )

    class Meta:
        verbose_name = verbose_name_plural = "办理过程"
        ordering = ("case", "pk")

    def __str__(self) -> str:
        return f"{self.case} {self.label}"
