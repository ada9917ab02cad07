"""The supervision notice as a kind of dated work."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.db.models import OuterRef, Subquery

from spectown.core.supervision.escalation import red_above
from spectown.core.supervision.lights import Facts as LightFacts
from spectown.core.supervision.lights import Milestone
from spectown.core.supervision.notices import NOTICE
from spectown.documents.models import Receipt
from spectown.lib.columnar.reading import key_set
from spectown.supervision.models import Notice, Work
from spectown.supervision.notices.conditions import CONDITIONS
from spectown.supervision.notices.effects import EFFECTS
from spectown.supervision.notices.seeing import sees, waits_for
from spectown.supervision.registry import Kind
from spectown.supervision.settings import settings_of

FIRST = ("issued", "receipted")  # 待签收, 待报整改方案


def enrich(works: Sequence[Work], facts: Mapping[int, LightFacts], on: datetime.date) -> Mapping[int, LightFacts]:
    """Yellow before red: the light follows the way up. What is to be done first, 签收 and the plan, has its day too."""
    days, first = red_above(settings_of(on).reminders["notice"]), _first_steps(works)
    return {pk: replace(each, yellow_days=days, milestones=first.get(pk, ())) for pk, each in facts.items()}


def _first_steps(works: Sequence[Work]) -> dict[int, tuple[Milestone, ...]]:
    """签收 and 报整改方案 of those that wait for them; one query."""
    waiting = {work.pk: work.state for work in works if work.state in FIRST}
    if not waiting:
        return {}
    receipts = Receipt.objects.filter(document=OuterRef("document"), unit=OuterRef("work__holder"))
    rows = Notice.objects.filter(work__in=key_set(waiting)).order_by()
    found = rows.annotate(sign_by=Subquery(receipts.values("deadline")[:1]))
    return {
        pk: tuple(
            Milestone(title, due)
            for title, due, states in (("签收", sign_by, FIRST[:1]), ("报整改方案", plan_by, FIRST))
            if due and waiting[pk] in states
        )
        for pk, sign_by, plan_by in found.values_list("work_id", "sign_by", "plan_due")
    }


NOTICES = Kind(
    code="notice",
    table=NOTICE,
    model=Notice,
    ends=frozenset({"closed", "withdrawn"}),
    sees=sees,
    conditions=CONDITIONS,
    effects=EFFECTS,
    enrich=enrich,
    waits=waits_for,
)
