"""Which works are whose turn, whatever their kind: read off the tables of states, so that a new kind needs nothing."""

from __future__ import annotations

from django.db.models import OuterRef, Q, Subquery

from spectown.accounts.permissions import Permission
from spectown.core.workflow import Move
from spectown.organisations.actors import Actor
from spectown.supervision.models import Step, Work
from spectown.supervision.registry import Kind, kinds

NOTHING = Q(pk__in=())
AS_OWN = frozenset(
    {"raiser", "affected"}
)  # moves of whoever raised it or is affected: the kind shows them only their own
BACK = ("unit_return", "send_back", "back_to_draft", "leader_return", "not_verified", "refuse", "reopen")


def turn_of(actor: Actor) -> Q:
    """Condition on Work: the actor's role may make the next step. Who made an earlier one is the move's business."""
    found = NOTHING
    for kind in kinds():
        found |= Q(kind=kind.code) & (kind.waits(actor) if kind.waits else by_table(kind, actor))
    return Q(ended_on__isnull=True) & found


def by_table(kind: Kind, actor: Actor) -> Q:
    """From the permissions of the moves that go on (not of those that only take something back)."""
    found = NOTHING
    for move in kind.table.moves:
        if actor.may(move.permission) and not move.reason:
            found |= Q(state__in=move.sources) & _whose(move, actor)
    return found


def _whose(move: Move, actor: Actor) -> Q:
    needs = set(move.needs)
    if "own_unit" in needs or move.permission in (Permission.WORK_FILL, Permission.WORK_CHECK):
        return Q(holder=actor.unit_id)
    if needs & AS_OWN:
        return NOTHING if actor.may(Permission.PLAN_MANAGE) else ~Q(holder=actor.unit_id)
    return Q()


def concerning(actor: Actor) -> Q:
    """Works that the actor answers for: of the own unit; office and leading group: all they see."""
    if actor.may(Permission.PLAN_MANAGE) or actor.may(Permission.PLAN_DECIDE):
        return Q()
    return Q(holder=actor.unit_id)


def came_back() -> Q:
    """Works whose last step gave them back."""
    last = Step.objects.filter(work=OuterRef("pk")).order_by("-pk").values("move")[:1]
    return Q(pk__in=Work.objects.filter(ended_on__isnull=True).annotate(last=Subquery(last)).filter(last__in=BACK))
