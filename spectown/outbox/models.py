"""Messages and their deliveries, what each person chose, the calendar's secret address, and the kill switch."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from spectown.organisations.models import Unit
from spectown.outbox import enums
from spectown.outbox.registry import label_of

USER = settings.AUTH_USER_MODEL


class MessageQuerySet(models.QuerySet["Message"]):
    """Which messages."""

    def inbox_of(self, user_id: int | None) -> MessageQuerySet:
        """What was sent to a person, read or not."""
        found = self.filter(receiver_id=user_id, state__in=(enums.State.SENT, enums.State.READ))
        return found if user_id else self.none()

    def unread_by(self, user_id: int | None) -> MessageQuerySet:
        """What was sent to a person and not opened yet."""
        return self.filter(receiver_id=user_id, state=enums.State.SENT) if user_id else self.none()


class Message(models.Model):
    """One thing to tell one person, once for all time (`event`); its words are made when it is sent.

    `object_id` with `kind` names what it is about; `facts`: the little that the row itself cannot tell (which step).
    `meant_for`: whom the rule means; `note`: why it goes to somebody else. No receiver: nobody could be found.
    """

    receiver = models.ForeignKey(
        USER, models.PROTECT, null=True, blank=True, related_name="messages", verbose_name="收件人"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="收件单位")
    kind = models.CharField("种类", max_length=40)
    object_id = models.PositiveBigIntegerField("对象")
    event = models.CharField("事件", max_length=120)
    facts = models.JSONField("要素", default=dict, blank=True)
    meant_for = models.CharField("应送", max_length=120, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)
    made_at = models.DateTimeField("产生时间", default=timezone.now)
    state = models.CharField("状态", max_length=10, choices=enums.State, default=enums.State.WAITING)
    title = models.CharField("标题", max_length=200, blank=True)
    text = models.TextField("内容", blank=True)
    url = models.CharField("页面", max_length=300, blank=True)
    sent_at = models.DateTimeField("发送时间", null=True, blank=True)
    read_at = models.DateTimeField("阅读时间", null=True, blank=True)
    reason = models.CharField("原因", max_length=300, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "消息"
        ordering = ("-pk",)
        indexes = (
            models.Index(fields=("receiver", "state", "-id"), name="message_inbox"),
            models.Index(fields=("state", "id"), name="message_state"),
            models.Index(fields=("kind", "object_id"), name="message_object"),
        )
        constraints = (
            models.UniqueConstraint(fields=("receiver", "event"), name="message_once"),
            models.UniqueConstraint(fields=("event",), condition=Q(receiver=None), name="message_to_nobody_once"),
            models.CheckConstraint(
                condition=Q(state__in=("sent", "read"), sent_at__isnull=False) | ~Q(state__in=("sent", "read")),
                name="message_sent_has_time",
            ),
            models.CheckConstraint(
                condition=Q(state="failed") | Q(receiver__isnull=False), name="message_without_receiver_failed"
            ),
        )

    def __str__(self) -> str:
        return self.title or f"{self.kind_label}(第 {self.pk} 号)"

    @property
    def kind_label(self) -> str:
        """Chinese name of the kind."""
        return label_of(self.kind)

    @property
    def tone(self) -> str:
        """Colour of the state's tag."""
        return enums.TONES[self.state]


class Delivery(models.Model):
    """One message on one way beside 消息; `digest`: goes with the others of its day. Words are made when it goes."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="deliveries", verbose_name="消息")
    channel = models.CharField("方式", max_length=10, choices=enums.Channel)
    state = models.CharField("状态", max_length=10, choices=enums.Delivery, default=enums.Delivery.WAITING)
    due_at = models.DateTimeField("何时发送")
    digest = models.BooleanField("每日汇总", default=False)
    tries = models.PositiveSmallIntegerField("已试次数", default=0)
    tried_at = models.DateTimeField("最近一次", null=True, blank=True)
    token = models.UUIDField("本次发送", null=True, blank=True)
    reason = models.CharField("原因", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "送达"
        ordering = ("pk",)
        indexes = (models.Index(fields=("state", "due_at"), name="delivery_due"),)
        constraints = (models.UniqueConstraint(fields=("message", "channel"), name="delivery_once"),)

    def __str__(self) -> str:
        return f"{self.get_channel_display()}:{self.message}"

    @property
    def tone(self) -> str:
        """Colour of the state's tag."""
        return enums.TONES[self.state]


class Preference(models.Model):
    """What one person chose: a daily digest and its time, the robot of the person's group (address and key sealed)."""

    user = models.OneToOneField(USER, models.CASCADE, related_name="preference", verbose_name="用户")
    digest = models.BooleanField("每天汇总成一条", default=False)
    digest_at = models.TimeField("汇总时间", default=datetime.time(8, 30))
    robot = models.CharField("机器人种类", max_length=10, choices=enums.Robot, blank=True)
    robot_address = models.TextField("机器人地址(加密)", blank=True)
    robot_key = models.TextField("加签密钥(加密)", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "消息设置"

    def __str__(self) -> str:
        return f"{self.user}的消息设置"


class Choice(models.Model):
    """One kind of message that a person wants by one way as well."""

    user = models.ForeignKey(USER, models.CASCADE, related_name="message_choices", verbose_name="用户")
    kind = models.CharField("种类", max_length=40)
    channel = models.CharField("方式", max_length=10, choices=enums.Channel)

    class Meta:
        verbose_name = verbose_name_plural = "消息方式"
        constraints = (models.UniqueConstraint(fields=("user", "kind", "channel"), name="choice_once"),)

    def __str__(self) -> str:
        return f"{label_of(self.kind)}:{self.get_channel_display()}"


class Feed(models.Model):
    """The secret address of one person's calendar: only a digest of it is kept, taking it back ends it."""

    user = models.ForeignKey(USER, models.CASCADE, related_name="feeds", verbose_name="用户")
    digest = models.CharField("地址校验值", max_length=64, unique=True)
    made_at = models.DateTimeField("生成时间", default=timezone.now)
    revoked_at = models.DateTimeField("停用时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "日历订阅"
        constraints = (models.UniqueConstraint(fields=("user",), condition=Q(revoked_at=None), name="feed_open_once"),)

    def __str__(self) -> str:
        return f"{self.user}的日历订阅"


class Halt(models.Model):
    """A time in which nothing is sent (总开关关闭): everything waits, nothing is lost. Only one is `standing`."""

    stopped_at = models.DateTimeField("停止时间", default=timezone.now)
    stopped_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="停止人")
    reason = models.CharField("理由", max_length=200)
    resumed_at = models.DateTimeField("恢复时间", null=True, blank=True)
    resumed_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="恢复人")

    standing = models.BooleanField("生效中", null=True, default=True, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "停发"
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(resumed_at__isnull=True, standing=True)
                | Q(resumed_at__isnull=False, standing__isnull=True),
                name="halt_stands_until_resumed",
            ),
            models.CheckConstraint(
                condition=Q(resumed_at__isnull=True, resumed_by__isnull=True)
                | Q(resumed_at__isnull=False, resumed_by__isnull=False),
                name="halt_resumed_at_and_by",
            ),
        )

    def __str__(self) -> str:
        return f"消息停发(自 {timezone.localtime(self.stopped_at):%Y-%m-%d %H:%M})"


def current_halt() -> Halt | None:
    """The stop that is in force, None while messages go."""
    return Halt.objects.filter(standing=True).select_related("stopped_by").first()
