"""Documents that a step calls for."""

from __future__ import annotations

from django.db import models

from spectown.documents.models import OfficialDocument
from spectown.rounds.models.case import Case, Step


class DueDocument(models.Model):
    """A document of a kind that a step calls for; `document` once it was drafted."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="due_documents", verbose_name="案件")
    step = models.ForeignKey(Step, models.PROTECT, related_name="due_documents", verbose_name="办理过程")
    kind = models.SlugField("文种代码", max_length=60)
    document = models.ForeignKey(
        OfficialDocument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="公文"
    )

    class Meta:
        verbose_name = verbose_name_plural = "应发公文"
        ordering = ("case", "pk")
        constraints = (models.UniqueConstraint(fields=("step", "kind"), name="due_document_once"),)

    def __str__(self) -> str:
        return f"{self.case} {self.kind}"
