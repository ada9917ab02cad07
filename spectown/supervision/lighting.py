"""Lights of works by the rules of core.supervision.lights, kept with the work; each change is written down."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from spectown.core.lights import Level, Light, overall
from spectown.core.supervision.lights import Facts, lights
from spectown.core.supervision.settings import Settings
from spectown.core.workdays import Calendar
from spectown.supervision.models import LightChange, Work
from spectown.supervision.registry import kinds
from spectown.supervision.terms import terms_of

FIELDS = ("light", "light_rule", "light_why", "light_on")
LONGEST = 300
OFF = Light("", Level.NONE, "", "")


def light_facts(works: Sequence[Work], on: datetime.date) -> dict[int, Facts]:
    """What the lights need of each work with a deadline; a fixed number of queries however many works."""
    terms = terms_of(works)
    found: dict[int, Facts] = {}
    for kind in kinds():
        own = [work for work in works if work.kind == kind.code and work.pk in terms]
        plain = {work.pk: Facts(work.started_on or on, terms[work.pk], percent=work.percent) for work in own}
        found.update(kind.enrich(own, plain, on) if kind.enrich and own else plain)
    return found


def all_lights(
    works: Sequence[Work], settings: Settings, calendar: Calendar, on: datetime.date
) -> dict[int, tuple[Light, ...]]:
    """All lights of each work; none for one that does not run (but a pause says so)."""
    asked = [work for work in works if work.ended_on is None and work.anchored_on is not None]
    return {pk: lights(facts, settings, calendar, on) for pk, facts in light_facts(asked, on).items()}


def relight(works: Sequence[Work], settings: Settings, calendar: Calendar, on: datetime.date) -> list[Work]:
    """Work out the lights of a day and keep those that changed. Return the works whose light or reason changed.

    Derived from what the log has anyway: no event.
    """
    found = all_lights(works, settings, calendar, on)
    history: list[LightChange] = []
    changed = [work for work in works if _put(work, overall(found.get(work.pk, (OFF,))), on, history)]
    Work.objects.bulk_update(changed, FIELDS, batch_size=500)
    LightChange.objects.bulk_create(history, batch_size=500)
    return changed


def _put(work: Work, light: Light, on: datetime.date, history: list[LightChange]) -> bool:
    """Write a light into the work; what changed but the wording goes into the history."""
    why = light.reason[:LONGEST]
    kept = (work.light, work.light_rule)
    if (*kept, work.light_why) == (light.level, light.rule, why):
        return False
    work.light, work.light_rule, work.light_why, work.light_on = light.level, light.rule, why, on
    if kept != (light.level, light.rule):
        history.append(LightChange(work=work, on=on, light=light.level, rule=light.rule, why=why))
    return True
