"""What an evaluation stands on: rows that the database refuses to change."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from spectown.accounts.permissions import Role
from spectown.core.evaluation.yearreading import read_year_scheme
from spectown.core.evaluation.yearscheme import YearScheme
from spectown.evaluation.models.process import Evaluation
from spectown.monitoring.seeing import towns_of
from spectown.organisations.models import Unit
from spectown.towns.models import Town

if TYPE_CHECKING:
    from spectown.organisations.actors import Actor


def _figure(label: str) -> models.DecimalField[Any, Any]:
    return models.DecimalField(label, max_digits=20, decimal_places=4, null=True, blank=True)


class Snapshot(models.Model):
    """One freeze of an evaluation: data, scheme and with it the seed.

    `content`: the core's snapshot as JSON, whole; `sha256`: of its canonical form; `scheme`: the entry as it was at the
    freeze, by which everything that came out of this snapshot is read.
    """

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="snapshots", verbose_name="年度评估")
    number = models.PositiveIntegerField("第几次冻结")
    content = models.JSONField("快照")
    scheme = models.JSONField("评估方案")
    sha256 = models.CharField("SHA-256", max_length=64)
    made_at = models.DateTimeField("冻结时间", auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="冻结人")

    class Meta:
        verbose_name = verbose_name_plural = "数据快照"
        ordering = ("evaluation", "number")
        constraints = (models.UniqueConstraint(fields=("evaluation", "number"), name="snapshot_number_once"),)

    def __str__(self) -> str:
        return f"{self.evaluation} 第 {self.number} 次冻结"

    @cached_property
    def rules(self) -> YearScheme:
        """The scheme as a value."""
        return read_year_scheme(self.scheme)


class ParticipantQuerySet(models.QuerySet["Participant"]):
    """Which towns of snapshots."""

    def of(self, actor: Actor) -> ParticipantQuerySet:
        """Those that the actor's unit answers for, runs or has in its territory; office and leading group all."""
        if actor.role in {Role.OFFICE, Role.LEADER}:
            return self
        return self.filter(Q(unit=actor.unit_id) | towns_of(actor, "town__")) if actor.unit_id else self.none()

    def answered_by(self, actor: Actor) -> ParticipantQuerySet:
        """Those for which the actor's unit may object: responsible for it; where nobody is, whoever sees it as its own.

        Territory and responsible body are two things: the county in which a zone lies does not speak for the zone.
        """
        if actor.unit_id is None:
            return self.none()
        return self.filter(Q(unit=actor.unit_id) | Q(unit__isnull=True) & towns_of(actor, "town__"))


class Participant(models.Model):
    """One town of a snapshot as it was called on that day; `unit`: the body responsible for it."""

    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="participants", verbose_name="快照")
    town = models.ForeignKey(Town, models.PROTECT, related_name="evaluated", verbose_name="专业镇")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="责任主体")
    name = models.CharField("名称", max_length=80)
    unit_name = models.CharField("责任主体名称", max_length=100, blank=True)
    category = models.CharField("类别", max_length=40)
    group = models.CharField("同类组", max_length=40)
    level = models.CharField("级别", max_length=20)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "参评专业镇"
        ordering = ("snapshot", "pk")
        constraints = (models.UniqueConstraint(fields=("snapshot", "town"), name="participant_once"),)

    def __str__(self) -> str:
        return self.name


class SnapshotValue(models.Model):
    """One frozen figure of one town: this year's, last year's, the reported one; how sure it is and where from."""

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="values", verbose_name="专业镇")
    code = models.SlugField("指标", max_length=60)
    now = _figure("当年数")
    last = _figure("上年数")
    reported = _figure("填报数")
    state = models.CharField("状态", max_length=12)
    source = models.CharField("来源", max_length=120)

    class Meta:
        verbose_name = verbose_name_plural = "快照数值"
        ordering = ("participant", "pk")
        constraints = (models.UniqueConstraint(fields=("participant", "code"), name="snapshot_value_once"),)

    def __str__(self) -> str:
        return f"{self.participant} {self.code}"
