"""Which measures, and what belongs to them, an actor sees: the one place that decides it for list, page and export."""

from __future__ import annotations

from django.db.models import Q

from spectown.accounts.permissions import Role
from spectown.lists.scope import COUNTY
from spectown.organisations.actors import Actor

WITH_OFFICE = ("draft", "proposed")  # what was not sent out is the office's
NOTHING = Q(pk__in=())


def measures_seen(actor: Actor, prefix: str = "") -> Q | None:
    """Office and leading group all; member units what was sent out; a county and a town what concerns them.

    What names neither territory nor town concerns every county. `prefix`: path from the rows asked for to the measure.
    """
    if actor.role in {Role.OFFICE, Role.LEADER}:
        return Q()
    sent = ~Q(**{f"{prefix}state__in": WITH_OFFICE})
    if actor.role == Role.DEPARTMENT:
        return sent
    if actor.role in COUNTY or actor.role == Role.TOWN:
        return sent & _concerned(actor, prefix)
    return None


def _concerned(actor: Actor, prefix: str) -> Q:
    own = NOTHING  # by joins: the navigation asks on every page
    for path in ("lead", "town__responsible_unit", "town__operator") if actor.unit_id else ():
        own |= Q(**{f"{prefix}{path}": actor.unit_id})
    if actor.role == Role.TOWN:
        return own
    place = Q(**{f"{prefix}territory": actor.territory_id}) if actor.territory_id else NOTHING
    return own | place | Q(**{f"{prefix}territory": None, f"{prefix}town": None})
