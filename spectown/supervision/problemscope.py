"""Which problems an actor sees: the one place that decides it for list, page, file and export."""

from __future__ import annotations

from django.db.models import Q

from spectown.accounts.permissions import Role
from spectown.lists.scope import COUNTY
from spectown.organisations.actors import Actor
from spectown.supervision.models import Problem
from spectown.towns.models import Town


def problems_seen(actor: Actor, prefix: str = "") -> Q | None:
    """Office and leading group all; an enterprise its own; units what they raised, have, help with.

    Who has a common problem sees its members; a county and a town also see what concerns their place. `prefix`: path
    from the rows asked for to the problem. None = nothing.
    """
    if actor.role in {Role.OFFICE, Role.LEADER}:
        return Q()
    if actor.unit_id is None:
        return None
    raised = Q(**{f"{prefix}raiser": actor.unit_id})
    if actor.role == Role.ENTERPRISE:
        return raised | Q(**{f"{prefix}enterprise__unit": actor.unit_id})
    if actor.role == Role.DEPARTMENT:
        return raised | _taken_part(actor, prefix)
    if actor.role in COUNTY:
        return raised | _taken_part(actor, prefix) | _place(actor, prefix) | _towns(actor, prefix)
    return raised | _towns(actor, prefix) if actor.role == Role.TOWN else None


def _taken_part(actor: Actor, prefix: str) -> Q:
    helped = Problem.helpers.through.objects.filter(unit=actor.unit_id).values("problem")
    held = Q(**{f"{prefix}holder": actor.unit_id}) | Q(**{f"{prefix}common__holder": actor.unit_id})
    return held | Q(**{f"{prefix}pk__in": helped})


def _place(actor: Actor, prefix: str) -> Q:
    return Q(**{f"{prefix}territory": actor.territory_id}) if actor.territory_id else Q(pk__in=())


def _towns(actor: Actor, prefix: str) -> Q:
    own = Q(responsible_unit=actor.unit_id) | Q(operator=actor.unit_id)
    return Q(**{f"{prefix}town__in": Town.objects.filter(own).values("pk")})  # in the same query: every page counts
