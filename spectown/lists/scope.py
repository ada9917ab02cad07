"""Which rows of a list an actor sees and may change. The only place that decides it, for page, file and export."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from spectown.accounts.permissions import Permission, Role
from spectown.lists.declaration import Ledger
from spectown.lists.models import ListRowQuerySet
from spectown.organisations.actors import Actor
from spectown.plans.enums import DutyKind
from spectown.plans.models import Duty
from spectown.towns.models import Town

EVERYTHING = frozenset({Role.OFFICE, Role.LEADER, Role.DEPARTMENT})
COUNTY = frozenset({Role.COUNTY_FILL, Role.COUNTY_CHECK})
LOCAL = COUNTY | {Role.TOWN}  # whose reach depends on the towns of their unit


def visible(ledger: Ledger, actor: Actor, *, deleted: bool = False, towns: list[int] | None = None) -> ListRowQuerySet:
    """Rows the actor may read; `deleted`: the deleted ones instead of the others. `towns`: own_towns, where known."""
    rows: ListRowQuerySet = ledger.model._default_manager.all()
    scope = _reach(ledger, actor, towns) if actor.may(Permission.LIST_VIEW) else None
    if scope is None:
        return rows.none()
    return (rows.deleted() if deleted else rows.alive()).filter(scope)


def visible_in(ledgers: Iterable[Ledger], actor: Actor) -> dict[str, ListRowQuerySet]:
    """Rows that the actor may read in each of these lists, by slug; the own towns are looked up once for all."""
    towns = own_towns(actor) if actor.role in LOCAL else []
    return {ledger.slug: visible(ledger, actor, towns=towns) for ledger in ledgers}


def changeable(ledger: Ledger, actor: Actor, *, deleted: bool = False) -> ListRowQuerySet:
    """Rows the actor may change."""
    rows = visible(ledger, actor, deleted=deleted)
    return rows.filter(ledger.changing) if may_change(ledger, actor) else rows.none()


def may_change(ledger: Ledger, actor: Actor) -> bool:
    """True where the actor maintains rows of the list: a member unit only where it leads a task that the list feeds."""
    if not actor.may(ledger.permission):
        return False
    if ledger.permission != Permission.LIST_CHANGE or actor.role != Role.DEPARTMENT:
        return True
    leads = Duty.objects.filter(kind=DutyKind.LEAD, task__version__is_current=True, unit=actor.unit_id)
    return leads.filter(task__number__in=ledger.tasks).exists()


def concerns(ledger: Ledger, actor: Actor) -> bool:
    """True where the list can have rows that the actor sees: an enterprise is in some lists only."""
    return actor.may(Permission.LIST_VIEW) and (actor.role != Role.ENTERPRISE or bool(ledger.enterprise))


def correctable(ledger: Ledger, actor: Actor) -> ListRowQuerySet:
    """Rows of which an enterprise's own people may correct some columns (Ledger.correctable)."""
    rows = visible(ledger, actor)
    is_open = bool(ledger.correctable) and actor.role == Role.ENTERPRISE and actor.may(Permission.LIST_CORRECT)
    return rows if is_open else rows.none()


def towns_of(actor: Actor) -> QuerySet[Town]:
    """Towns the actor's unit is responsible for or operates."""
    if actor.unit_id is None:
        return Town.objects.none()
    return Town.objects.filter(Q(responsible_unit=actor.unit_id) | Q(operator=actor.unit_id))


def own_towns(actor: Actor) -> list[int]:
    """The same by number."""
    return list(towns_of(actor).values_list("pk", flat=True))


def admits(ledger: Ledger, actor: Actor, values: dict[str, Any]) -> bool:
    """True where the actor may put a row with these stored values (territory_id, town_id) into the list."""
    if not may_change(ledger, actor):
        return False
    if actor.role in EVERYTHING:
        return True
    territory, town, towns = values.get("territory_id"), values.get("town_id"), own_towns(actor)
    if actor.role in COUNTY:  # a town of its own may lie elsewhere (高新区信创 in 潞州区): there, and nowhere else
        lies_there = town in towns and Town.objects.filter(pk=town, territory=territory).exists()
        return territory is not None and (territory == actor.territory_id or lies_there)
    return actor.role == Role.TOWN and town in towns


def _reach(ledger: Ledger, actor: Actor, towns: list[int] | None) -> Q | None:
    """Condition on the rows; None = nothing."""
    if ledger.sees is not None:
        return ledger.sees(actor)
    if actor.role in EVERYTHING:
        return Q()
    if towns is None:
        towns = own_towns(actor) if actor.role in LOCAL else []
    if actor.role in COUNTY:
        place = Q(territory=actor.territory_id) if actor.territory_id else Q(pk__in=())
        return place | Q(town__in=towns) if towns else place
    if actor.role == Role.TOWN:
        return Q(town__in=towns)
    if actor.role == Role.ENTERPRISE and ledger.enterprise and actor.unit_id:
        path = "" if ledger.enterprise == "self" else f"{ledger.enterprise}__"
        return Q(**{f"{path}unit": actor.unit_id})
    return None
