"""Open work of a unit that was merged, dissolved or relieved of it goes to another unit, all of it at once."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.organisations.enums import UnitKind
from spectown.organisations.models import Unit
from spectown.supervision.models import Measure, Problem, Work


@transaction.atomic
def hand_over(*, source: Unit, target: Unit, reason: str, by: Actor) -> int:
    """Give everything open of a unit to another; states, deadlines and what was done stay. Raises Refused.

    What has come to an end stays with whoever did it. A unit that only changes its name needs nothing: its work is
    the unit's, not the name's.
    """
    by.require(Permission.PLAN_MANAGE)
    if source.pk == target.pk or target.kind == UnitKind.COLLECTIVE:
        raise Refused("请选择另一个承办单位;一类单位(如 各县(区)政府)不能承办。")
    if not reason.strip():
        raise Refused("请写明转交的理由,如 机构改革文件的文号。")
    works = list(Work.objects.select_for_update().filter(holder=source, ended_on__isnull=True).order_by("pk"))
    if not works:
        raise Refused(f"{source}没有未办结的事项。")
    pks = [work.pk for work in works]
    Work.objects.filter(pk__in=pks).update(holder=target)
    Measure.objects.filter(work__in=pks).update(lead=target, version=F("version") + 1)
    Problem.objects.filter(work__in=pks).update(holder=target, version=F("version") + 1)
    for work in works:
        told = {"before": {"holder": str(source)}, "after": {"holder": str(target)}}
        audit.record(by=by, action="work.hand_over", obj=work, reason=reason.strip(), **told)
    return len(works)
