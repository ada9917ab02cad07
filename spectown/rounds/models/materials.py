"""Materials of a case, one file an item; the formal check of each item; corrections; the stamped scan."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from spectown.lib.paired import paired
from spectown.lib.proofs.models import UploadedFile
from spectown.rounds.enums import Verdict
from spectown.rounds.models.case import Case, CaseVersion
from spectown.rounds.models.round import Round


class Material(UploadedFile):
    """One file for one item of the list of materials. A newer one replaces it; the replaced one stays on record."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="materials", verbose_name="案件")
    item = models.SlugField("材料代码", max_length=40)
    expires_on = models.DateField("有效期至", null=True, blank=True)
    replaced_at = models.DateTimeField("被替换时间", null=True, blank=True)
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="替换人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "申报材料"
        ordering = ("case", "item", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("case", "item"), condition=Q(replaced_at__isnull=True), name="material_one_a_item"
            ),
            paired("replaced", "material"),
        )

    def __str__(self) -> str:
        return self.name


class ItemVerdict(models.Model):
    """What the formal check says of one item in one version; the newest of an item counts."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="verdicts", verbose_name="案件")
    version = models.ForeignKey(CaseVersion, models.PROTECT, related_name="verdicts", verbose_name="版本")
    item = models.CharField("审查项", max_length=80)  # material:<code> or field:<code of the application's field>
    verdict = models.CharField("结论", max_length=12, choices=Verdict)
    note = models.TextField("问题和要求", blank=True)
    made_at = models.DateTimeField("时间", auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="审查人")

    class Meta:
        verbose_name = verbose_name_plural = "形式审查"
        ordering = ("case", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(verdict__in=("fine", "silence")) | ~Q(note=""), name="item_verdict_has_note"
            ),
        )

    def __str__(self) -> str:
        return f"{self.item} {self.get_verdict_display()}"


class CorrectionItem(models.Model):
    """One item that a correction (补正) reopens: the only ones that the county may change meanwhile."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="correction_items", verbose_name="案件")
    number = models.PositiveIntegerField("第几次补正")
    verdict = models.ForeignKey(ItemVerdict, models.PROTECT, related_name="+", verbose_name="审查结论")
    item = models.CharField("补正项", max_length=80)
    answer = models.TextField("补正说明", blank=True)
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    closed_at = models.DateTimeField("锁定时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "补正项"
        ordering = ("case", "number", "pk")
        constraints = (models.UniqueConstraint(fields=("case", "number", "item"), name="correction_item_once"),)

    def __str__(self) -> str:
        return f"第{self.number}次补正 {self.item}"


class CasePrint(UploadedFile):
    """The numbered bundle of one version, ready to be stamped: one PDF; `uploaded_by` asked for it."""

    version = models.OneToOneField(CaseVersion, models.PROTECT, related_name="print", verbose_name="版本")

    class Meta:
        verbose_name = verbose_name_plural = "打印件"
        ordering = ("version",)

    def __str__(self) -> str:
        return self.name


class RecommendationPackage(UploadedFile):
    """What a round sends to the province, as one zip; `versions`: the pinned versions inside, in their order."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="packages", verbose_name="批次")
    versions = models.JSONField("包含的版本", default=list)

    class Meta:
        verbose_name = verbose_name_plural = "推荐材料包"
        ordering = ("round", "-pk")

    def __str__(self) -> str:
        return self.name


class StampedScan(UploadedFile):
    """A scan of the stamped print of exactly one version, known by the code printed on it."""

    version = models.ForeignKey(CaseVersion, models.PROTECT, related_name="scans", verbose_name="版本")
    code = models.CharField("打印件校验码", max_length=20)

    class Meta:
        verbose_name = verbose_name_plural = "盖章扫描件"
        ordering = ("version", "pk")

    def __str__(self) -> str:
        return f"{self.version} {self.code}"
