"""One row per piece of dated work, and the moves it made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from spectown.core.supervision.lights import WORDS
from spectown.organisations.models import Territory, Unit
from spectown.supervision.enums import WorkKind, WorkLight
from spectown.towns.models import Town

if TYPE_CHECKING:
    from spectown.organisations.actors import Actor


class WorkQuerySet(models.QuerySet["Work"]):
    """Which works."""

    def visible_to(self, actor: Actor) -> WorkQuerySet:
        """What each kind lets the actor see (registry.Kind.sees)."""
        from spectown.supervision.registry import kinds  # the kinds' own models build on this one

        found = Q(pk__in=())
        for kind in kinds():
            found |= Q(kind=kind.code) & kind.sees(actor)
        return self.filter(found)

    def running(self) -> WorkQuerySet:
        """Whose clock runs: given out, not ended, not paused, not waiting for somebody else's answer."""
        return self.filter(ended_on__isnull=True, anchored_on__isnull=False, paused_on__isnull=True)


class Work(models.Model):
    """One piece of dated work: who has it, its state, its deadline, its light; what it says is its kind's own row.

    `holder` has to do it. `started_on`: the clock was started; `ended_on`: it asks nothing any more. `anchored_on`: day
    from which reminders count (core.supervision.reminders), empty where the clock was not started or was stopped.
    `paused_on`: it stands in a pause since. `deadline`: the one in force, extensions and pauses reckoned in.
    """

    kind = models.CharField("种类", max_length=12, choices=WorkKind)
    title = models.CharField("事项", max_length=200)
    holder = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="works", verbose_name="承办单位"
    )
    territory = models.ForeignKey(
        Territory, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="属地"
    )
    town = models.ForeignKey(Town, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="专业镇")
    state = models.CharField("状态", max_length=24, default="draft")
    since = models.DateField("进入本状态", default=timezone.localdate)
    first_deadline = models.DateField("原定期限", null=True, blank=True)
    deadline = models.DateField("现行期限", null=True, blank=True)
    anchored_on = models.DateField("提醒起算日", null=True, blank=True)
    paused_on = models.DateField("暂停自", null=True, blank=True)
    started_on = models.DateField("开始计时", null=True, blank=True)
    ended_on = models.DateField("办结日期", null=True, blank=True)
    percent = models.PositiveSmallIntegerField("已报进度", null=True, blank=True, validators=[MaxValueValidator(100)])
    light = models.CharField("灯", max_length=8, choices=WorkLight, default=WorkLight.NONE)
    light_rule = models.CharField("亮灯口径", max_length=20, blank=True)
    light_why = models.CharField("亮灯原因", max_length=300, blank=True)
    light_on = models.DateField("亮灯日期", null=True, blank=True)
    provisional = models.BooleanField("期限暂定", default=False)
    made_at = models.DateTimeField("建立时间", auto_now_add=True)
    is_demo = models.BooleanField("演示", default=False)

    objects = WorkQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "督办事项"
        ordering = ("deadline", "pk")
        indexes = (
            models.Index(
                fields=("kind", "id"),
                condition=Q(ended_on__isnull=True, anchored_on__isnull=False, paused_on__isnull=True),
                name="work_running",
            ),
            models.Index(fields=("holder", "state"), condition=Q(ended_on__isnull=True), name="work_of_unit"),
            models.Index(fields=("kind", "state"), name="work_by_state"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=WorkKind.values), name="work_kind_is_known"),
            models.CheckConstraint(condition=Q(light__in=WorkLight.values), name="work_light_is_known"),
            models.CheckConstraint(condition=Q(percent__isnull=True) | Q(percent__lte=100), name="work_percent"),
            models.CheckConstraint(
                condition=Q(anchored_on__isnull=True)
                | Q(ended_on__isnull=True, started_on__isnull=False, holder__isnull=False),
                name="work_clock_runs_for_somebody",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def runs(self) -> bool:
        """True while its clock runs."""
        return self.ended_on is None and self.anchored_on is not None and self.paused_on is None

    @property
    def light_word(self) -> str:
        """What the light means by its rule: 逾期, 节点滞后, 未报 …; empty where there is none."""
        return WORDS.get(self.light_rule, {}).get(self.light, "")

    @property
    def rest_word(self) -> str:
        """Why there is no light."""
        return "已暂停" if self.paused_on else self.light_word or "不计时"

    @property
    def state_label(self) -> str:
        """Chinese label of the state."""
        from spectown.supervision.registry import kind_of  # the kinds' own models build on this one

        return kind_of(self.kind).table.labels[self.state]


class Step(models.Model):
    """One move of a piece of work, with who made it and why."""

    work = models.ForeignKey(Work, models.CASCADE, related_name="steps", verbose_name="督办事项")
    move = models.CharField("动作", max_length=40)
    label = models.CharField("动作名称", max_length=40)
    state = models.CharField("进入状态", max_length=24)
    on = models.DateField("日期")
    at = models.DateTimeField("时间", auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="办理人")
    unit_name = models.CharField("办理人单位", max_length=100, blank=True)
    reason = models.TextField("理由", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "督办过程"
        ordering = ("work", "pk")

    def __str__(self) -> str:
        return f"{self.work} {self.label}"
