"""Which works wait for an actor (registry.Kind.waits): the next step is theirs; drafts do not press."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from spectown.accounts.permissions import Permission
from spectown.organisations.actors import Actor
from spectown.supervision.models import Step

NOBODY = Q(pk__in=())


def measures_for(actor: Actor) -> Q:
    """Measures to approve, to sign, to answer an objection, to change as the leader asked, to verify."""
    mine = NOBODY
    if actor.may(Permission.PLAN_DECIDE):
        mine |= Q(state="proposed")
    if actor.may(Permission.PLAN_MANAGE):
        back = Step.objects.filter(work=OuterRef("pk"), move="leader_return")
        mine |= Q(state="objected") | (Q(state="draft") & Q(Exists(back)))
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


def problems_for(actor: Actor, raiser: str = "problem__raiser") -> Q:
    """Problems to route, to take on or answer, to confirm; not what could only be taken back or joined."""
    mine = NOBODY
    if actor.may(Permission.PLAN_MANAGE):
        mine |= Q(state="raised")
    if actor.may(Permission.WORK_CHECK) and actor.unit_id:
        mine |= Q(state__in=("routed", "accepted"), holder=actor.unit_id)
    if actor.may(Permission.PROBLEM_RAISE) and actor.unit_id:
        mine |= Q(**{"state": "answered", raiser: actor.unit_id})
    return mine
