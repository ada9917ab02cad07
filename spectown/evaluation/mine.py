"""Evaluations and drafts of schemes in which it is the actor's turn."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from spectown.accounts.permissions import Permission
from spectown.core.evaluation.lifecycle import EVALUATION
from spectown.evaluation.models import Confirmation, Evaluation, Participant, Reply, Scheme
from spectown.organisations.actors import Actor


def waiting_for(actor: Actor) -> QuerySet[Evaluation]:
    """Leaders: those to be decided and signed. The office: those that a move of its leads on, but while counties look
    only where an objection waits. Counties: those in reply in which their unit has not said anything yet."""
    if actor.may(Permission.EVALUATION_DECIDE):
        return Evaluation.objects.filter(state="final")
    sent = Reply.objects.filter(value__participant__snapshot__evaluation=OuterRef("pk"), state="sent")
    if actor.may(Permission.EVALUATION_MANAGE):
        own = {s for m in EVALUATION.moves if m.permission == Permission.EVALUATION_MANAGE for s in m.sources}
        rows = Evaluation.objects.filter(state__in=own)
        return rows.exclude(state="replies") | rows.filter(Exists(sent), state="replies")
    if not (actor.may(Permission.EVALUATION_SEND) or actor.may(Permission.EVALUATION_REPLY)) or actor.unit_id is None:
        return Evaluation.objects.none()
    towns = Participant.objects.filter(snapshot__evaluation=OuterRef("pk"), unit=actor.unit_id)
    said = Confirmation.objects.filter(snapshot__evaluation=OuterRef("pk"), round=OuterRef("round"), unit=actor.unit_id)
    return Evaluation.objects.filter(Exists(towns), ~Exists(said), state="replies")


def schemes_waiting_for(actor: Actor) -> QuerySet[Scheme]:
    """Leaders: drafts to approve. The office: those that it is still writing."""
    turn = {Permission.EVALUATION_DECIDE: "sent", Permission.EVALUATION_MANAGE: "draft"}
    mine = [state for permission, state in turn.items() if actor.may(permission)]
    return Scheme.objects.filter(state__in=mine) if mine else Scheme.objects.none()
