"""Extensions (延期): asked for before the deadline, decided by somebody else. Pauses (暂停) by the office."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.core.supervision.deadlines import asking_refusals
from spectown.core.supervision.measures import EXTENSION
from spectown.core.workflow import Attempt
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.supervision.conditions import own_unit
from spectown.supervision.datekeeping import keep_dates
from spectown.supervision.facts import Facts
from spectown.supervision.lighting import relight
from spectown.supervision.models import Extension, Pause, Work
from spectown.supervision.services.moves import locked
from spectown.supervision.settings import settings_of
from spectown.supervision.terms import put_deadline, term_of

NOT_RUNNING = "这件工作现在没有计时(未开始、已暂停或已办结),不能办理。"


@transaction.atomic
def ask_extension(*, work: Work, new: datetime.date, reason: str, by: Actor) -> Extension:
    """The unit asks for a later deadline. Raises Refused with everything that stands against it."""
    by.require(Permission.WORK_CHECK)
    facts = Facts(locked(work, by), by)
    found, old = [*own_unit(facts), *asking_faults(facts, new, reason)], facts.work.deadline
    if found or old is None:
        raise Refused("".join(found) or NOT_RUNNING)
    made = Extension(work=facts.work, old=old, new=new, reason=reason.strip(), asked_on=facts.on)
    made.asked_by_id = by.person
    made.save()
    audit.record(by=by, action="extension.ask", obj=made, after={"old": made.old, "new": new}, reason=made.reason)
    return made


def asking_faults(facts: Facts, new: datetime.date, reason: str) -> list[str]:
    """Why an extension to a day cannot be asked for."""
    if not facts.work.runs or facts.term is None:
        return [NOT_RUNNING]
    found = asking_refusals(facts.term, new, facts.calendar, facts.on)
    return found if reason.strip() else [*found, "请写明延期理由。"]


def decision_refusals(
    facts: Facts, extension: Extension, code: str, reason: str = "", *, asking: bool = False
) -> list[str]:
    """Why the person cannot decide (grant, refuse) or withdraw the extension; empty = can."""
    held = frozenset(str(permission) for permission in facts.by.permissions)
    doers = {"ask": extension.asked_by_id}
    attempt = Attempt(held, facts.by.user_id, doers, reason, {"own_unit": own_unit(facts)})
    found = EXTENSION.refusals(code, extension.state, attempt, asking=asking)
    return found if facts.work.runs or code != "grant" else [*found, NOT_RUNNING]


@transaction.atomic
def decide_extension(*, extension: Extension, code: str, by: Actor, reason: str = "") -> Extension:
    """Grant, refuse or withdraw. Raises Refused."""
    facts = Facts(locked(extension.work, by), by)
    found = Extension.objects.select_for_update(of=("self",)).select_related("decided_by").get(pk=extension.pk)
    reasons = decision_refusals(facts, found, code, reason)
    if reasons:
        who = f"{found.decided_by.name}已答复“{found.get_state_display()}”。" if found.decided_by else ""
        raise Refused("".join([who, *reasons]))
    found.state, found.answer = EXTENSION.move(code).target, reason.strip()
    found.decided_on, found.decided_at, found.decided_by_id = facts.on, timezone.now(), by.person
    found.save()
    _settle(facts)
    _record_decision(found, code, by)
    return found


def _record_decision(found: Extension, code: str, by: Actor) -> None:
    after = {"state": found.state, "new": found.new}
    audit.record(
        by=by, action=f"extension.{code}", obj=found, before={"state": "asked"}, after=after, reason=found.answer
    )


@transaction.atomic
def pause(*, work: Work, reason: str, by: Actor) -> Pause:
    """The clock stands from today on. Raises Refused."""
    by.require(Permission.PLAN_MANAGE)
    facts = Facts(locked(work, by), by)
    if not facts.work.runs:
        raise Refused(NOT_RUNNING)
    if not reason.strip():
        raise Refused("请写明暂停理由。")
    made = Pause.objects.create(work=facts.work, since=facts.on, reason=reason.strip(), made_by_id=by.person)
    facts.work.paused_on = facts.on
    _settle(facts)
    audit.record(by=by, action="work.pause", obj=facts.work, after={"paused_on": facts.on}, reason=made.reason)
    return made


@transaction.atomic
def resume(*, work: Work, by: Actor) -> Pause:
    """The clock runs again; the days that it stood are added after the deadline. Raises Refused."""
    by.require(Permission.PLAN_MANAGE)
    facts = Facts(locked(work, by), by)
    found = facts.work.pauses.select_for_update().filter(until__isnull=True).first()
    if found is None:
        raise Refused("这件工作没有暂停。")
    found.until, found.lifted_at, found.lifted_by_id = facts.on, timezone.now(), by.person
    found.save()
    before, facts.work.paused_on = facts.work.deadline, None
    if facts.kind.given and facts.work.anchored_on:
        facts.work.anchored_on += found.until - found.since
    _settle(facts)
    told = {"deadline": facts.work.deadline}
    audit.record(by=by, action="work.resume", obj=facts.work, before={"deadline": before}, after=told)
    return found


def _settle(facts: Facts) -> None:
    """Deadline, anchor and light after something moved them."""
    put_deadline(facts.work, term_of(facts.work), facts.calendar, facts.on)
    facts.work.save()
    keep_dates([facts.work])
    relight([facts.work], settings_of(facts.on), facts.calendar, facts.on)
