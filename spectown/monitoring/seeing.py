"""Which sheets and values an actor sees."""

from __future__ import annotations

from django.db.models import Q

from spectown.accounts.permissions import Permission, Role
from spectown.monitoring.models import Sheet
from spectown.organisations.actors import Actor

NOTHING = Q(pk__in=())


def towns_of(actor: Actor, prefix: str = "") -> Q:
    """Condition on Town (behind `prefix`): towns that the actor's unit answers for or runs, or lie in its territory."""
    own = Q(**{f"{prefix}responsible_unit": actor.unit_id}) | Q(**{f"{prefix}operator": actor.unit_id})
    if actor.role in (Role.COUNTY_FILL, Role.COUNTY_CHECK) and actor.territory_id is not None:
        own |= Q(**{f"{prefix}territory": actor.territory_id})
    return own


def seen(actor: Actor, prefix: str = "") -> Q:
    """Condition on a row with a town: office, leading group and bureaus see all, counties and towns their own."""
    if not actor.may(Permission.SHEET_VIEW):
        return NOTHING
    if actor.role in (Role.OFFICE, Role.LEADER, Role.DEPARTMENT):
        return Q()
    return NOTHING if actor.unit_id is None else towns_of(actor, f"{prefix}town__")


def is_own(actor: Actor, sheet: Sheet) -> bool:
    """True where the actor's unit fills in a sheet: the county that holds it, who answers for the town or runs it."""
    own = {sheet.work.holder_id, sheet.town.responsible_unit_id, sheet.town.operator_id}
    return actor.unit_id is not None and actor.unit_id in own


def sees_all(by: Actor) -> bool:
    """True where the sums of all towns may be shown."""
    return by.role in (Role.OFFICE, Role.LEADER, Role.DEPARTMENT)
