"""Scans of signatures made on paper."""

from __future__ import annotations

from spectown.lib.proofs.models import UploadedFile


class SignatureScan(UploadedFile):
    """One scanned 签批件, the paper on which a leader signed one document or a whole batch.

    Never written again, served only while its hash is right.
    """

    class Meta:
        verbose_name = verbose_name_plural = "签批件扫描件"
        ordering = ("-uploaded_at", "-pk")

    def __str__(self) -> str:
        return self.name
