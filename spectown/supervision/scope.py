"""Which measures, and what belongs to them, an actor sees: the one place that decides it for list, page and export."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from spectown.accounts.permissions import Role
from spectown.lists.scope import COUNTY
from spectown.organisations.actors import Actor
from spectown.supervision.models import Measure
from spectown.towns.models import Town

WITH_OFFICE = ("draft", "proposed")  # what was not sent out is the office's
NOTHING = Q(pk__in=())


def measures_seen(actor: Actor, prefix: str = "") -> Q | None:
    """Office and leading group all; member units what was sent out; a county and a town what concerns them.

    Concerned: who leads or takes part, each county and town that is named, the county in which a named town lies.
    What names none concerns every county. `prefix`: path from the rows asked for to the measure.
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
    own = NOTHING
    if actor.unit_id:
        towns = Town.objects.filter(Q(responsible_unit=actor.unit_id) | Q(operator=actor.unit_id))
        own = Q(**{f"{prefix}lead": actor.unit_id})
        own |= _naming("helpers", prefix, unit=actor.unit_id) | _naming("of_towns", prefix, town__in=towns.values("pk"))
    if actor.role == Role.TOWN:
        return own
    everywhere = Q(**{f"{prefix}counties": "", f"{prefix}towns": ""})
    return own | everywhere | (in_county(actor.territory_id, prefix) if actor.territory_id else NOTHING)


def in_county(territory: int, prefix: str = "") -> Q:
    """Measures that name the county, or a town that lies in it."""
    there = Town.objects.filter(territory=territory).values("pk")
    return _naming("of_counties", prefix, territory=territory) | _naming("of_towns", prefix, town__in=there)


def at_town(town: int) -> Q:
    """Measures that name the town."""
    return _naming("of_towns", "", town=town)


def _naming(many: str, prefix: str, **which: Any) -> Q:
    """In the same query, without joins that would double rows: the navigation asks on every page."""
    return Q(**{f"{prefix}pk__in": getattr(Measure, many).through.objects.filter(**which).values("measure")})
