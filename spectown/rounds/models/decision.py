"""Proposals, votes, written decisions about open questions."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from spectown.certification.models import JudgementRecord
from spectown.rounds.enums import Ballot, NoteKind, Proposal
from spectown.rounds.models.case import Case, CaseVersion


class Decision(models.Model):
    """What the office proposed for a case and what the leading group decided; the newest of a case counts."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions", verbose_name="案件")
    version = models.ForeignKey(CaseVersion, models.PROTECT, related_name="+", verbose_name="依据版本")
    proposal = models.CharField("拟定意见", max_length=12, choices=Proposal)
    reasons = models.JSONField("理由", default=list)  # one sentence each
    proposed_at = models.DateTimeField("拟定时间", auto_now_add=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="拟定人")
    decided = models.CharField("审定结果", max_length=12, choices=Proposal, blank=True)
    decided_reasons = models.JSONField("审定理由", default=list, blank=True)  # one sentence each
    meeting = models.CharField("会议或签批依据", max_length=200, blank=True)
    decided_at = models.DateTimeField("审定时间", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="登记人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "认定决定"
        ordering = ("case", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(decided="", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(decided="") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="decision_decided_at_and_by",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case} {self.get_proposal_display()}"


class Vote(models.Model):
    """One vote of one member of the leading group."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="votes", verbose_name="决定")
    name = models.CharField("姓名", max_length=60)
    post = models.CharField("职务", max_length=120, blank=True)
    ballot = models.CharField("表决", max_length=12, choices=Ballot)
    reason = models.TextField("意见", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "表决"
        ordering = ("decision", "pk")
        constraints = (models.UniqueConstraint(fields=("decision", "name", "post"), name="vote_once"),)

    def __str__(self) -> str:
        return f"{self.name} {self.get_ballot_display()}"


class Ruling(models.Model):
    """The office's written decision about one undetermined question (待定) of a case: the standard that it sets and
    whether the case meets it. The newest of a criterion counts."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="rulings", verbose_name="案件")
    criterion = models.SlugField("条件代码", max_length=60)
    question = models.CharField("待定事项", max_length=200)
    outcome = models.CharField("结论", max_length=10, choices=JudgementRecord.Outcome)
    answer = models.TextField("书面决定")
    made_at = models.DateTimeField("时间", auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="决定人")

    class Meta:
        verbose_name = verbose_name_plural = "待定事项决定"
        ordering = ("case", "pk")
        constraints = (models.CheckConstraint(condition=~Q(answer=""), name="ruling_has_answer"),)

    def __str__(self) -> str:
        return self.question


class CaseNote(models.Model):
    """Something written about a case that a later step rests on: a statement, a report, a document of the province."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="notes", verbose_name="案件")
    kind = models.CharField("类别", max_length=12, choices=NoteKind)
    text = models.TextField("内容")
    made_at = models.DateTimeField("时间", auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")

    class Meta:
        verbose_name = verbose_name_plural = "案件记载"
        ordering = ("case", "pk")
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="case_note_has_text"),)

    def __str__(self) -> str:
        return f"{self.case} {self.get_kind_display()}"
