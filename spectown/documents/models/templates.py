"""The office's own templates (自有模板)."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from spectown.accounts.models import User
from spectown.accounts.permissions import Permission
from spectown.documents.enums import TemplateState
from spectown.lib.paired import paired

if TYPE_CHECKING:
    from spectown.organisations.actors import Actor


class OwnTemplateQuerySet(models.QuerySet["OwnTemplate"]):
    """Which templates."""

    def visible_to(self, actor: Actor) -> OwnTemplateQuerySet:
        """Those who draft documents see all of them."""
        return self if actor.may(Permission.DOCUMENT_DRAFT) else self.none()

    def usable_for(self, kind: str) -> OwnTemplateQuerySet:
        """Those that a draft of this kind may choose now."""
        return self.filter(kind=kind, state=TemplateState.ACTIVE).order_by("name", "pk")


def stored_name(_template: OwnTemplate, _name: str) -> str:
    """Where a file is kept: a random name that cannot be guessed."""
    return f"templates/{timezone.localdate():%Y/%m}/{uuid.uuid4().hex}.docx"


def _step(label: str) -> tuple[models.DateTimeField[Any, Any], models.ForeignKey[User | None, User | None]]:
    at = models.DateTimeField(f"{label}时间", null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=f"{label}人"
    )
    return at, by


class OwnTemplate(models.Model):
    """One .docx of the office with named fields, for one kind of document.

    Its file may be replaced while it is a draft; from its first use on it never changes, a later wording is a new
    template. `faults` is what was found at the last check: place, text, message, todo, and whether it stops.
    """

    kind = models.SlugField("文种代码", max_length=60)
    kind_label = models.CharField("文种", max_length=60)
    name = models.CharField("名称", max_length=100)
    state = models.CharField("状态", max_length=20, choices=TemplateState, default=TemplateState.DRAFT)
    file = models.FileField("文件", upload_to=stored_name)
    filename = models.CharField("文件名", max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField("字节数")
    faults = models.JSONField("检查结果", default=list, blank=True)
    uploaded_at = models.DateTimeField("上传时间", default=timezone.now)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人")
    activated_at, activated_by = _step("启用")
    retired_at, retired_by = _step("停用")
    retire_reason = models.TextField("停用理由", blank=True)

    objects = OwnTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "自有模板"
        ordering = ("kind_label", "name", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(state__in=TemplateState.values), name="template_state_is_known"),
            paired("activated", "template"),
            paired("retired", "template"),
            models.CheckConstraint(
                condition=~Q(state=TemplateState.ACTIVE) | Q(activated_at__isnull=False),
                name="template_active_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state=TemplateState.RETIRED) | (Q(retired_at__isnull=False) & ~Q(retire_reason="")),
                name="template_retired_with_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind_label}:{self.name}"

    @property
    def stopping(self) -> list[dict[str, Any]]:
        """Faults that must be mended before it is used."""
        return [fault for fault in self.faults if fault["stops"]]

    @property
    def notes(self) -> list[dict[str, Any]]:
        """What is only to be known."""
        return [fault for fault in self.faults if not fault["stops"]]
