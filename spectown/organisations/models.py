"""Territories, units with dated names, posts with dated incumbents, and memberships of users."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from spectown.accounts.permissions import Role
from spectown.organisations.enums import NameKind, TerritoryKind, UnitKind

if TYPE_CHECKING:
    from spectown.organisations.actors import Actor


def valid_on(day: datetime.date, prefix: str = "") -> Q:
    """Rows whose validity (from, to; open ends are null; `to` included) covers the day."""
    lower = Q(**{f"{prefix}valid_from__isnull": True}) | Q(**{f"{prefix}valid_from__lte": day})
    upper = Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": day})
    return lower & upper


def dates_in_order(name: str) -> models.CheckConstraint:
    """Constraint: a validity does not end before it begins."""
    open_end = Q(valid_from__isnull=True) | Q(valid_to__isnull=True)
    return models.CheckConstraint(condition=open_end | Q(valid_to__gte=F("valid_from")), name=name)


def once_per_start(name: str, fields: tuple[str, ...]) -> tuple[models.UniqueConstraint, models.UniqueConstraint]:
    """Constraints: the fields together occur once per `valid_from`, an open start counting as one value.

    Two constraints, because SQLite has no NULLS NOT DISTINCT.
    """
    return (
        models.UniqueConstraint(fields=(*fields, "valid_from"), name=f"{name}_once"),
        models.UniqueConstraint(fields=fields, condition=Q(valid_from=None), name=f"{name}_once_open"),
    )


class Territory(models.Model):
    """One county, district or development zone, with its place in the schematic grid (示意图)."""

    code = models.CharField("区划代码", max_length=12, unique=True)
    name = models.CharField("名称", max_length=40, unique=True)
    kind = models.CharField("类别", max_length=20, choices=TerritoryKind)
    order = models.PositiveSmallIntegerField("次序", default=0)
    grid_row = models.PositiveSmallIntegerField("示意图行", default=0)
    grid_column = models.PositiveSmallIntegerField("示意图列", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "属地"
        ordering = ("order", "code")

    def __str__(self) -> str:
        return self.name


class UnitQuerySet(models.QuerySet["Unit"]):
    """Which units."""

    def named(self, name: str) -> UnitQuerySet:
        """Units that bear or bore this name."""
        return self.filter(names__name=name).distinct()


class Unit(models.Model):
    """One organisation of the programme; its names stand in UnitName, `name` is the one in use today."""

    code = models.SlugField("代码", max_length=40, unique=True)
    name = models.CharField("现用简称", max_length=60)
    kind = models.CharField("类别", max_length=20, choices=UnitKind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级"
    )
    territory = models.ForeignKey(
        Territory, models.PROTECT, null=True, blank=True, related_name="units", verbose_name="属地"
    )
    members = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="collectives", verbose_name="所含单位"
    )
    order = models.PositiveSmallIntegerField("次序", default=0)
    reviewed = models.BooleanField("已核对", default=False)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "单位"
        ordering = ("order", "code")

    def __str__(self) -> str:
        return self.name

    def name_on(self, day: datetime.date) -> str:
        """Short official name as on a day; today's name where none is recorded for that day."""
        names = [n for n in self.names.all() if n.kind == NameKind.OFFICIAL and n.covers(day)]
        return names[0].name if names else self.name


class UnitName(models.Model):
    """One name that a unit bears or bore, with its validity."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="names", verbose_name="单位")
    name = models.CharField("名称", max_length=80, db_index=True)
    kind = models.CharField("用法", max_length=20, choices=NameKind)
    valid_from = models.DateField("起", null=True, blank=True)
    valid_to = models.DateField("止", null=True, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "单位名称"
        ordering = ("unit", "kind", "valid_from", "pk")
        constraints = (
            *once_per_start("unit_name", ("unit", "name", "kind")),
            dates_in_order("unit_name_dates_in_order"),
        )

    def __str__(self) -> str:
        return self.name

    def covers(self, day: datetime.date) -> bool:
        """True where the name was in use on the day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


class Post(models.Model):
    """One office to which duties attach (职务); people come and go, the post stays."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts", verbose_name="单位")
    title = models.CharField("职务", max_length=80)

    class Meta:
        verbose_name = verbose_name_plural = "职务"
        ordering = ("unit__order", "pk")
        constraints = (models.UniqueConstraint(fields=("unit", "title"), name="post_once_per_unit"),)

    def __str__(self) -> str:
        return self.title

    def incumbent_on(self, day: datetime.date) -> Incumbency | None:
        """Who held the post on a day (of several, the one who came last)."""
        held = [i for i in self.incumbencies.all() if i.covers(day)]
        return max(held, key=lambda i: (i.valid_from or datetime.date.min, i.pk), default=None)


class Incumbency(models.Model):
    """One person in one post for a time (任职)."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="incumbencies", verbose_name="职务")
    person = models.CharField("姓名", max_length=50)
    title = models.CharField("任职时所称职务", max_length=80, blank=True, help_text="如代区长、副局长主持工作")
    valid_from = models.DateField("起", null=True, blank=True)
    valid_to = models.DateField("止", null=True, blank=True)
    document = models.CharField("依据", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "任职"
        ordering = ("post", "valid_from", "pk")
        constraints = (dates_in_order("incumbency_dates_in_order"),)

    def __str__(self) -> str:
        return f"{self.person} {self.title or self.post.title}"

    def covers(self, day: datetime.date) -> bool:
        """True where the person held the post on the day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Which memberships."""

    def valid_on(self, day: datetime.date) -> MembershipQuerySet:
        """In force on the day and not taken back."""
        return self.filter(valid_on(day), revoked_at__isnull=True)

    def not_over(self, day: datetime.date) -> MembershipQuerySet:
        """In force on the day or later, and not taken back."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), revoked_at__isnull=True)

    def visible_to(self, actor: Actor) -> MembershipQuerySet:
        """Own ones; administrators see all."""
        if actor.may("user.view"):
            return self
        return self.none() if actor.user_id is None else self.filter(user_id=actor.user_id)


class Membership(models.Model):
    """One user acting in one role for one unit, for a time."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships", verbose_name="用户")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="memberships", verbose_name="单位")
    role = models.CharField("角色", max_length=20, choices=Role)
    valid_from = models.DateField("起", null=True, blank=True)
    valid_to = models.DateField("止", null=True, blank=True)
    revoked_at = models.DateTimeField("收回时间", null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="收回人",
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "用户角色"
        ordering = ("user", "pk")
        constraints = (
            # A role taken back may be given again.
            models.UniqueConstraint(
                fields=("user", "unit", "role"),
                condition=Q(revoked_at=None, valid_to=None),
                name="membership_open_once",
            ),
            dates_in_order("membership_dates_in_order"),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="membership_revoked_at_and_by",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()}({self.unit})"

    def covers(self, day: datetime.date) -> bool:
        """Whether its dates do, taken back or not."""
        return (self.valid_from or day) <= day <= (self.valid_to or day)

    def in_force(self, day: datetime.date) -> bool:
        """The same as MembershipQuerySet.valid_on, of a row at hand."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to) and self.revoked_at is None
