"""Which measures and reports wait for an actor (registry.Kind.waits): the next step is theirs; drafts do not press."""

from __future__ import annotations

from django.db.models import Q

from spectown.accounts.permissions import Permission
from spectown.organisations.actors import Actor

NOBODY = Q(pk__in=())


def measures_for(actor: Actor) -> Q:
    """Measures to approve, to sign, to answer an objection, to verify."""
    mine = NOBODY
    if actor.may(Permission.PLAN_DECIDE):
        mine |= Q(state="proposed")
    if actor.may(Permission.PLAN_MANAGE):
        mine |= Q(state="objected")
    if actor.may(Permission.WORK_VERIFY):
        mine |= Q(state="reported")
    if actor.may(Permission.WORK_CHECK) and actor.unit_id:
        mine |= Q(state="approved", holder=actor.unit_id)
    return mine


def reports_for(actor: Actor) -> Q:
    """Reports to fill in, to check, to read."""
    mine = NOBODY
    if actor.may(Permission.WORK_FILL) and actor.unit_id:
        mine |= Q(state__in=("draft", "returned"), holder=actor.unit_id)
    if actor.may(Permission.WORK_CHECK) and actor.unit_id:
        mine |= Q(state="checking", holder=actor.unit_id) & ~Q(report__changed_by=actor.user_id)
    if actor.may(Permission.PLAN_MANAGE):
        mine |= Q(state="sent")
    return mine
