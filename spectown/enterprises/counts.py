"""Counts of towns from the lists, and the rows behind each count (docs/algorithms/enterprises.md)."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from spectown.core.enterprises.counts import COOPERATIVE, FACTORS, FARM, LEADING, PARTNERS, TownCounts
from spectown.enterprises.enums import Status
from spectown.enterprises.models import Enterprise, EnterpriseHonour, TownMembership
from spectown.enterprises.models.enterprise import EnterpriseQuerySet

Tally = dict[int, Counter[Any]]


def counts_of(towns: Collection[int], day: datetime.date) -> Mapping[int, TownCounts]:
    """What the lists say of these towns on a day, in a fixed number of queries."""
    if not towns:
        return {}
    entities, holders, holders_any = _entities(towns), _holders(towns, day, True), _holders(towns, day, False)
    return {
        town: TownCounts(
            entities=dict(entities[town]),
            holders=dict(holders[town]),
            holders_any={kind: number for (kind, _), number in holders_any[town].items()},
        )
        for town in towns
    }


def rows_of(town: int, figure: str, day: datetime.date) -> EnterpriseQuerySet:
    """The enterprises that a figure of TownCounts.figures() counts. Raises KeyError for another figure."""
    rows: EnterpriseQuerySet = Enterprise.objects.counting()
    if figure.startswith("honour_"):
        kind, level = FACTORS[figure.removeprefix("honour_")]
        valid = EnterpriseHonour.objects.valid_on(day).filter(kind=kind, **({"level": level} if level else {}))
        return rows.of_town(town).filter(pk__in=valid.values("enterprise"))
    roles, of_kind = _ROLES[figure]
    found = rows.of_town(town, roles)
    return found.filter(kind=of_kind) if of_kind else found


_ROLES: Mapping[str, tuple[tuple[str, ...], str]] = {
    "leading_enterprises": (LEADING, ""),
    "chain_partners": (PARTNERS, ""),
    "family_farms": (PARTNERS, FARM),
    "cooperatives": (PARTNERS, COOPERATIVE),
}


def _further() -> QuerySet[TownMembership]:
    """Memberships that add a town: of enterprises that count, and not of what is the main town anyway."""
    counting = {"enterprise__deleted_at__isnull": True, "enterprise__status": Status.ACTIVE}
    rows = TownMembership.objects.filter(deleted_at__isnull=True, **counting)
    found: QuerySet[TownMembership] = rows.exclude(enterprise__town=F("town"))
    return found


def _entities(towns: Collection[int]) -> Tally:
    found: Tally = defaultdict(Counter)
    main = Enterprise.objects.counting().filter(town__in=towns).order_by()
    further = _further().filter(town__in=towns).order_by()
    columns = ("town", "chain_role", "kind")
    for town, role, kind, number in main.values_list(*columns).annotate(n=Count("pk")):
        found[town][role, kind] += number
    for town, role, kind, number in further.values_list("town", "chain_role", "enterprise__kind").annotate(
        n=Count("pk")
    ):
        found[town][role, kind] += number
    return found


def _holders(towns: Collection[int], day: datetime.date, by_level: bool) -> Tally:
    """Holders by (kind, level); by (kind, "") where levels do not matter: each enterprise once under each key."""
    found: Tally = defaultdict(Counter)
    level = ("level",) if by_level else ()
    valid = EnterpriseHonour.objects.counting_on(day).order_by()
    main = valid.filter(enterprise__town__in=towns).values_list("enterprise__town", "kind", *level)
    paths = Q(enterprise__town_memberships__in=_further().filter(town__in=towns))
    further = valid.filter(paths).values_list("enterprise__town_memberships__town", "kind", *level)
    for rows in (main, further):
        for town, kind, *rest in rows.annotate(n=Count("enterprise", distinct=True)):
            found[town][kind, rest[0] if by_level else ""] += rest[-1]
    return found
