"""Moves of an application from state to state, as the table of certification.workflow allows them."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.certification.counted import counted_of, freeze
from spectown.certification.facts import fields_of, raw_of, reading_of
from spectown.certification.models import Application
from spectown.certification.services.access import locked, person
from spectown.certification.workflow import WORKFLOW
from spectown.core.certification.validate import unfilled
from spectown.core.workflow import Attempt
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor

STEPS = (
    "state",
    "submitted_at",
    "submitted_by",
    "checked_at",
    "checked_by",
    "returned_at",
    "returned_by",
    "return_reason",
)


def refusals(*, application: Application, move: str, by: Actor, reason: str = "", asking: bool = False) -> list[str]:
    """Why the actor cannot make the move now; empty = can. The page shows the same list beside the button."""
    doers = {"fill": application.changed_by_id, "submit": application.submitted_by_id}
    held = frozenset(str(permission) for permission in by.permissions)
    found = WORKFLOW.refusals(move, application.state, Attempt(held, by.user_id, doers, reason), asking=asking)
    return found + (obstacles(application) if move == "submit" and not found else [])


def obstacles(application: Application) -> list[str]:
    """What keeps an application from being handed in. Missing figures and material do not: the pre-check is advice."""
    faults = reading_of(application).faults
    counted = counted_of([application], timezone.localdate())[application.pk]
    blank = unfilled({**counted.figures, **raw_of(application)}, fields_of(application))
    reasons = [f"{fault.message}。" for fault in faults]
    if blank:
        reasons.append(f"还没有填写:{'、'.join(field.label for field in blank)}。")
    if Application.objects.on_its_way_like(application).exists():
        reasons.append(f"本单位已有一份“{application.town_name}”的申报书在审核或已审核,不要重复提交。")
    return reasons


def submit(*, application: Application, by: Actor) -> Application:
    """提交审核: to the checker of the same unit."""
    return move(application=application, code="submit", by=by)


def check(*, application: Application, by: Actor) -> Application:
    """审核通过: to the office; never by whoever filled in or handed in."""
    return move(application=application, code="check", by=by)


def return_(*, application: Application, reason: str, by: Actor) -> Application:
    """退回补正: back to the filler with a reason; everything filled in stays."""
    return move(application=application, code="return", by=by, reason=reason)


def withdraw(*, application: Application, reason: str, by: Actor) -> Application:
    """撤回: taken out by the county before the check."""
    return move(application=application, code="withdraw", by=by, reason=reason)


def resume(*, application: Application, by: Actor) -> Application:
    """恢复填报: a withdrawn one becomes a draft again."""
    return move(application=application, code="resume", by=by)


def reopen(*, application: Application, reason: str, by: Actor) -> Application:
    """退回县(区)补正: the office sends a checked one back; filling and check start again."""
    return move(application=application, code="reopen", by=by, reason=reason)


@transaction.atomic
def move(*, application: Application, code: str, by: Actor, reason: str = "") -> Application:
    """Make the move of this code; KeyError where the table has none, Refused where it cannot be made now."""
    chosen, reason = WORKFLOW.move(code), reason.strip()
    found = locked(application, by, Permission(chosen.permission))
    reasons = refusals(application=found, move=code, by=by, reason=reason)
    if reasons:
        raise Refused("".join(reasons))
    before = audit.snapshot(found, STEPS)
    found.state = chosen.target
    _stamp(found, code, by, reason)
    found.save(update_fields=STEPS)
    old, new = audit.differences(before, audit.snapshot(found, STEPS))
    if code == "submit":
        new["list_counts"] = freeze(found, timezone.localdate())
    audit.record(by=by, action=f"application.{code}", obj=found, before=old, after=new, reason=reason)
    return found


def _stamp(application: Application, code: str, by: Actor, reason: str) -> None:
    now, user = timezone.now(), person(by)
    if code == "submit":
        application.submitted_at, application.submitted_by = now, user
    elif code == "check":
        application.checked_at, application.checked_by = now, user
    elif code in {"return", "reopen"}:
        application.returned_at, application.returned_by, application.return_reason = now, user, reason
        application.checked_at = application.checked_by = None
