"""Publicity (公示) and objections (异议)."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from spectown.documents.models import OfficialDocument
from spectown.lib.paired import paired
from spectown.lib.proofs.models import KeptFile
from spectown.rounds.enums import OBJECTION_STATES
from spectown.rounds.models.case import Case, CaseVersion
from spectown.rounds.models.round import Round


class Publicity(models.Model):
    """One 公示 of cases of a round: from the first to the last day, both inclusive."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="publicities", verbose_name="批次")
    title = models.CharField("标题", max_length=200)
    starts = models.DateField("起")
    ends = models.DateField("止")
    days = models.PositiveSmallIntegerField("工作日")
    contact = models.TextField("受理异议的方式")
    document = models.ForeignKey(
        OfficialDocument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="公示文稿"
    )
    made_at = models.DateTimeField("登记时间", auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")

    class Meta:
        verbose_name = verbose_name_plural = "公示"
        ordering = ("-starts", "-pk")
        constraints = (models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="publicity_dates_in_order"),)

    def __str__(self) -> str:
        return self.title


class PublicityEntry(models.Model):
    """One case in a publicity, in exactly the version that was decided; void where it was taken back."""

    publicity = models.ForeignKey(Publicity, models.PROTECT, related_name="entries", verbose_name="公示")
    case = models.ForeignKey(Case, models.PROTECT, related_name="publicity_entries", verbose_name="案件")
    version = models.ForeignKey(CaseVersion, models.PROTECT, related_name="+", verbose_name="公示的版本")
    voided_at = models.DateTimeField("作废时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "公示对象"
        ordering = ("publicity", "pk")
        constraints = (models.UniqueConstraint(fields=("publicity", "case"), name="publicity_entry_once"),)

    def __str__(self) -> str:
        return str(self.case)


class Objection(models.Model):
    """One objection by real name against one entry; handled to a recorded answer."""

    entry = models.ForeignKey(PublicityEntry, models.PROTECT, related_name="objections", verbose_name="公示对象")
    receipt = models.CharField("查询码", max_length=20, unique=True)
    name = models.CharField("姓名或单位", max_length=100)
    contact = models.CharField("联系方式", max_length=200)
    text = models.TextField("异议内容")
    received_at = models.DateTimeField("收到时间", auto_now_add=True)
    state = models.CharField("状态", max_length=20, choices=OBJECTION_STATES, default="raised")
    answer = models.TextField("处理意见和答复", blank=True)
    handled_at = models.DateTimeField("办结时间", null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="办理人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "异议"
        ordering = ("-received_at", "-pk")
        constraints = (paired("handled", "objection"),)

    def __str__(self) -> str:
        return self.receipt

    @property
    def received_on(self) -> datetime.date:
        """The day it came in, here."""
        return timezone.localdate(self.received_at)


class ObjectionFile(KeptFile):
    """Evidence that came with an objection."""

    objection = models.ForeignKey(Objection, models.PROTECT, related_name="files", verbose_name="异议")

    class Meta:
        verbose_name = verbose_name_plural = "异议材料"
        ordering = ("objection", "pk")

    def __str__(self) -> str:
        return self.name
