"""Two enterprises that look like one, and what was decided of them."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from spectown.enterprises.enums import PairReason, PairState
from spectown.enterprises.models.enterprise import Enterprise


class DuplicatePair(models.Model):
    """One pair of enterprises that may be the same, found by a search; a decision on it is never asked for again."""

    first = models.ForeignKey(Enterprise, models.CASCADE, related_name="+", verbose_name="先登记的")
    second = models.ForeignKey(Enterprise, models.CASCADE, related_name="+", verbose_name="后登记的")
    reason = models.CharField("疑似原因", max_length=20, choices=PairReason)
    score = models.PositiveSmallIntegerField("名称相近度", validators=[MaxValueValidator(100)])
    found_at = models.DateTimeField("发现时间", default=timezone.now)
    state = models.CharField("结论", max_length=20, choices=PairState, default=PairState.OPEN)
    decided_at = models.DateTimeField("判断时间", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="判断人"
    )
    decision_reason = models.CharField("理由", max_length=500, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "疑似重复企业"
        ordering = ("-score", "pk")
        indexes = (models.Index(fields=("state", "-score", "id"), name="duplicate_pair_open"),)
        constraints = (
            models.UniqueConstraint(fields=("first", "second"), name="duplicate_pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="duplicate_pair_in_order"),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="duplicate_pair_decided_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(state=PairState.OPEN, decided_at__isnull=True)
                | (~Q(state=PairState.OPEN) & Q(decided_at__isnull=False)),
                name="duplicate_pair_decided_when_closed",
            ),
        )

    def __str__(self) -> str:
        return f"{self.first} / {self.second}"
