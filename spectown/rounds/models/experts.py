"""The pool of experts, draws, seats on a case, scores with reasons, notes of a visit."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from spectown.enterprises.models import Enterprise
from spectown.lib.proofs.models import UploadedFile
from spectown.organisations.models import Territory
from spectown.rounds.enums import Chosen
from spectown.rounds.models.case import Case, CaseVersion


class Expert(models.Model):
    """One person of the pool (专家库). `fields`: codes of industry of the plan's categories."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="expert", verbose_name="账号")
    unit = models.CharField("工作单位", max_length=120)
    former_units = models.JSONField("曾任职单位", default=list, blank=True)
    position = models.CharField("职务职称", max_length=120, blank=True)
    county = models.ForeignKey(
        Territory, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="所在县(区)"
    )
    enterprises = models.ManyToManyField(Enterprise, blank=True, related_name="+", verbose_name="任职或持股企业")
    fields = models.JSONField("专业领域", default=list, blank=True)
    active = models.BooleanField("在库", default=True)
    is_demo = models.BooleanField("演示", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "专家"
        ordering = ("user__name", "pk")

    def __str__(self) -> str:
        return str(self.user)


class Draw(models.Model):
    """One draw or choice of experts for a case, recorded so that it can be repeated on any machine."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="draws", verbose_name="案件")
    how = models.CharField("方式", max_length=10, choices=Chosen)
    seed = models.CharField("随机种子", max_length=64, blank=True)
    result = models.JSONField("抽取记录")  # pool, drawn, reserves, excluded with reasons
    reason = models.TextField("选定理由", blank=True)
    made_at = models.DateTimeField("时间", auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="办理人")

    class Meta:
        verbose_name = verbose_name_plural = "专家抽取"
        ordering = ("case", "pk")
        constraints = (
            models.CheckConstraint(condition=~Q(how="picked") | ~Q(reason=""), name="picked_panel_has_reason"),
        )

    def __str__(self) -> str:
        return f"{self.case} {self.get_how_display()}"


class Seat(models.Model):
    """One expert on one case: declaration first, then the sheet; submitted it is closed and bound to its version."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="seats", verbose_name="案件")
    expert = models.ForeignKey(Expert, models.PROTECT, related_name="seats", verbose_name="专家")
    draw = models.ForeignKey(Draw, models.PROTECT, related_name="seats", verbose_name="抽取")
    declared_at = models.DateTimeField("声明时间", null=True, blank=True)
    conflict = models.TextField("回避原因", blank=True)
    left_at = models.DateTimeField("退出时间", null=True, blank=True)
    version = models.ForeignKey(
        CaseVersion, models.PROTECT, null=True, blank=True, related_name="seats", verbose_name="评审的版本"
    )
    comment = models.TextField("总体意见", blank=True)
    submitted_at = models.DateTimeField("提交时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "评审席位"
        ordering = ("case", "pk")
        constraints = (
            models.UniqueConstraint(fields=("case", "expert"), name="seat_once"),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True)
                | Q(version__isnull=False, declared_at__isnull=False, conflict=""),
                name="seat_submitted_is_bound",
            ),
        )

    def __str__(self) -> str:
        return f"{self.expert} {self.case}"


class Score(models.Model):
    """Points of one item of the sheet, or an abstention, either with a written reason; missing is never 0."""

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="scores", verbose_name="席位")
    item = models.SlugField("评分项", max_length=40)
    points = models.DecimalField("分数", max_digits=7, decimal_places=2, null=True, blank=True)
    abstained = models.BooleanField("弃权", default=False)
    reason = models.TextField("理由", blank=True)
    changed_at = models.DateTimeField("修改时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "评分"
        ordering = ("seat", "pk")
        constraints = (
            models.UniqueConstraint(fields=("seat", "item"), name="score_once"),
            models.CheckConstraint(
                condition=Q(abstained=False) | Q(points__isnull=True), name="abstained_has_no_points"
            ),
        )

    def __str__(self) -> str:
        return f"{self.seat} {self.item}"


class VisitNote(UploadedFile):
    """A photo or record of a site visit (实地核查) with what was seen, where and when."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="visit_notes", verbose_name="案件")
    seat = models.ForeignKey(
        Seat, models.PROTECT, null=True, blank=True, related_name="visit_notes", verbose_name="专家"
    )
    item = models.SlugField("评分项", max_length=40, blank=True)
    text = models.TextField("所见", blank=True)
    visited_on = models.DateField("核查日期")
    signers = models.CharField("核查人", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "实地核查记录"
        ordering = ("case", "pk")

    def __str__(self) -> str:
        return f"{self.case} {self.visited_on}"
