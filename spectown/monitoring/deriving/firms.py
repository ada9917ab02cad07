"""Counts of enterprises: each once in every town it belongs to, in business, with its part in that town."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet

from spectown.core.enterprises.counts import LEADING, PARTNERS
from spectown.enterprises.enums import HonourKind, Status
from spectown.enterprises.models import Enterprise, EnterpriseHonour, TownMembership
from spectown.lib.columnar.reading import key_set
from spectown.monitoring.deriving.found import Found, Span

Condition = Callable[[str], Q]  # on an enterprise, whose fields stand behind a prefix


def entities(span: Span) -> Found:
    """期末正常经营: founded by the last day."""
    return counted(lambda prefix: span.begun(f"{prefix}established"))


def entities_new(span: Span) -> Found:
    """本期成立."""
    return counted(lambda prefix: span.within(f"{prefix}established"))


def leading(span: Span) -> Found:
    """链上角色为龙头, in that town."""
    return counted(lambda prefix: span.begun(f"{prefix}established"), LEADING)


def partners(span: Span) -> Found:
    """上游、下游、配套, in that town."""
    return counted(lambda prefix: span.begun(f"{prefix}established"), PARTNERS)


def above_scale(span: Span) -> Found:
    """规上."""
    return counted(lambda prefix: span.begun(f"{prefix}established") & Q(**{f"{prefix}above_scale": True}))


def holders(kind: HonourKind) -> Callable[[Span], Found]:
    """Holders of a title valid on the last day, of whatever level, each once."""

    def found(span: Span) -> Found:
        valid = EnterpriseHonour.objects.valid_on(span.last).filter(kind=kind)
        return counted(lambda prefix: Q(**{f"{prefix}pk__in": valid.values("enterprise")}))

    return found


def counted(condition: Condition, roles: Sequence[str] = ()) -> Found:
    """How many by town; three queries."""
    part = Q(chain_role__in=roles) if roles else Q()
    main = Enterprise.objects.counting().filter(condition(""), part, town__isnull=False).order_by()
    further = _further(condition, part)
    found = Counter(dict(main.values_list("town").annotate(n=Count("pk"))))
    towns: dict[int, set[int]] = defaultdict(set)
    for enterprise, town in further:
        found[town] += 1
        towns[enterprise].add(town)
    for enterprise, town in main.filter(pk__in=key_set(towns)).values_list("pk", "town"):
        towns[enterprise].add(town)
    shared = Counter(frozenset(each) for each in towns.values() if len(each) > 1)
    return Found({town: Decimal(number) for town, number in found.items()}, shared=shared)


def _further(condition: Condition, part: Q) -> QuerySet[TownMembership, tuple[int, int]]:
    """Enterprise and further town; what is the main town anyway adds nothing."""
    counting = {"enterprise__deleted_at__isnull": True, "enterprise__status": Status.ACTIVE}
    rows = TownMembership.objects.filter(part, condition("enterprise__"), deleted_at__isnull=True, **counting)
    other = Q(enterprise__town__isnull=True) | ~Q(enterprise__town=F("town"))
    return rows.filter(other).order_by().values_list("enterprise", "town")
