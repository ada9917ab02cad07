"""Every figure of a town that comes from the list of enterprises: its words, its number, its rows."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import reverse

from spectown.core.enterprises.counts import COOPERATIVE, FACTORS, FARM, LEADING, PARTNERS, TownCounts
from spectown.enterprises.counts import rows_of
from spectown.enterprises.enums import ChainRole, HonourKind, HonourLevel
from spectown.enterprises.models import Enterprise, EnterpriseHonour
from spectown.enterprises.models.enterprise import EnterpriseQuerySet
from spectown.enterprises.models.honour import HonourQuerySet
from spectown.towns.models import Town

Rows = Callable[[int, datetime.date], EnterpriseQuerySet]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure; `kind` and `level`: the honour it counts the holders of."""

    code: str
    label: str
    group: str
    number: Callable[[TownCounts], int]
    rows: Rows
    kind: str = ""
    level: str = ""

    def honours(self, day: datetime.date) -> HonourQuerySet:
        """The honours that make a row count; none where the figure asks for none."""
        if not self.kind:
            return EnterpriseHonour.objects.none()
        valid = EnterpriseHonour.objects.valid_on(day).filter(kind=self.kind)
        return valid.filter(level=self.level) if self.level else valid


def counted_url(town: Town, code: str) -> str:
    """Address of the rows that a figure counts."""
    return reverse("enterprises:counted", args=[town.code, code])


def _of_form(code: str) -> Rows:
    return lambda town, day: rows_of(town, code, day)


def _of_roles(*roles: str) -> Rows:
    return lambda town, day: Enterprise.objects.counting().of_town(town, roles)


def _of_kind(kind: str) -> Rows:
    def rows(town: int, day: datetime.date) -> EnterpriseQuerySet:
        valid = EnterpriseHonour.objects.valid_on(day).filter(kind=kind)
        return Enterprise.objects.counting().of_town(town).filter(pk__in=valid.values("enterprise"))

    return rows


def _chain() -> Iterator[Figure]:
    yield Figure("all", "全部在营", "chain", lambda c: c.total, _of_roles())
    yield Figure("leading_enterprises", "龙头", "chain", lambda c: c.of_roles(LEADING), _of_form("leading_enterprises"))
    yield Figure("chain_partners", "上下游配套", "chain", lambda c: c.of_roles(PARTNERS), _of_form("chain_partners"))
    for role in (ChainRole.UPSTREAM, ChainRole.DOWNSTREAM, ChainRole.PARTNER):
        yield Figure(f"role_{role.value}", str(role.label), "chain", _role(role.value), _of_roles(role.value))
    yield Figure("family_farms", "家庭农场", "chain", lambda c: c.of_roles(PARTNERS, FARM), _of_form("family_farms"))
    yield Figure(
        "cooperatives", "合作社", "chain", lambda c: c.of_roles(PARTNERS, COOPERATIVE), _of_form("cooperatives")
    )
    yield Figure("role_none", "未填链上角色", "chain", lambda c: c.without_role, _of_roles(""))


def _honours() -> Iterator[Figure]:
    for kind in HonourKind:
        yield Figure(
            f"kind_{kind.value}", str(kind.label), "honour", _held(kind.value), _of_kind(kind.value), kind.value
        )


def _factors() -> Iterator[Figure]:
    for code, (kind, level) in FACTORS.items():
        label = f"{HonourLevel(level).label if level else ''}{HonourKind(kind).label}"
        yield Figure(
            f"honour_{code}", label, "factor", _factor(code), _of_form(f"honour_{code}"), kind=kind, level=level
        )


def _role(role: str) -> Callable[[TownCounts], int]:
    return lambda counts: counts.of_roles((role,))


def _held(kind: str) -> Callable[[TownCounts], int]:
    return lambda counts: counts.holders_any.get(kind, 0)


def _factor(code: str) -> Callable[[TownCounts], int]:
    return lambda counts: counts.factor(code) or 0


FIGURES = {figure.code: figure for figure in (*_chain(), *_honours(), *_factors())}
