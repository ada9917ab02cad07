"""Supervision notices (督办通知书): what one says, what it demands, the figure by which its effect is judged."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from spectown.core.supervision.outcome import Better
from spectown.documents.models import OfficialDocument
from spectown.organisations.models import Unit
from spectown.supervision.models.work import Work

BETTER = tuple((each.value, each.label) for each in Better)


class Notice(models.Model):
    """One 督办通知书. Unit, deadline, state and light stand with its work; `title` of the work is the matter.

    `trigger`: code in supervision.yaml, or `hand`; `keys`: what it is about and sums up (core.supervision.triggers),
    `occasion`: the occurrence it answers. `evidence`: lines as they are written; `frozen` keeps them as they were sent
    to be checked, byte for byte, with its hash. `affected` confirms at the end. `excess_reason`: why in spite of the
    cap. `issued_on` stays when it is withdrawn.
    """

    work = models.OneToOneField(Work, models.PROTECT, related_name="notice", verbose_name="督办事项")
    trigger = models.SlugField("触发情形代码", max_length=20, default="hand")
    said = models.TextField("触发情形", blank=True)
    clause = models.CharField("依据条款", max_length=20, default="四(五)")
    keys = models.JSONField("所涉事项", default=list, blank=True)
    occasion = models.CharField("触发的一次情形", max_length=120, blank=True)
    problems = models.JSONField("存在问题", default=list, blank=True)
    evidence = models.JSONField("证据", default=list, blank=True)
    frozen = models.TextField("固定的证据", blank=True)
    frozen_sha256 = models.CharField("证据的 SHA-256", max_length=64, blank=True)
    affected = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="notices_to_confirm", verbose_name="确认单位"
    )
    plan_due = models.DateField("报整改方案期限", null=True, blank=True)
    contact = models.CharField("联系人", max_length=50, blank=True)
    phone = models.CharField("联系电话", max_length=40, blank=True)
    excess_reason = models.TextField("超过上限的理由", blank=True)
    plan_text = models.TextField("整改措施", blank=True)
    plan_person = models.CharField("整改责任人", max_length=100, blank=True)
    plan_until = models.DateField("计划完成日期", null=True, blank=True)
    document = models.ForeignKey(
        OfficialDocument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="督办通知书"
    )
    closing = models.ForeignKey(
        OfficialDocument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="销号通知"
    )
    issued_on = models.DateField("签发日期", null=True, blank=True, db_index=True)
    made_at = models.DateTimeField("拟稿时间", auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="拟稿人")

    class Meta:
        verbose_name = verbose_name_plural = "督办通知书"
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(frozen="", frozen_sha256="") | (~Q(frozen="") & ~Q(frozen_sha256="")),
                name="notice_evidence_with_its_hash",
            ),
        )

    def __str__(self) -> str:
        return self.work.title


class Demand(models.Model):
    """One demand of a notice (整改要求), with its own day."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="demands", verbose_name="督办通知书")
    number = models.PositiveSmallIntegerField("序号")
    text = models.CharField("要求", max_length=300)
    due = models.DateField("期限")

    class Meta:
        verbose_name = verbose_name_plural = "整改要求"
        ordering = ("notice", "number")
        constraints = (models.UniqueConstraint(fields=("notice", "number"), name="demand_number_once"),)

    def __str__(self) -> str:
        return self.text


class NoticeFigure(models.Model):
    """The figure by which the effect of a notice is judged: its value at issue, and on a day after 销号.

    `code`: of one that the system takes itself (supervision.notices.figures), empty for one that is typed in; `about`:
    key of what it is taken from.
    """

    notice = models.OneToOneField(Notice, models.CASCADE, related_name="figure", verbose_name="督办通知书")
    code = models.SlugField("指标代码", max_length=40, blank=True)
    about = models.CharField("取自", max_length=60, blank=True)
    label = models.CharField("指标", max_length=120)
    unit = models.CharField("单位", max_length=20, blank=True)
    better = models.CharField("哪边为好", max_length=4, choices=BETTER, default=Better.UP.value)
    before = models.DecimalField("签发时", max_digits=16, decimal_places=2, null=True, blank=True)
    before_on = models.DateField("签发时取值日期", null=True, blank=True)
    look_on = models.DateField("比对日期", null=True, blank=True)
    after = models.DecimalField("比对时", max_digits=16, decimal_places=2, null=True, blank=True)
    looked_on = models.DateField("比对时取值日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "督办成效指标"
        ordering = ("notice",)
        constraints = (
            models.CheckConstraint(condition=Q(better__in=[code for code, _ in BETTER]), name="notice_figure_better"),
        )

    def __str__(self) -> str:
        return self.label


class SetAside(models.Model):
    """One occurrence about which the office decided that there is no notice, and why."""

    occasion = models.CharField("触发的一次情形", max_length=120, unique=True)
    title = models.CharField("事项", max_length=200)
    reason = models.TextField("理由")
    made_on = models.DateField("日期")
    made_at = models.DateTimeField("时间")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="办理人")

    class Meta:
        verbose_name = verbose_name_plural = "不督办的情形"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.title
