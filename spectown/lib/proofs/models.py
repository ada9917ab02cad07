"""What every uploaded file has in common."""

from __future__ import annotations

import pathlib
import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone


def stored_name(file: KeptFile, name: str) -> str:
    """Where an upload is kept: a random name that tells nothing and cannot be guessed."""
    return f"{file._meta.app_label}/{timezone.localdate():%Y/%m}/{uuid.uuid4().hex}{pathlib.PurePath(name).suffix}"


class KeptFile(models.Model):
    """One file as it was uploaded; its content is never written again."""

    file = models.FileField("文件", upload_to=stored_name)
    name = models.CharField("文件名", max_length=200)
    content_type = models.CharField("类型", max_length=100)
    size = models.PositiveBigIntegerField("字节数")
    sha256 = models.CharField("SHA-256", max_length=64)
    uploaded_at = models.DateTimeField("上传时间", auto_now_add=True)

    class Meta:
        abstract = True


class UploadedFile(KeptFile):
    """One that somebody with an account uploaded."""

    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人")

    class Meta:
        abstract = True


class RemovableFile(UploadedFile):
    """One that can be taken out; it stays on record. Its model has the constraint `paired("removed", …)`."""

    removed_at = models.DateTimeField("移除时间", null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="移除人"
    )

    class Meta:
        abstract = True
