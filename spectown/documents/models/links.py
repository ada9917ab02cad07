"""What a document concerns, and who receives it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from spectown.accounts.permissions import Permission
from spectown.documents.models.document import OfficialDocument
from spectown.documents.workflow import NUMBERED_STATES
from spectown.organisations.models import Unit

if TYPE_CHECKING:
    from spectown.organisations.actors import Actor


class Concern(models.Model):
    """One object that a document is about; the document is shown on that object's page."""

    document = models.ForeignKey(OfficialDocument, models.CASCADE, related_name="concerns", verbose_name="公文")
    object_type = models.CharField("类别", max_length=100)
    object_id = models.CharField("编号", max_length=60)
    label = models.CharField("名称", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "公文所涉事项"
        ordering = ("pk",)
        indexes = (models.Index(fields=("object_type", "object_id"), name="concern_by_object"),)
        constraints = (models.UniqueConstraint(fields=("document", "object_type", "object_id"), name="concern_once"),)

    def __str__(self) -> str:
        return self.label


class ReceiptQuerySet(models.QuerySet["Receipt"]):
    """Which receipts."""

    def waiting_for(self, actor: Actor) -> ReceiptQuerySet:
        """Of issued documents addressed to the actor's unit, not yet received."""
        if not actor.may(Permission.DOCUMENT_RECEIVE) or actor.unit_id is None:
            return self.none()
        return self.filter(unit_id=actor.unit_id, received_at__isnull=True, document__state__in=NUMBERED_STATES)


class Receipt(models.Model):
    """One unit to which a document is addressed, and its 签收."""

    document = models.ForeignKey(OfficialDocument, models.CASCADE, related_name="receipts", verbose_name="公文")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="receipts", verbose_name="接收单位")
    deadline = models.DateField("签收期限", null=True, blank=True)
    received_at = models.DateTimeField("签收时间", null=True, blank=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签收人"
    )

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "签收"
        ordering = ("unit__order", "pk")
        constraints = (
            models.UniqueConstraint(fields=("document", "unit"), name="receipt_once"),
            models.CheckConstraint(
                condition=Q(received_at__isnull=True, received_by__isnull=True)
                | Q(received_at__isnull=False, received_by__isnull=False),
                name="receipt_received_at_and_by",
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit} {self.document}"
