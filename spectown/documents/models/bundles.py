"""Bundles of files that the system put together."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone

from spectown.accounts.permissions import Permission
from spectown.certification.models import Application
from spectown.documents.models.batches import DocumentBatch

if TYPE_CHECKING:
    from spectown.organisations.actors import Actor


class BundleQuerySet(models.QuerySet["Bundle"]):
    """Which bundles."""

    def visible_to(self, actor: Actor) -> BundleQuerySet:
        """Those who draft documents see all of them."""
        return self if actor.may(Permission.DOCUMENT_DRAFT) else self.none()


class BundleKind(models.TextChoices):
    """What was put together."""

    MEETING = "meeting", "会议包"
    EVIDENCE = "evidence", "证明材料汇编"
    BATCH = "batch", "批量公文打印包"


def stored_name(bundle: Bundle, _name: str) -> str:
    """Where a bundle is kept: a random name that cannot be guessed."""
    suffix = "pdf" if bundle.kind == BundleKind.EVIDENCE else "zip"
    return f"bundles/{timezone.localdate():%Y/%m}/{uuid.uuid4().hex}.{suffix}"


class Bundle(models.Model):
    """One file put together from what the system knew at a moment: a meeting's material, or an application's evidence.

    It stays as it was made; a later state needs a new one. `digest` of evidence is that of the pieces, as printed.
    """

    kind = models.CharField("类别", max_length=20, choices=BundleKind)
    title = models.CharField("名称", max_length=200)
    application = models.ForeignKey(
        Application, models.PROTECT, null=True, blank=True, related_name="bundles", verbose_name="申报书"
    )
    batch = models.ForeignKey(
        DocumentBatch, models.PROTECT, null=True, blank=True, related_name="bundles", verbose_name="批量公文"
    )
    file = models.FileField("文件", upload_to=stored_name)
    name = models.CharField("文件名", max_length=200)
    size = models.PositiveBigIntegerField("字节数")
    sha256 = models.CharField("SHA-256", max_length=64)
    digest = models.CharField("材料校验值", max_length=64, blank=True)
    made_at = models.DateTimeField("生成时间", auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="生成人")

    objects = BundleQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "材料包"
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return self.title
