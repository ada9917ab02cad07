"""Values: one row a cell as it stands, one a version for ever, files that prove them, sums kept for the pivot."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from spectown.core.monitoring.course import counted
from spectown.core.monitoring.values import MISSING, NOT_APPLICABLE, Value, ValueKind, figure
from spectown.core.periods import Period, of_ordinal
from spectown.lib.paired import paired
from spectown.lib.proofs.models import RemovableFile
from spectown.monitoring.enums import CELL_STATES, Held, Origin
from spectown.monitoring.models.definitions import Indicator
from spectown.monitoring.models.sheets import Sheet
from spectown.towns.models import Town


def _figure(label: str) -> models.DecimalField[Any, Any]:
    return models.DecimalField(label, max_digits=20, decimal_places=4, null=True, blank=True)


FIGURE_OR_NONE = Q(kind=Held.NUMBER, number__isnull=False) | (~Q(kind=Held.NUMBER) & Q(number__isnull=True))


class Cell(models.Model):
    """The value of one indicator of one town for one period, as it stands: reported, and certified where it was.

    `sheet` is empty for what is derived or computed. The certified value counts where the bureau gave another.
    """

    town = models.ForeignKey(Town, models.PROTECT, related_name="+", verbose_name="专业镇", db_index=False)
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="cells", verbose_name="指标", db_index=False)
    ordinal = models.PositiveIntegerField("期")
    sheet = models.ForeignKey(Sheet, models.PROTECT, null=True, blank=True, related_name="cells", verbose_name="报表")
    kind = models.PositiveSmallIntegerField("填报内容", choices=Held, default=Held.MISSING)
    number = _figure("填报数")
    text = models.CharField("文字", max_length=500, blank=True)
    comment = models.CharField("说明", max_length=300, blank=True)
    state = models.CharField("核定", max_length=12, choices=CELL_STATES, default="reported")
    certified_kind = models.PositiveSmallIntegerField("核定内容", choices=Held, null=True, blank=True)
    certified = _figure("核定数")
    origin = models.CharField("来源", max_length=8, choices=Origin, default=Origin.GRID)
    revision = models.PositiveIntegerField("版次", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "数值"
        ordering = ("town", "indicator", "ordinal")
        indexes = (models.Index(fields=("indicator", "ordinal"), name="cell_by_indicator"),)
        constraints = (
            models.UniqueConstraint(fields=("town", "indicator", "ordinal"), name="cell_once"),
            models.CheckConstraint(condition=FIGURE_OR_NONE, name="cell_number_where_figure"),
            models.CheckConstraint(
                condition=Q(certified_kind__isnull=True, certified__isnull=True)
                | Q(certified_kind=Held.NUMBER, certified__isnull=False)
                | Q(certified_kind=Held.NOT_APPLICABLE, certified__isnull=True),
                name="cell_certified_where_figure",
            ),
        )

    def __str__(self) -> str:
        return f"{self.indicator} {self.counts.shown}"

    @property
    def period(self) -> Period:
        """For the core."""
        return of_ordinal(self.ordinal)

    @property
    def reported(self) -> Value:
        """What the town reported."""
        return value_of(self.kind, self.number, self.text)

    @property
    def settled(self) -> Value | None:
        """What the bureau gave instead, None where it gave none."""
        return None if self.certified_kind is None else value_of(self.certified_kind, self.certified)

    @property
    def counts(self) -> Value:
        """The value that counts."""
        return counted(self.reported, self.settled)


def value_of(kind: int, number: object, text: str = "") -> Value:
    """The core's value of what a row holds."""
    if kind == Held.NUMBER:
        return figure(str(number))
    if kind == Held.TEXT:
        return Value(ValueKind.TEXT, text=text)
    return NOT_APPLICABLE if kind == Held.NOT_APPLICABLE else MISSING


class CellVersion(models.Model):
    """What stood in a cell from a time on, who put it there and why; never changed."""

    cell = models.ForeignKey(Cell, models.PROTECT, related_name="versions", verbose_name="数值")
    revision = models.PositiveIntegerField("版次")
    kind = models.PositiveSmallIntegerField("内容", choices=Held)
    number = _figure("数")
    text = models.CharField("文字", max_length=500, blank=True)
    comment = models.CharField("说明", max_length=300, blank=True)
    state = models.CharField("核定", max_length=12, choices=CELL_STATES)
    origin = models.CharField("来源", max_length=8, choices=Origin)
    reason = models.CharField("理由", max_length=300, blank=True)
    at = models.DateTimeField("时间", auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="经手人"
    )
    unit_name = models.CharField("经手人单位", max_length=100, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "数值历次内容"
        ordering = ("cell", "revision")
        constraints = (
            models.UniqueConstraint(fields=("cell", "revision"), name="cell_version_once"),
            models.CheckConstraint(condition=FIGURE_OR_NONE, name="cell_version_number_where_figure"),
        )

    def __str__(self) -> str:
        return f"{self.cell} 第 {self.revision} 版"

    @property
    def value(self) -> Value:
        """For the core."""
        return value_of(self.kind, self.number, self.text)


class CellFile(RemovableFile):
    """One file that proves a value; a removed one stays on record."""

    cell = models.ForeignKey(Cell, models.PROTECT, related_name="files", verbose_name="数值")

    class Meta:
        verbose_name = verbose_name_plural = "数值证明材料"
        ordering = ("cell", "pk")
        constraints = (paired("removed", "cell_file"),)

    def __str__(self) -> str:
        return self.name
