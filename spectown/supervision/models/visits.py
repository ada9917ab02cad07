"""Special inspections and research visits, what was seen in each town, and what becomes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from spectown.accounts.permissions import Permission, Role
from spectown.core.supervision.visits import KINDS, VERDICTS, VISIT, WAYS
from spectown.lib.paired import paired
from spectown.organisations.models import Unit
from spectown.supervision.models.problem import Problem
from spectown.towns.models import Town

if TYPE_CHECKING:
    from spectown.organisations.actors import Actor


class VisitQuerySet(models.QuerySet["Visit"]):
    """Which visits."""

    def visible_to(self, actor: Actor) -> VisitQuerySet:
        """The office and leaders all, others those of towns that they answer for or run."""
        if actor.role in {Role.OFFICE, Role.LEADER}:
            return self
        if actor.unit_id is None or not actor.may(Permission.LIST_VIEW):
            return self.none()
        return self.filter(pk__in=VisitTown.objects.of(actor).values("visit"))


class Visit(models.Model):
    """One planned inspection or research visit to some towns. `checklist`: code in supervision.yaml, pinned by text.

    `items`: the checklist as it was when the visit was planned.
    """

    kind = models.CharField("种类", max_length=12, choices=list(KINDS.items()))
    title = models.CharField("名称", max_length=160)
    checklist = models.SlugField("检查单代码", max_length=40)
    items = models.JSONField("检查单", default=list)
    starts = models.DateField("开始日期")
    ends = models.DateField("结束日期")
    participants = models.TextField("参加人员")
    about = models.TextField("目的和安排", blank=True)
    excess_reason = models.TextField("超过上限的理由", blank=True)
    state = models.CharField("状态", max_length=12, choices=list(VISIT.labels.items()), default="planned")
    reason = models.TextField("取消理由", blank=True)
    made_at = models.DateTimeField("安排时间", auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="安排人")
    is_demo = models.BooleanField("演示", default=False)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "检查调研"
        ordering = ("-starts", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(ends__gte=models.F("starts")), name="visit_dates_in_order"),
            models.CheckConstraint(condition=Q(state__in=list(VISIT.labels)), name="visit_state_is_known"),
            models.CheckConstraint(condition=~Q(state="cancelled") | ~Q(reason=""), name="visit_cancelled_why"),
        )

    def __str__(self) -> str:
        return self.title


class VisitTownQuerySet(models.QuerySet["VisitTown"]):
    """Which towns of visits."""

    def of(self, actor: Actor) -> VisitTownQuerySet:
        """Those that the actor's unit answers for or runs; the office and leaders all."""
        if actor.role in {Role.OFFICE, Role.LEADER}:
            return self
        own = Q(town__responsible_unit=actor.unit_id) | Q(town__operator=actor.unit_id)
        return self.filter(own) if actor.unit_id else self.none()


class VisitTown(models.Model):
    """One town of a visit."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="towns", verbose_name="检查调研")
    town = models.ForeignKey(Town, models.PROTECT, related_name="visits", verbose_name="专业镇")

    objects = VisitTownQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "检查调研的专业镇"
        ordering = ("visit", "town__order", "pk")
        constraints = (models.UniqueConstraint(fields=("visit", "town"), name="visit_town_once"),)

    def __str__(self) -> str:
        return f"{self.visit} {self.town}"


class VisitAnswer(models.Model):
    """What was seen about one item in one town."""

    place = models.ForeignKey(VisitTown, models.CASCADE, related_name="answers", verbose_name="专业镇")
    item = models.SlugField("检查项", max_length=40)
    verdict = models.CharField("结论", max_length=12, choices=list(VERDICTS.items()))
    note = models.TextField("情况", blank=True)
    made_at = models.DateTimeField("填写时间", default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="填写人")

    class Meta:
        verbose_name = verbose_name_plural = "检查记录"
        ordering = ("place", "pk")
        constraints = (
            models.UniqueConstraint(fields=("place", "item"), name="visit_answer_once"),
            models.CheckConstraint(condition=~Q(verdict="finding") | ~Q(note=""), name="visit_finding_says_what"),
        )

    def __str__(self) -> str:
        return f"{self.place} {self.item}"


class Finding(models.Model):
    """Something wrong that was seen, and what becomes of it: a notice, a problem, or settled on the spot."""

    answer = models.OneToOneField(VisitAnswer, models.PROTECT, related_name="finding", verbose_name="检查记录")
    way = models.CharField("处理方式", max_length=12, choices=list(WAYS.items()), blank=True)
    said = models.TextField("处理说明", blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="责任单位")
    problem = models.ForeignKey(
        Problem, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="问题台账"
    )
    settled_at = models.DateTimeField("处理时间", null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="处理人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "检查发现"
        ordering = ("answer",)
        constraints = (
            paired("settled", "finding"),
            models.CheckConstraint(
                condition=Q(way="", settled_at__isnull=True) | (~Q(way="") & Q(settled_at__isnull=False)),
                name="finding_settled_some_way",
            ),
        )

    def __str__(self) -> str:
        return str(self.answer)
