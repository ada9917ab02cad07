"""Many documents of one wording."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from spectown.accounts.permissions import Permission
from spectown.documents.enums import Addressing
from spectown.documents.models.templates import OwnTemplate

if TYPE_CHECKING:
    from spectown.organisations.actors import Actor


class DocumentBatchQuerySet(models.QuerySet["DocumentBatch"]):
    """Which batches."""

    def visible_to(self, actor: Actor) -> DocumentBatchQuerySet:
        """The office sees all, leaders those of which something waits for signing or was issued."""
        if not actor.may(Permission.DOCUMENT_BATCH):
            return self.none()
        if actor.may(Permission.DOCUMENT_DRAFT):
            return self
        seen = models.Q(documents__state="signing") | models.Q(documents__issued_at__isnull=False)
        return self.filter(pk__in=self.model._default_manager.filter(seen).values("pk"))


class DocumentBatch(models.Model):
    """One 批量公文: a document a unit or a row of a list, made of one pattern, moved on together or one by one.

    `targets`: numbers of the units, or of the rows of `ledger`, in the order of the documents; `facts`: the pattern as
    it was then, its fields still open.
    """

    title = models.CharField("名称", max_length=300)
    kind = models.SlugField("文种代码", max_length=60)
    kind_label = models.CharField("文种", max_length=60)
    facts = models.JSONField("样稿要素", default=dict, encoder=DjangoJSONEncoder)
    template = models.ForeignKey(
        OwnTemplate, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="自有模板"
    )
    ledger = models.SlugField("清单", max_length=60, blank=True)
    targets = models.JSONField("对象", default=list)
    addressing = models.CharField("签收单位", max_length=20, choices=Addressing, default=Addressing.NOBODY)
    deadline = models.DateField("签收期限", null=True, blank=True)
    made_at = models.DateTimeField("生成时间", auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="生成人")

    objects = DocumentBatchQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "批量公文"
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return self.title
