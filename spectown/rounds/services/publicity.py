"""A publicity (公示) of approved cases: made and opened in one step, or not at all."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.core.rounds.publicity import publicity
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.plans.calendar import stored_calendar
from spectown.rounds.models import Case, Publicity, PublicityEntry, Round
from spectown.rounds.services import moves
from spectown.rounds.services.rounds import current_rules


def last_day(round_: Round, on: datetime.date) -> datetime.date | None:
    """Until when a publicity opened on a day would run; None where the round has none."""
    days = current_rules(round_).rules.publicity_days
    return publicity(on, days, stored_calendar()).last if days else None


@transaction.atomic
def open_(*, round_: Round, cases: Sequence[Case], title: str, contact: str, by: Actor) -> Publicity:
    """Put up the cases in exactly the versions that were decided. Raises Refused; then nothing is put up."""
    by.require(Permission.PUBLICITY_MANAGE)
    today = timezone.localdate()
    until = last_day(round_, today)
    if until is None:
        raise Refused("本批次的规则没有公示期,不能公示。")
    if not title.strip() or not contact.strip():
        raise Refused("请填写公示标题和受理异议的方式(单位、电话、地址)。")
    if not cases:
        raise Refused("请勾选要公示的专业镇。")
    made = Publicity.objects.create(
        round=round_,
        title=title.strip(),
        starts=today,
        ends=until,
        days=current_rules(round_).rules.publicity_days,
        contact=contact.strip(),
        made_by_id=by.person,
    )
    for case in cases:
        _enter(made, case, by)
    names = [str(case.application) for case in cases]
    audit.record(by=by, action="publicity.open", obj=made, after={"until": until, "towns": names})
    return made


def _enter(made: Publicity, case: Case, by: Actor) -> None:
    decision = case.decisions.order_by("pk").last()
    if case.round_id != made.round_id or decision is None:
        raise Refused(f"{case.application}不在本批次同意认定的名单中。")
    PublicityEntry.objects.create(publicity=made, case=case, version_id=decision.version_id)
    moves.move(case=case, code="publish", by=by)
