"""What was sealed and what was made public: rows that never change; the latest edition is in force."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from spectown.evaluation.models.process import Evaluation
from spectown.evaluation.models.result import Result
from spectown.lib.proofs.models import UploadedFile


class Package(UploadedFile):
    """The sealed package of an evaluation as it was signed off; `sha256` is what is made public."""

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="packages", verbose_name="年度评估")
    number = models.PositiveIntegerField("第几次封存", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "封存包"
        ordering = ("evaluation", "number")
        constraints = (models.UniqueConstraint(fields=("evaluation", "number"), name="package_number_once"),)

    def __str__(self) -> str:
        return self.name


class Publication(models.Model):
    """One edition (版) of a result that was made public. `reason`: why the one before it was corrected."""

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="publications", verbose_name="年度评估")
    number = models.PositiveIntegerField("第几版")
    result = models.ForeignKey(Result, models.PROTECT, related_name="publications", verbose_name="结果")
    package = models.OneToOneField(Package, models.PROTECT, related_name="publication", verbose_name="封存包")
    reason = models.TextField("更正理由", blank=True)
    made_at = models.DateTimeField("公布时间", auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="公布人")

    class Meta:
        verbose_name = verbose_name_plural = "公布的结果"
        ordering = ("evaluation", "number")
        constraints = (models.UniqueConstraint(fields=("evaluation", "number"), name="publication_number_once"),)

    def __str__(self) -> str:
        return f"{self.evaluation}第 {self.number} 版"
