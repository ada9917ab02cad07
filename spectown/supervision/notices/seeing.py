"""Who sees which notices: the office all, leaders what reached them, unit and affected one what was issued."""

from __future__ import annotations

from django.db.models import Q

from spectown.accounts.permissions import Permission, Role
from spectown.organisations.actors import Actor

WITH_UNIT = ("issued", "receipted", "rectifying")


def sees(actor: Actor) -> Q:
    """Condition on Work."""
    if actor.role == Role.OFFICE:
        return Q()
    if actor.role == Role.LEADER:
        return Q(notice__issued_on__isnull=False) | Q(state="checked")
    if actor.unit_id is None or not any(actor.may(p) for p in (Permission.WORK_CHECK, Permission.PROBLEM_RAISE)):
        return Q(pk__in=())
    own = Q(holder=actor.unit_id) | Q(notice__affected=actor.unit_id)
    return own & Q(notice__issued_on__isnull=False)


def waits_for(actor: Actor) -> Q:
    """Condition on Work: the next step of the notice is the actor's."""
    mine = Q(pk__in=())
    if actor.may(Permission.PLAN_MANAGE):
        mine |= Q(state="draft", notice__made_by=actor.user_id) | Q(state__in=("checking", "reported"))
    if actor.may(Permission.PLAN_DECIDE):
        mine |= Q(state="checked")
    if actor.may(Permission.WORK_CHECK):
        mine |= Q(state__in=WITH_UNIT, holder=actor.unit_id)
    elif actor.may(Permission.WORK_FILL):
        mine |= Q(state__in=WITH_UNIT[1:], holder=actor.unit_id)
    if actor.may(Permission.PROBLEM_RAISE):
        mine |= Q(state="verified", notice__affected=actor.unit_id)
    return Q(kind="notice") & mine
