"""Where the plan says something new of what the office changed: conflicts, and the office that stays with its own."""

from __future__ import annotations

from django.db import transaction

from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.lib.refusal import Refused
from spectown.monitoring.catalogue import in_force
from spectown.monitoring.drafts import Draft
from spectown.monitoring.enums import DefinitionKind
from spectown.monitoring.models import Definition
from spectown.monitoring.own import at_odds
from spectown.monitoring.services.defining import take_place
from spectown.organisations.actors import Actor


def conflicts() -> list[Definition]:
    """Changes of ours whose code reads otherwise in the plan than when they were made."""
    state = in_force()
    return at_odds(state.own, lambda each: state.plan_entries(each.kind, each.code))


@transaction.atomic
def keep_own(*, kind: DefinitionKind, code: str, by: Actor, reason: str) -> int:
    """What the office wrote stays. Return in how many places; raises Refused."""
    by.require(Permission.INDICATOR_MANAGE)
    if not reason.strip():
        raise Refused("请写明理由。")
    rows = [each for each in conflicts() if (each.kind, each.code) == (kind, code)]
    if not rows:
        raise Refused("这一条与方案没有冲突,可能已经处理。")
    for each in rows:
        made = take_place(Draft(kind, code, each.since, each.data, each.data or {}, "keep"), by, reason)
        audit.record(by=by, action="definition.keep", obj=made, after={"代码": code}, reason=made.reason)
    return len(rows)
