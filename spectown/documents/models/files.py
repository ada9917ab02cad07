"""Files of issued documents."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from spectown.documents.enums import FileForm
from spectown.documents.models.document import OfficialDocument


def stored_name(file: DocumentFile, _name: str) -> str:
    """Where a file is kept: a random name that cannot be guessed."""
    return f"documents/{timezone.localdate():%Y/%m}/{uuid.uuid4().hex}.{file.form}"


class DocumentFile(models.Model):
    """One file of an issued document, made on its day; never written again, served only while its hash is right."""

    document = models.ForeignKey(OfficialDocument, models.PROTECT, related_name="files", verbose_name="公文")
    form = models.CharField("格式", max_length=10, choices=FileForm)
    file = models.FileField("文件", upload_to=stored_name)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField("字节数")
    fonts = models.JSONField("所用字体", default=dict, blank=True)
    made_at = models.DateTimeField("生成时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "公文文件"
        ordering = ("document", "form")
        constraints = (models.UniqueConstraint(fields=("document", "form"), name="document_file_once"),)

    def __str__(self) -> str:
        return f"{self.document} {self.get_form_display()}"
