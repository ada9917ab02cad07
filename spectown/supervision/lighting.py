"""Lights of works by the rules of core.supervision.lights, kept with the work; each change is written down."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

import polars as pl
from django.db import transaction
from django.db.models import Max, Q

from spectown.core.lights import Level, Light
from spectown.core.supervision.board import Board
from spectown.core.supervision.deadlines import Term
from spectown.core.supervision.lights import HANDED, Facts, handed, lights
from spectown.core.supervision.settings import Settings
from spectown.core.workdays import Calendar
from spectown.lib.columnar.reading import key_set
from spectown.lib.columnar.writing import insert, update
from spectown.supervision.models import LightChange, Step, Work
from spectown.supervision.registry import kinds
from spectown.supervision.terms import terms_of

FIELDS = ("light", "light_rule", "light_why", "light_on")
TYPES = {"id": pl.Int64, "light": pl.String, "light_rule": pl.String, "light_why": pl.String, "light_on": pl.Date}
LONGEST, FEW = 300, 100
OFF = Light("", Level.NONE, "", "")
WAITING = {("measure", "reported"), ("notice", "reported"), ("notice", "verified")}  # the result lies with others


def light_facts(works: Sequence[Work], on: datetime.date, terms: Mapping[int, Term] | None = None) -> dict[int, Facts]:
    """What the lights need of each work with a deadline; a fixed number of queries however many works."""
    terms = terms_of(works) if terms is None else terms
    found: dict[int, Facts] = {}
    for kind in kinds():
        own = [work for work in works if work.kind == kind.code and work.pk in terms]
        plain = {work.pk: Facts(work.started_on or on, terms[work.pk], percent=work.percent) for work in own}
        found.update(kind.enrich(own, plain, on) if kind.enrich and own else plain)
    return found


def all_lights(
    works: Sequence[Work],
    settings: Settings,
    calendar: Calendar,
    on: datetime.date,
) -> dict[int, tuple[Light, ...]]:
    """All lights of each work; none for one that does not run (but a pause says so)."""
    asked = [work for work in works if work.ended_on is None and work.anchored_on is not None]
    return {pk: lights(facts, settings, calendar, on) for pk, facts in light_facts(asked, on).items()}


def relight(
    works: Sequence[Work],
    settings: Settings,
    calendar: Calendar,
    on: datetime.date,
) -> list[Work]:
    """Work out the lights of a day and keep those that changed. Return the works whose light or reason changed.

    Derived from what the log has anyway: no event.
    """
    return relight_by(Board(settings, calendar, on), works, terms_of(works))


def relight_by(board: Board, works: Sequence[Work], terms: Mapping[int, Term]) -> list[Work]:
    """The same for one of many blocks of a day: the board keeps what they share, the caller has the terms already."""
    asked = [work for work in works if work.ended_on is None and work.anchored_on is not None]
    found = {pk: board.worst(facts) for pk, facts in light_facts(asked, board.on, terms).items()}
    history: list[LightChange] = []
    changed = [
        work for work in works if _put(work, found.get(work.pk) or _at_rest(work, board.calendar), board.on, history)
    ]
    _write(changed)
    _remember(history)
    return changed


def _at_rest(work: Work, calendar: Calendar) -> Light:
    """The clock stands. What was handed in keeps the light of that day, however long the others take."""
    if (work.kind, work.state) not in WAITING or work.anchored_on is not None:
        return OFF
    if work.light_rule == HANDED:
        return Light(HANDED, Level(work.light), "", work.light_why)
    return handed(terms_of([work]).get(work.pk), calendar, work.since)


def light_handed(calendar: Calendar, on: datetime.date) -> int:
    """Works handed in before there was a light for it (待验收) get it, by the day of handing in. Return how many."""
    waiting = Q(pk__in=())
    for kind, state in WAITING:
        waiting |= Q(kind=kind, state=state)
    open_ = Work.objects.filter(waiting, ended_on__isnull=True, anchored_on__isnull=True).exclude(light_rule=HANDED)
    works = list(open_.select_for_update(of=("self",)).order_by("pk"))
    terms, history = terms_of(works), list[LightChange]()
    steps = Step.objects.filter(work__in=key_set(work.pk for work in works), move__in=("finish", "report")).order_by()
    days = dict(steps.values("work_id").annotate(day=Max("on")).values_list("work_id", "day"))
    changed = [
        work
        for work in works
        if _put(work, handed(terms.get(work.pk), calendar, days.get(work.pk, work.since)), on, history)
    ]
    _write(changed)
    _remember(history)
    return len(changed)


def _write(works: Sequence[Work]) -> None:
    """Many by the column: a hundred thousand reasons change every day."""
    if len(works) <= FEW:
        Work.objects.bulk_update(works, FIELDS)
        return
    frame = pl.DataFrame({name: [getattr(work, name) for work in works] for name in TYPES}, schema=TYPES)
    with transaction.atomic():
        update(Work, frame)


def _remember(history: Sequence[LightChange]) -> None:
    """Many by the column: the first run of all changes every light."""
    if len(history) <= FEW:
        LightChange.objects.bulk_create(history)
        return
    rows = [(each.work_id, each.on, each.light, each.rule, each.why) for each in history]
    with transaction.atomic():
        insert(LightChange, pl.DataFrame(rows, schema=["work", "on", "light", "rule", "why"], orient="row"))


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
