"""What people say about a result: objections to figures, agreement, decisions about critical towns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from spectown.accounts.permissions import Permission, Role
from spectown.core.evaluation.consequences import LABELS
from spectown.core.evaluation.lifecycle import ANSWERED, OBJECTION
from spectown.core.evaluation.snapshot import LAST, NOW
from spectown.evaluation.models.frozen import Participant, Snapshot, SnapshotValue
from spectown.evaluation.models.result import Result
from spectown.lib.paired import paired
from spectown.lib.proofs.models import KeptFile
from spectown.organisations.models import Unit

if TYPE_CHECKING:
    from spectown.organisations.actors import Actor

WHICH = [(NOW, "当年数"), (LAST, "上年数")]


class ReplyQuerySet(models.QuerySet["Reply"]):
    """Which objections."""

    def visible_to(self, actor: Actor) -> ReplyQuerySet:
        """The unit's own; the office and leading group those that were sent."""
        if actor.role in {Role.OFFICE, Role.LEADER} and actor.may(Permission.EVALUATION_VIEW):
            return self.exclude(state__in=("drafted", "withdrawn"))
        return self.filter(value__participant__in=Participant.objects.of(actor))

    def standing(self) -> ReplyQuerySet:
        """Without those that were taken up again: their copies stand for them."""
        return self.filter(renewed__isnull=True)


class Reply(KeptFile):
    """An objection to one figure with the file that proves it and the page; answered with a reason and a figure.

    `renews`: the answered one of which this is the copy that waits for another answer, with `renewed_why`.
    """

    value = models.ForeignKey(SnapshotValue, models.PROTECT, related_name="replies", verbose_name="数值")
    which = models.CharField("哪一年的数", max_length=4, choices=WHICH, default=NOW)
    asked = models.DecimalField("认为应为", max_digits=20, decimal_places=4)
    text = models.TextField("理由")
    page_number = models.PositiveIntegerField("所在页码")
    state = models.CharField("状态", max_length=10, choices=tuple(OBJECTION.labels.items()), default="drafted")
    round = models.PositiveIntegerField("轮次", default=1)
    renews = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="renewed", verbose_name="重新答复的原意见"
    )
    renewed_why = models.TextField("重新答复的理由", blank=True)
    raised_at = models.DateTimeField("填写时间", auto_now_add=True)
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="填写人")
    sent_at = models.DateTimeField("提出时间", null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审核人"
    )
    answer = models.TextField("答复", blank=True)
    after = models.DecimalField("更正后的数", max_digits=20, decimal_places=4, null=True, blank=True)
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="答复人"
    )

    objects = ReplyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "评估意见"
        ordering = ("pk",)
        constraints = (
            paired("sent", "reply"),
            paired("answered", "reply"),
            models.CheckConstraint(
                condition=Q(state__in=sorted(ANSWERED), answered_at__isnull=False)  # a set has no order to keep
                | (~Q(state__in=sorted(ANSWERED)) & Q(answered_at__isnull=True)),
                name="reply_answered_where_answer",
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(after__isnull=False), name="reply_accepted_with_figure"
            ),
        )

    def __str__(self) -> str:
        return f"{self.value} 意见"

    @property
    def before(self) -> object:
        """The frozen figure it is about."""
        return self.value.now if self.which == NOW else self.value.last

    @property
    def state_label(self) -> str:
        """The state in words."""
        return OBJECTION.labels[self.state]


class Confirmation(models.Model):
    """A unit has looked at all figures of its towns and says so: the reply need not wait for it."""

    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="confirmations", verbose_name="快照")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    round = models.PositiveIntegerField("轮次", default=1)
    made_at = models.DateTimeField("确认时间", auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="确认人")

    class Meta:
        verbose_name = verbose_name_plural = "反馈确认"
        ordering = ("snapshot", "pk")
        constraints = (models.UniqueConstraint(fields=("snapshot", "unit", "round"), name="confirmation_once"),)

    def __str__(self) -> str:
        return f"{self.unit} 已确认"


class Decision(models.Model):
    """What the person who signs off decided about one critical town and line, with reasons; the latest counts."""

    result = models.ForeignKey(Result, models.PROTECT, related_name="decisions", verbose_name="结果")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="decisions", verbose_name="专业镇")
    line = models.CharField("界线", max_length=10, choices=list(LABELS.items()))
    applies = models.BooleanField("适用")
    reason = models.TextField("理由")
    person = models.CharField("决定人", max_length=60)
    made_at = models.DateTimeField("决定时间", auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="决定人账号")

    class Meta:
        verbose_name = verbose_name_plural = "临界决定"
        ordering = ("result", "pk")
        constraints = (models.CheckConstraint(condition=~Q(reason=""), name="decision_says_why"),)

    def __str__(self) -> str:
        return f"{self.participant} {self.get_line_display()}"
