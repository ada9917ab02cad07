"""What came out of a snapshot: rows that the database refuses to change."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from spectown.evaluation.models.frozen import Participant, Snapshot


class Result(models.Model):
    """One computation of a snapshot: the first one, or the final one with the corrections. `content`: core Year.

    A final one counts in its `round` only.
    """

    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="results", verbose_name="快照")
    stage = models.CharField("阶段", max_length=6, choices=[("first", "初算"), ("final", "终算")])
    content = models.JSONField("结果")
    corrections = models.JSONField("采纳的更正", default=list)
    round = models.PositiveIntegerField("轮次", default=1)
    made_at = models.DateTimeField("计算时间", auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="计算人")

    class Meta:
        verbose_name = verbose_name_plural = "评估结果"
        ordering = ("snapshot", "pk")

    def __str__(self) -> str:
        return f"{self.snapshot.evaluation}{self.get_stage_display()}"


class ResultRow(models.Model):
    """One town of a result: what tables, trends and the public page show; its breakdown stands in the result."""

    result = models.ForeignKey(Result, models.PROTECT, related_name="rows", verbose_name="结果")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="results", verbose_name="专业镇")
    score = models.DecimalField("得分", max_digits=10, decimal_places=6, null=True, blank=True)
    rank = models.PositiveIntegerField("名次", null=True, blank=True)
    rank_low = models.PositiveIntegerField("区间始", null=True, blank=True)
    rank_high = models.PositiveIntegerField("区间止", null=True, blank=True)
    coverage = models.FloatField("覆盖")
    band = models.CharField("等次", max_length=20, blank=True)
    why = models.CharField("未排名的原因", max_length=40, blank=True)
    peer_rank = models.PositiveIntegerField("同类名次", null=True, blank=True)
    gain = models.DecimalField("进步分", max_digits=10, decimal_places=6, null=True, blank=True)
    gain_rank = models.PositiveIntegerField("进步名次", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "评估结果明细"
        ordering = ("result", "rank", "pk")
        constraints = (models.UniqueConstraint(fields=("result", "participant"), name="result_row_once"),)

    def __str__(self) -> str:
        return f"{self.participant} {self.rank or self.why}"
