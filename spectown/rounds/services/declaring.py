"""An expert declares to have no conflict of interest in a case before anything of it is shown, or leaves it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.core.rounds.experts import conflicts
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.rounds.models import Case, Seat
from spectown.rounds.panels import known, ties_of
from spectown.rounds.reading import DECLARED_IN, seats_for
from spectown.rounds.services.moves import locked
from spectown.rounds.services.seating import leave


@transaction.atomic
def declare(*, seat: Seat, by: Actor) -> Seat:
    """Declare that there is no conflict of interest. Raises Refused."""
    found, case = own_seat(seat, by)
    _require_open(case)
    if found.declared_at is not None:
        raise Refused("您已经作出声明。")
    against = conflicts(known(found.expert, case, found), ties_of(case))
    if against:
        raise Refused("".join(against) + "请申报回避。")
    found.declared_at = timezone.now()
    found.save(update_fields=["declared_at"])
    audit.record(by=by, action="case.declare", obj=case, after={"expert": found.expert.user.name})
    return found


@transaction.atomic
def recuse(*, seat: Seat, reason: str, by: Actor) -> Seat:
    """Declare a conflict of interest: the seat is left for good and a reserve follows. Raises Refused."""
    found, case = own_seat(seat, by)
    _require_open(case)
    if found.submitted_at is not None:
        raise Refused("已经提交评分。此后才知道应当回避的,请联系领导小组办公室退回评分后再申报。")
    if not reason.strip():
        raise Refused("请写明回避的原因,如与申报企业有合作、持股或亲属关系。")
    found.conflict = reason.strip()
    told = {"expert": found.expert.user.name}
    audit.record(by=by, action="case.recuse", obj=case, before=told, reason=found.conflict)
    leave(found, case, by)
    return found


def own_seat(seat: Seat, by: Actor) -> tuple[Seat, Case]:
    """The actor's own seat and its case, both locked. Raises Refused."""
    by.require(Permission.CASE_SCORE)
    case = locked(seat.case, by)
    found = Seat.objects.select_for_update(of=("self",)).filter(pk__in=seats_for(by).values("pk"), pk=seat.pk)
    held = found.select_related("expert__user", "expert__county", "version").first()
    if held is None:
        raise Refused("这件不在您的评审名单中。")
    return held, case


def _require_open(case: Case) -> None:
    if case.state not in DECLARED_IN:
        raise Refused(f"本件现在是“{case.get_state_display()}”,不用再声明。")
