"""Decisions about critical towns: by a named person, with reasons, before the sign-off."""

from __future__ import annotations

from django.db import transaction

from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.core.evaluation.consequences import LABELS
from spectown.evaluation.models import Decision, Evaluation, Participant
from spectown.evaluation.standing import calls_of, result_row
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor


@transaction.atomic
def decide(*, evaluation: Evaluation, town: str, line: str, applies: bool, reason: str, by: Actor) -> Decision:
    """Decide whether a line applies to a critical town; a later decision takes the place of an earlier one."""
    by.require(Permission.EVALUATION_DECIDE)
    found = Evaluation.objects.select_for_update().get(pk=evaluation.pk)
    result = result_row(found, "final")
    if found.state != "final" or result is None:
        raise Refused(f"评估{found.state_label},只有定稿待审定时才能决定临界事项。")
    if not any(call.critical and (call.town, call.line) == (town, line) for call in calls_of(result)):
        raise Refused("这个镇不在临界区间,不需要决定。")
    if not reason.strip():
        raise Refused("请写明决定的理由。")
    participant = Participant.objects.get(snapshot=result.snapshot_id, name=town)
    made = Decision.objects.create(
        result=result,
        participant=participant,
        line=line,
        applies=applies,
        reason=reason.strip(),
        person=by.name[:60],
        made_by_id=by.person,
    )
    after = {"town": town, "line": LABELS[line], "applies": applies}
    audit.record(by=by, action="evaluation.decide", obj=made, after=after, reason=reason)
    return made
