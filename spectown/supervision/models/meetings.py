"""Progress meetings (工作推进会): agenda, decisions, minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from spectown.accounts.permissions import Role
from spectown.documents.models import OfficialDocument
from spectown.organisations.models import Unit
from spectown.supervision.models.measure import Measure

if TYPE_CHECKING:
    from spectown.organisations.actors import Actor


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Which meetings."""

    def visible_to(self, actor: Actor) -> MeetingQuerySet:
        """The office and the leading group; units get the measures and the minutes."""
        return self if actor.role in {Role.OFFICE, Role.LEADER} else self.none()


class Meeting(models.Model):
    """One meeting. Lists of people and of what was heard are kept one a line, as they stand in the minutes."""

    title = models.CharField("会议名称", max_length=160)
    day = models.DateField("日期")
    place = models.CharField("地点", max_length=120, blank=True)
    chair = models.CharField("主持人", max_length=80, blank=True, help_text="写职务和姓名。")
    heard = models.TextField("听取和审议", blank=True, help_text="一行一项。")
    views = models.TextField("会议意见", blank=True)
    present = models.TextField("出席", blank=True, help_text="一行一人或一个单位。")
    excused = models.TextField("请假", blank=True, help_text="一行一人。")
    document = models.ForeignKey(
        OfficialDocument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="会议纪要"
    )
    made_at = models.DateTimeField("安排时间", auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="安排人")
    is_demo = models.BooleanField("演示", default=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "推进会"
        ordering = ("-day", "-pk")

    def __str__(self) -> str:
        return self.title


class AgendaItem(models.Model):
    """One thing on the agenda as it stood when it was put there. `key`: what it is, empty where it was typed in."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda", verbose_name="推进会")
    number = models.PositiveSmallIntegerField("序号")
    key = models.CharField("事项", max_length=60, blank=True)
    title = models.CharField("议题", max_length=200)
    unit_name = models.CharField("汇报单位", max_length=100, blank=True)
    why = models.TextField("情况", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "议题"
        ordering = ("meeting", "number", "pk")
        constraints = (models.UniqueConstraint(fields=("meeting", "number"), name="agenda_number_once"),)

    def __str__(self) -> str:
        return self.title


class Decision(models.Model):
    """One decision (议定事项), typed in the room; it becomes a measure with the same words."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="decisions", verbose_name="推进会")
    text = models.CharField("议定事项", max_length=160)
    clause = models.CharField("方案条款", max_length=20)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="牵头单位")
    deadline = models.DateField("完成时限")
    target = models.CharField("可衡量的目标", max_length=200, blank=True)
    measure = models.OneToOneField(
        Measure, models.PROTECT, null=True, blank=True, related_name="decision", verbose_name="措施"
    )
    made_at = models.DateTimeField("记录时间", auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="记录人")

    class Meta:
        verbose_name = verbose_name_plural = "议定事项"
        ordering = ("meeting", "pk")

    def __str__(self) -> str:
        return self.text
