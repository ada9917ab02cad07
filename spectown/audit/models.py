"""Append-only log of every change, chained by HMAC-SM3."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Rows are written once: bulk changes are refused here, single ones by AppendOnly."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse: the log is append-only."""
        raise TypeError("操作日志只能追加,不能修改。")

    def delete(self) -> NoReturn:
        """Refuse: the log is append-only."""
        raise TypeError("操作日志只能追加,不能删除。")


class AppendOnly(models.Model):
    """A row that is inserted and never touched again."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only."""
        if not self._state.adding:
            raise TypeError("操作日志只能追加,不能修改。")
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: the log is append-only."""
        raise TypeError("操作日志只能追加,不能删除。")


class Event(AppendOnly):
    """One change that somebody (or the system itself) made to one object.

    Actor and object are stored as plain text and numbers, without foreign keys: the log must outlive both.
    """

    seq = models.PositiveBigIntegerField("序号", primary_key=True)
    at = models.DateTimeField("时间")
    actor_id = models.PositiveBigIntegerField("操作人编号", null=True)
    actor_name = models.CharField("操作人", max_length=100)
    actor_unit = models.CharField("单位", max_length=100, blank=True)
    action = models.CharField("动作", max_length=60)
    object_type = models.CharField("对象类型", max_length=60)
    object_id = models.CharField("对象编号", max_length=60)
    object_label = models.CharField("对象", max_length=200)
    before = models.JSONField("改前", default=dict)
    after = models.JSONField("改后", default=dict)
    reason = models.TextField("理由", blank=True)
    address = models.CharField("来源地址", max_length=60, blank=True)
    key_id = models.CharField("密钥指纹", max_length=16)
    previous = models.CharField("上一条校验值", max_length=64)
    digest = models.CharField("校验值", max_length=64, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "操作日志"
        ordering = ("-seq",)
        indexes = (
            models.Index(fields=("object_type", "object_id", "-seq"), name="event_by_object"),
            models.Index(fields=("actor_id", "-seq"), name="event_by_actor"),
            models.Index(fields=("action", "-seq"), name="event_by_action"),
            models.Index(fields=("at",), name="event_by_time"),
        )

    def __str__(self) -> str:
        return f"{self.seq} {self.action} {self.object_label}"


class Part(AppendOnly):
    """Some of the rows that one bulk event changed (audit.blocks): the text that the event seals, compressed.

    Sorted by object, so that `first_id` to `last_id` says where an object's own rows can stand.
    """

    seq = models.PositiveBigIntegerField("所属事件")
    object_type = models.CharField("对象类型", max_length=60)
    first_id = models.PositiveBigIntegerField("最小对象编号")
    last_id = models.PositiveBigIntegerField("最大对象编号")
    rows = models.PositiveIntegerField("行数")
    data = models.BinaryField("明细")

    class Meta:
        verbose_name = verbose_name_plural = "逐行明细"
        ordering = ("pk",)
        indexes = (
            models.Index(fields=("seq",), name="part_by_event"),
            models.Index(fields=("object_type", "first_id", "last_id"), name="part_by_object"),
        )

    def __str__(self) -> str:
        return f"{self.seq} {self.rows} 行"


class ChainHead(models.Model):
    """The one row that knows the last event: locked while the next is written, so the chain never forks."""

    seq = models.PositiveBigIntegerField("最后序号")
    digest = models.CharField("最后校验值", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "日志链头"
        constraints = (models.CheckConstraint(condition=models.Q(pk=1), name="chain_head_is_one_row"),)

    def __str__(self) -> str:
        return f"{self.seq} {self.digest}"
