"""Towns, their aliases and level history."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import OuterRef, Q, Subquery

from spectown.accounts.permissions import Permission, Role
from spectown.organisations.models import Territory, Unit, dates_in_order, valid_on
from spectown.plans.models import PlanVersion
from spectown.towns.enums import PUBLISHED_LEVELS, Level

if TYPE_CHECKING:
    from spectown.organisations.actors import Actor


def _published_on(day: datetime.date) -> Q:
    records = LevelRecord.objects.filter(valid_on(day), level__in=PUBLISHED_LEVELS)
    return Q(pk__in=records.values("town"))


class TownQuerySet(models.QuerySet["Town"]):
    """Which towns."""

    def with_level(self, day: datetime.date) -> TownQuerySet:
        """Annotate `level` (code of the level in force on the day, null if none)."""
        record = LevelRecord.objects.filter(valid_on(day), town=OuterRef("pk")).order_by("-valid_from", "-pk")
        annotation = {"level": Subquery(record.values("level")[:1])}
        return self.annotate(**annotation)

    def published(self, day: datetime.date) -> TownQuerySet:
        """Towns whose title has been made public."""
        return self.with_level(day).filter(_published_on(day))

    def visible_to(self, actor: Actor, day: datetime.date) -> TownQuerySet:
        """Published ones for everybody who may see towns; the rest for the office and those concerned."""
        towns = self.with_level(day)
        if not actor.may(Permission.TOWN_VIEW):
            return towns.none()
        if actor.role in {Role.OFFICE, Role.LEADER}:
            return towns
        own = Q(responsible_unit_id=actor.unit_id) | Q(operator_id=actor.unit_id)
        return towns.filter(_published_on(day) | own)


class Town(models.Model):
    """One 专业镇: an industrial cluster, not an administrative town. Territory and responsible body are two things."""

    code = models.SlugField("代码", max_length=60, unique=True)
    name = models.CharField("名称", max_length=80, unique=True)
    category = models.SlugField("类别", max_length=40, help_text="现行方案类别表中的代码")
    leading_industry = models.CharField("主导产业", max_length=200, blank=True)
    territory = models.ForeignKey(
        Territory, models.PROTECT, null=True, blank=True, related_name="towns", verbose_name="属地"
    )
    responsible_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="towns", verbose_name="责任主体"
    )
    operator = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="operated_towns", verbose_name="运营主体"
    )
    order = models.PositiveSmallIntegerField("次序", default=0)
    is_demo = models.BooleanField("演示", default=False)

    level: str | None  # set by TownQuerySet.with_level

    objects = TownQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "专业镇"
        ordering = ("order", "code")

    def __str__(self) -> str:
        return self.name


class TownAlias(models.Model):
    """Another name under which a town is known or was published."""

    town = models.ForeignKey(Town, models.CASCADE, related_name="aliases", verbose_name="专业镇")
    name = models.CharField("别名", max_length=80)
    valid_from = models.DateField("起", null=True, blank=True)
    valid_to = models.DateField("止", null=True, blank=True)
    source = models.CharField("出处", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "专业镇别名"
        ordering = ("town", "pk")
        constraints = (
            models.UniqueConstraint(fields=("town", "name"), name="town_alias_once"),
            dates_in_order("town_alias_dates_in_order"),
        )

    def __str__(self) -> str:
        return self.name


class LevelRecord(models.Model):
    """One step in the level history of a town, with the document that gave it."""

    town = models.ForeignKey(Town, models.CASCADE, related_name="levels", verbose_name="专业镇")
    level = models.CharField("层级", max_length=20, choices=Level)
    valid_from = models.DateField("起")
    valid_to = models.DateField("止", null=True, blank=True)
    document = models.CharField("依据", max_length=200)
    version = models.ForeignKey(
        PlanVersion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="level_records",
        verbose_name="方案版本",
    )
    clause_ref = models.CharField("条款号", max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "层级记录"
        ordering = ("town", "valid_from", "pk")
        constraints = (
            models.UniqueConstraint(fields=("town", "level", "valid_from"), name="level_record_once"),
            dates_in_order("level_record_dates_in_order"),
        )

    def __str__(self) -> str:
        return f"{self.town} {self.get_level_display()}"
