"""Scans of signatures made on paper."""

from __future__ import annotations

import pathlib
import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone


def stored_name(_scan: SignatureScan, name: str) -> str:
    """Where a scan is kept: a random name that cannot be guessed."""
    return f"signatures/{timezone.localdate():%Y/%m}/{uuid.uuid4().hex}{pathlib.PurePath(name).suffix.lower()}"


class SignatureScan(models.Model):
    """One scanned 签批件, the paper on which a leader signed one document or a whole batch.

    Never written again, served only while its hash is right.
    """

    file = models.FileField("文件", upload_to=stored_name)
    name = models.CharField("文件名", max_length=200)
    content_type = models.CharField("类型", max_length=100)
    size = models.PositiveBigIntegerField("字节数")
    sha256 = models.CharField("SHA-256", max_length=64)
    uploaded_at = models.DateTimeField("上传时间", auto_now_add=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人")

    class Meta:
        verbose_name = verbose_name_plural = "签批件扫描件"
        ordering = ("-uploaded_at", "-pk")

    def __str__(self) -> str:
        return self.name
