"""A job as its person sees it, and the leases by which several workers agree."""

from __future__ import annotations

import datetime
from typing import Protocol

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone

from spectown.jobs.enums import FINISHED, TONES, State

SUPERVISOR = "system_admin"  # role code: sees and may cancel the jobs of everybody
LONG_WAIT = datetime.timedelta(seconds=60)


class Viewer(Protocol):
    """Who looks at jobs (organisations.actors.Actor)."""

    @property
    def user_id(self) -> int | None:
        """Number of the user."""

    @property
    def role(self) -> str | None:
        """Code of the role."""


class JobQuerySet(models.QuerySet["Job"]):
    """Which jobs."""

    def visible_to(self, viewer: Viewer) -> JobQuerySet:
        """Own ones; all for the system administrator."""
        if viewer.role == SUPERVISOR:
            return self
        return self.filter(requested_by_id=viewer.user_id) if viewer.user_id else self.none()

    def running(self) -> JobQuerySet:
        """Jobs that some worker says it is running."""
        return self.filter(state=State.RUNNING)

    def active(self) -> JobQuerySet:
        """Jobs that are not at their end."""
        return self.exclude(state__in=FINISHED)


class Job(models.Model):
    """One piece of work that somebody asked for and that runs outside the request (or at once, when small).

    `token` names one run of it: only who holds it may report progress or the end. `lease_until`: the worker has died
    when this passes without a sign of life.
    """

    kind = models.CharField("种类", max_length=60)
    title = models.CharField("作业", max_length=200)
    state = models.CharField("状态", max_length=10, choices=State, default=State.QUEUED)
    args = models.JSONField("参数", default=dict, blank=True, encoder=DjangoJSONEncoder)
    requested_at = models.DateTimeField("提交时间", default=timezone.now)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="jobs", verbose_name="提交人"
    )
    requester_name = models.CharField("提交人姓名", max_length=100)
    requester_unit = models.CharField("提交单位", max_length=100, blank=True)
    requester_address = models.CharField("来源地址", max_length=60, blank=True)
    membership_id = models.PositiveBigIntegerField("以哪个身份", null=True, blank=True)
    progress_done = models.PositiveBigIntegerField("已处理", default=0)
    progress_total = models.PositiveBigIntegerField("总数", null=True, blank=True)
    progress_message = models.CharField("正在做", max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField("已运行次数", default=0)
    max_attempts = models.PositiveSmallIntegerField("最多运行次数", default=3)
    worker = models.CharField("后台进程", max_length=120, blank=True)
    token = models.UUIDField("本次运行", null=True, blank=True)
    lease_until = models.DateTimeField("心跳有效期", null=True, blank=True)
    task_id = models.UUIDField("队列编号", null=True, blank=True)
    cancel_requested_at = models.DateTimeField("要求取消时间", null=True, blank=True)
    cancel_requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="要求取消人"
    )
    started_at = models.DateTimeField("开始时间", null=True, blank=True)
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)
    result = models.JSONField("结果", default=dict, blank=True, encoder=DjangoJSONEncoder)
    error = models.TextField("原因", blank=True)
    result_url = models.CharField("结果页面", max_length=300, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "作业"
        ordering = ("-pk",)
        indexes = (
            models.Index(fields=("requested_by", "-id"), name="job_by_person"),
            models.Index(fields=("state", "lease_until"), name="job_by_lease"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(cancel_requested_at__isnull=True, cancel_requested_by__isnull=True)
                | Q(cancel_requested_at__isnull=False, cancel_requested_by__isnull=False),
                name="job_cancel_requested_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(state=State.RUNNING, lease_until__isnull=False, token__isnull=False)
                | (~Q(state=State.RUNNING) & Q(lease_until__isnull=True, token__isnull=True)),
                name="job_running_has_lease",
            ),
            models.CheckConstraint(
                condition=Q(state__in=FINISHED, finished_at__isnull=False)
                | (~Q(state__in=FINISHED) & Q(finished_at__isnull=True)),
                name="job_finished_has_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.title}(第 {self.pk} 号作业)"

    @property
    def is_active(self) -> bool:
        """True until the job has ended one way or another."""
        return self.state not in FINISHED

    @property
    def tone(self) -> str:
        """Colour of the state's tag."""
        return TONES[State(self.state)]

    @property
    def percent(self) -> int | None:
        """Whole percent done, 100 only at the end; None where the total is not known."""
        if self.state == State.DONE:
            return 100
        if not self.progress_total:
            return None
        return min(99, self.progress_done * 100 // self.progress_total)

    @property
    def seconds_left(self) -> int | None:
        """Estimate from the pace so far; None where there is nothing to go by yet."""
        if self.state != State.RUNNING or not (self.started_at and self.progress_total and self.progress_done):
            return None
        spent = (timezone.now() - self.started_at).total_seconds()
        left = max(self.progress_total - self.progress_done, 0)
        return round(spent * left / self.progress_done)

    @property
    def seconds_spent(self) -> int | None:
        """Running time of the last run so far."""
        if self.started_at is None:
            return None
        return max(0, round(((self.finished_at or timezone.now()) - self.started_at).total_seconds()))

    @property
    def waits_long(self) -> bool:
        """True where nobody has begun for a minute: a long queue, or no worker at all."""
        return self.state == State.QUEUED and timezone.now() - self.requested_at > LONG_WAIT


class Lease(models.Model):
    """One piece of periodic work: who took it last, and until when nobody takes it again."""

    name = models.CharField("名称", max_length=60, primary_key=True)
    holder = models.CharField("后台进程", max_length=120)
    until = models.DateTimeField("有效期")

    class Meta:
        verbose_name = verbose_name_plural = "定时工作"

    def __str__(self) -> str:
        return self.name
