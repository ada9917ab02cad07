"""The register: one row an official document."""

from __future__ import annotations

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from spectown.accounts.models import User
from spectown.documents.enums import Replacement, State
from spectown.documents.models.batches import DocumentBatch
from spectown.documents.models.scans import SignatureScan
from spectown.documents.models.seen import OfficialDocumentQuerySet
from spectown.documents.models.templates import OwnTemplate
from spectown.lib.paired import paired
from spectown.plans.models import PlanVersion

STEPS = ("submitted", "checked", "returned", "signed", "issued", "voided")


def _by(label: str) -> models.ForeignKey[User | None, User | None]:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=label
    )


class OfficialDocument(models.Model):
    """One 公文 from its first draft on. What was issued stays: facts, number and files never change again.

    `facts`: as given, the kind's own and the common ones; `organs` issue it. `template`: of the office, in place of the
    system's layout; its hash is kept at issue. The number is empty until issue and where
    its kind has none; `serial` is then null.
    """

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="official_documents", verbose_name="方案版本")
    kind = models.SlugField("文种代码", max_length=60)
    kind_label = models.CharField("文种", max_length=60)
    state = models.CharField("状态", max_length=20, choices=State, default=State.DRAFT)
    title = models.CharField("标题", max_length=300)
    facts = models.JSONField("要素", default=dict, encoder=DjangoJSONEncoder)
    organs = models.JSONField("发文机关", default=list)
    words = models.TextField("供查找的文字", blank=True, default="")
    template = models.ForeignKey(
        OwnTemplate, models.PROTECT, null=True, blank=True, related_name="documents", verbose_name="自有模板"
    )
    template_sha256 = models.CharField("所用模板的 SHA-256", max_length=64, blank=True)
    revision = models.PositiveIntegerField("修订号", default=1)
    dated = models.DateField("成文日期", null=True, blank=True)
    number_organ = models.CharField("编号的机关", max_length=120, blank=True, default="")
    code = models.CharField("机关代字", max_length=60, blank=True)
    year = models.PositiveSmallIntegerField("年份", null=True, blank=True)
    serial = models.PositiveIntegerField("顺序号", null=True, blank=True)
    number = models.CharField("发文字号", max_length=100, blank=True)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replacements", verbose_name="替代的公文"
    )
    replaces_how = models.CharField("替代方式", max_length=20, choices=Replacement, blank=True)
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="被何公文替代"
    )
    replaced_at = models.DateTimeField("被替代时间", null=True, blank=True)
    batch = models.ForeignKey(
        DocumentBatch, models.PROTECT, null=True, blank=True, related_name="documents", verbose_name="所属批次"
    )
    batch_place = models.PositiveIntegerField("批次中的次序", null=True, blank=True)

    writers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", verbose_name="起草过的人")
    drafted_at = models.DateTimeField("起草时间", auto_now_add=True)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="起草人")
    changed_at = models.DateTimeField("修改时间", default=timezone.now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="修改人")
    submitted_at = models.DateTimeField("送审时间", null=True, blank=True)
    submitted_by = _by("送审人")
    checked_at = models.DateTimeField("审核时间", null=True, blank=True)
    checked_by = _by("审核人")
    returned_at = models.DateTimeField("退回时间", null=True, blank=True)
    returned_by = _by("退回人")
    return_reason = models.TextField("退回理由", blank=True)
    signed_at = models.DateTimeField("签发时间", null=True, blank=True)
    signed_by = _by("签发登记人")
    signer = models.CharField("签发人", max_length=50, blank=True)
    signature_reference = models.CharField("纸质签发依据", max_length=200, blank=True)
    signature_scan = models.ForeignKey(
        SignatureScan, models.PROTECT, null=True, blank=True, related_name="documents", verbose_name="签批件扫描件"
    )
    issued_at = models.DateTimeField("印发时间", null=True, blank=True)
    issued_by = _by("印发人")
    voided_at = models.DateTimeField("作废时间", null=True, blank=True)
    voided_by = _by("作废人")
    void_reason = models.TextField("作废理由", blank=True)
    is_demo = models.BooleanField("演示", default=False)

    objects = OfficialDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公文"
        ordering = ("-drafted_at", "-pk")
        indexes = (models.Index(fields=("state", "kind"), name="document_by_state"),)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=State.values), name="document_state_is_known"),
            models.UniqueConstraint(
                fields=("number_organ", "code", "year", "serial"),
                condition=Q(serial__isnull=False),
                name="document_number_once",
            ),
            models.UniqueConstraint(  # a 代字 tells the organ; 纪要 and 简报 (code = kind) count issues without one
                fields=("number",),
                condition=Q(serial__isnull=False) & ~Q(code=F("kind")),
                name="document_number_printed_once",
            ),
            models.UniqueConstraint(
                fields=("replaces",),
                condition=Q(replaces__isnull=False) & ~Q(state=State.VOIDED),
                name="document_replaced_once",
            ),
            models.UniqueConstraint(
                fields=("batch", "batch_place"), condition=Q(batch__isnull=False), name="document_batch_place_once"
            ),
            *(paired(step, "document") for step in STEPS),
            models.CheckConstraint(
                condition=Q(replaced_at__isnull=True, replaced_by__isnull=True)
                | Q(replaced_at__isnull=False, replaced_by__isnull=False),
                name="document_replaced_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True)
                | (~Q(checked_by=F("drafted_by")) & ~Q(checked_by=F("changed_by"))),
                name="document_two_persons",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(State.ISSUED, State.REPLACED))
                | Q(issued_at__isnull=False, signed_at__isnull=False, checked_at__isnull=False, dated__isnull=False),
                name="document_issued_is_whole",
            ),
            models.CheckConstraint(condition=~Q(state=State.VOIDED) | ~Q(void_reason=""), name="document_void_reason"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def standing(self) -> str:
        """The state in words; what was replaced says how."""
        how = self.replaced_by.get_replaces_how_display() if self.replaced_by else ""
        return f"已被{how}" if how and self.state == State.REPLACED else str(self.get_state_display())
