"""What every row of a list has, and what people keep about lists: saved views, uploaded workbooks."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from spectown.lists.enums import RunState
from spectown.organisations.models import Territory
from spectown.towns.models import Town


class ListRowQuerySet(models.QuerySet[Any]):
    """Which rows; scope is lists.scope."""

    def alive(self) -> ListRowQuerySet:
        """Rows that have not been deleted."""
        return self.filter(deleted_at__isnull=True)

    def deleted(self) -> ListRowQuerySet:
        """Deleted rows, which can be restored."""
        return self.filter(deleted_at__isnull=False)


class ListRow(models.Model):
    """What a row of every list has: place, town, version for optimistic locking, deletion (编号: Ledger.number)."""

    territory = models.ForeignKey(Territory, models.PROTECT, related_name="+", verbose_name="属地")
    town = models.ForeignKey(Town, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="专业镇")
    note = models.CharField("备注", max_length=500, blank=True)
    search_text = models.CharField(max_length=1000, blank=True, editable=False)
    version = models.PositiveIntegerField("版本", default=1, editable=False)
    updated_at = models.DateTimeField("更新时间", default=timezone.now, editable=False)
    deleted_at = models.DateTimeField("删除时间", null=True, editable=False)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        db_index=False,  # nobody looks for it, and every import would keep it
        verbose_name="删除人",
    )
    delete_reason = models.CharField("删除理由", max_length=500, blank=True, editable=False)
    is_demo = models.BooleanField("演示", default=False, editable=False)

    objects = ListRowQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(
                condition=Q(deleted_at__isnull=True, deleted_by__isnull=True)
                | Q(deleted_at__isnull=False, deleted_by__isnull=False),
                name="%(class)s_deleted_at_and_by",
            ),
        )


class SavedView(models.Model):
    """A named choice of filters, order and columns of one list, kept by one person; shared ones are seen by all."""

    ledger = models.SlugField("清单", max_length=40)
    name = models.CharField("名称", max_length=40)
    query = models.CharField("查询串", max_length=2000, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views", verbose_name="所有人"
    )
    shared = models.BooleanField("共享", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "常用视图"
        ordering = ("ledger", "name")
        constraints = (models.UniqueConstraint(fields=("owner", "ledger", "name"), name="saved_view_once"),)

    def __str__(self) -> str:
        return self.name


class ImportRun(models.Model):
    """One uploaded workbook on its way into one list: checked, previewed, applied or given up.

    `staged` and `fault_table` are parquet: every row as compared with the list, every fault. `preview` and `faults`
    hold the first of them for the page (lists.importing.preview). The files go 90 days after the end, the row stays.
    """

    ledger = models.SlugField("清单", max_length=40)
    state = models.CharField("状态", max_length=20, choices=RunState, default=RunState.CHECKING)
    message = models.CharField("说明", max_length=500, blank=True)
    file_name = models.CharField("文件名", max_length=200)
    digest = models.CharField("文件校验值", max_length=64)
    upload = models.FileField("原文件", upload_to="imports/%Y/%m", max_length=200, blank=True)
    staged = models.FileField("待导入数据", upload_to="imports/%Y/%m", max_length=200, blank=True)
    fault_table = models.FileField("问题明细", upload_to="imports/%Y/%m", max_length=200, blank=True)
    unit_name = models.CharField("填报单位", max_length=100, blank=True)
    membership_id = models.PositiveBigIntegerField("任职编号", null=True)
    counts = models.JSONField("计数", default=dict)
    notices = models.JSONField("提示", default=list)
    faults = models.JSONField("问题(前若干条)", default=list)
    preview = models.JSONField("预览(前若干条)", default=dict)
    uploaded_at = models.DateTimeField("上传时间", default=timezone.now)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="import_runs", verbose_name="上传人"
    )
    checked_at = models.DateTimeField("检查时间", null=True)
    finished_at = models.DateTimeField("结束时间", null=True)
    job_id = models.PositiveBigIntegerField("作业编号", null=True)
    compared_at_seq = models.PositiveBigIntegerField("核对时的日志序号", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "导入"
        ordering = ("-pk",)
        indexes = (models.Index(fields=("uploaded_by", "ledger", "digest"), name="import_run_same_file"),)

    def __str__(self) -> str:
        return self.file_name

    def expired(self, now: datetime.datetime) -> bool:
        """True where the preview is too old to be applied: what it compared with may long have changed."""
        return self.checked_at is None or now - self.checked_at > datetime.timedelta(hours=24)
