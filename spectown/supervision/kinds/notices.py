"""The supervision notice as a kind of dated work."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace

from spectown.core.supervision.escalation import red_above
from spectown.core.supervision.lights import Facts as LightFacts
from spectown.core.supervision.notices import NOTICE
from spectown.supervision.models import Notice, Work
from spectown.supervision.notices.conditions import CONDITIONS
from spectown.supervision.notices.effects import EFFECTS
from spectown.supervision.notices.seeing import sees, waits_for
from spectown.supervision.registry import Kind
from spectown.supervision.settings import settings_of


def enrich(works: Sequence[Work], facts: Mapping[int, LightFacts], on: datetime.date) -> Mapping[int, LightFacts]:
    """Yellow before red: the light follows the way up."""
    days = red_above(settings_of(on).reminders["notice"])
    return {pk: replace(each, yellow_days=days) for pk, each in facts.items()}


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
