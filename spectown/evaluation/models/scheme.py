"""Schemes that the office writes here: drafts, their approval, and every step on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from spectown.accounts.permissions import Permission, Role
from spectown.core.evaluation.schemelife import SCHEME
from spectown.core.evaluation.yearscheme import GENERAL

if TYPE_CHECKING:
    from spectown.organisations.actors import Actor

STATES = tuple(SCHEME.labels.items())


class SchemeQuerySet(models.QuerySet["Scheme"]):
    """Which drafts and versions."""

    def visible_to(self, actor: Actor) -> SchemeQuerySet:
        """Office and leading group all, whoever reads evaluations what was approved."""
        if not actor.may(Permission.EVALUATION_VIEW):
            return self.none()
        return self if actor.role in {Role.OFFICE, Role.LEADER} else self.filter(state="approved")


class Scheme(models.Model):
    """One draft of a scheme of evaluation, from an evaluated year on; approved, it is a version that never changes.

    `content`: the entry as evaluation.yaml would have it; `base`: the one that it was copied from, `origin` in words;
    `code`: of which scheme it is a version; `edition` grows with every change, so that two clerks never write over each
    other. What is in force is said by monitoring.Definition of the kind scheme, which an approval writes.
    """

    year = models.PositiveIntegerField("起用年度")
    code = models.SlugField("方案代码", max_length=40, default=GENERAL)
    content = models.JSONField("内容")
    base = models.JSONField("抄自的内容")
    origin = models.CharField("抄自", max_length=160)
    state = models.CharField("状态", max_length=10, choices=STATES, default="draft")
    edition = models.PositiveIntegerField("改动次数", default=0)
    made_at = models.DateTimeField("拟定时间", auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="拟定人")
    decided_at = models.DateTimeField("审定或作废时间", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审定或作废人"
    )

    objects = SchemeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "评估方案稿"
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=list(SCHEME.labels)), name="scheme_state_is_known"),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="scheme_decided_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, state__in=("draft", "sent"))
                | Q(decided_at__isnull=False, state__in=("approved", "dropped")),
                name="scheme_decided_where_ended",
            ),
        )

    def __str__(self) -> str:
        label = self.content.get("label")
        return f"{self.year}年度起评估方案{f'({label})' if label else ''}第 {self.pk} 稿"

    @property
    def state_label(self) -> str:
        """The state in words."""
        return SCHEME.labels[self.state]


class SchemeStep(models.Model):
    """One thing that was done with a draft, with its reason; never changed. `code`: a move, or start, edit."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="steps", verbose_name="评估方案稿")
    code = models.CharField("步骤代码", max_length=20)
    label = models.CharField("做了什么", max_length=120)
    reason = models.TextField("理由", blank=True)
    made_at = models.DateTimeField("时间", auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="经办人")

    class Meta:
        verbose_name = verbose_name_plural = "评估方案稿的经过"
        ordering = ("scheme", "pk")

    def __str__(self) -> str:
        return f"{self.scheme} {self.label}"
