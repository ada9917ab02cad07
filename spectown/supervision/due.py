"""All time-driven work of one day (到期处理): due reports, deadlines that days off moved, lights, reminders.

Set-based, in blocks, each in a transaction of its own; idempotent: a second run of the same day finds nothing to do.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import polars as pl
from django.db import transaction
from django.utils import timezone

from spectown.core.supervision.board import Board
from spectown.core.supervision.deadlines import Term
from spectown.core.supervision.reminders import Step, come, event, to_send
from spectown.core.supervision.settings import Settings
from spectown.core.workdays import Calendar
from spectown.lib.columnar.reading import key_set
from spectown.lib.columnar.writing import insert, update
from spectown.outbox.posting import Posting, post
from spectown.plans.calendar import stored_calendar
from spectown.supervision import confirming
from spectown.supervision.datekeeping import keep_dates
from spectown.supervision.lighting import light_handed, relight_by
from spectown.supervision.models import DueRun, Sent, Work
from spectown.supervision.receivers import Line, line_on
from spectown.supervision.registry import kind_of
from spectown.supervision.settings import settings_of
from spectown.supervision.terms import put_in_force, terms_of

BLOCK = 2000
OPENERS: list[Callable[[datetime.date], int]] = []  # what makes work by the calendar: reports that have come due
LOOKERS: list[Callable[[datetime.date], int]] = []  # what looks again at figures whose day has come
DATES = ("first_deadline", "deadline", "anchored_on", "paused_on", "started_on", "ended_on")
READ = (
    "kind",
    "title",
    "holder",
    "state",
    "percent",
    "provisional",
    "light",
    "light_rule",
    "light_why",
    "light_on",
    *DATES,
)
MOVED = ("deadline", "provisional", "anchored_on")


@dataclass(slots=True)
class Outcome:
    """What a run did. `passed_on`: messages that went further up, since nobody held the post; `nobody`: to no one.

    `posted`: of a dry run, the messages with the titles of their works.
    """

    opened: int = 0
    looked: int = 0
    works: int = 0
    moved: int = 0
    lights: int = 0
    reminders: int = 0
    messages: int = 0
    passed_on: int = 0
    nobody: int = 0
    posted: list[tuple[Posting, str]] = field(default_factory=list)

    def counts(self) -> dict[str, Any]:
        """The numbers alone."""
        return {name: value for name, value in asdict(self).items() if name != "posted"}


@dataclass(frozen=True, slots=True)
class Day:
    """What all works of a run share."""

    on: datetime.date
    settings: Settings
    calendar: Calendar
    line: Line
    board: Board
    known: dict[tuple[str, datetime.date], bool] = field(default_factory=dict)

    def has_come(self, kind: str, anchor: datetime.date) -> bool:
        """Whether the day of any step has come."""
        key = (kind, anchor)
        if key not in self.known:
            self.known[key] = come(anchor, tuple(self.settings.reminders[kind]), self.calendar, self.on) is not None
        return self.known[key]


def run_due(on: datetime.date, *, dry: bool = False) -> Outcome:
    """Do all that the day asks; `dry`: say what would be done and to whom, and leave everything as it was."""
    outcome = Outcome()
    if dry:
        with transaction.atomic():
            _run(on, outcome, keep=True)
            transaction.set_rollback(True)
        return outcome
    _run(on, outcome, keep=False)
    DueRun.objects.create(on=on, counts=outcome.counts())
    return outcome


def _run(on: datetime.date, outcome: Outcome, *, keep: bool) -> None:
    settings, calendar = settings_of(on), stored_calendar()
    day = Day(on, settings, calendar, line_on(on), Board(settings, calendar, on))
    outcome.opened = sum(opened(on) for opened in OPENERS)
    outcome.looked = sum(looked(on) for looked in LOOKERS)
    last = 0
    while True:
        with transaction.atomic():
            rows = _block(last)
            if not rows:
                break
            _do(rows, day, outcome, keep)
        last = rows[-1].pk
    with transaction.atomic():
        outcome.lights += light_handed(day.calendar, on)
        _confirm(day, outcome, keep)


def _confirm(day: Day, outcome: Outcome, keep: bool) -> None:
    """What waits to be confirmed by others than the holder; its clock stands."""
    rows = list(confirming.waiting().select_for_update(of=("self",)))
    due = list(confirming.due(rows, day.settings, day.calendar, day.on))
    _note([(work.pk, event(work.since, step), day.on, timezone.now()) for work, step in due])
    outcome.reminders += len(due)
    _tell(confirming.reminded(due, day.line), outcome, keep)


def _block(last: int) -> list[Work]:
    rows = Work.objects.running().filter(pk__gt=last).order_by("pk").only(*READ)
    return list(rows.select_for_update(of=("self",))[:BLOCK])


def _do(rows: list[Work], day: Day, outcome: Outcome, keep: bool) -> None:
    terms = terms_of(rows)
    outcome.works += len(rows)
    outcome.moved += _move(rows, terms, day)
    outcome.lights += len(relight_by(day.board, rows, terms))
    due = list(_due(rows, terms, day))
    told = [(posting, work.title) for work, step, name in due for posting in _postings(work, step, name, day.line)]
    _note([(work.pk, event(name, step), day.on, timezone.now()) for work, step, name in due])
    outcome.reminders += len(due)
    _tell(told, outcome, keep)


def _tell(told: list[tuple[Posting, str]], outcome: Outcome, keep: bool) -> None:
    postings = [posting for posting, _ in told]
    outcome.messages += post(postings, alone=True)  # the works are locked, each event is of one of them
    outcome.passed_on += sum(1 for each in postings if each.note)
    outcome.nobody += sum(1 for each in postings if each.receiver_id is None)
    if keep:
        outcome.posted.extend(told)


def _note(sent: list[tuple[int, str, datetime.date, datetime.datetime]]) -> None:
    """Their rows are locked and were read under the lock, so none is there twice."""
    if sent:
        insert(Sent, pl.DataFrame(sent, schema=["work", "event", "on", "at"], orient="row"))


def _move(rows: Sequence[Work], terms: dict[int, Term], day: Day) -> int:
    """Deadlines that a changed calendar moved."""
    changed = []
    for work in rows:
        due, provisional = day.board.in_force(terms[work.pk]) if work.pk in terms else (None, False)
        if put_in_force(work, due, provisional=provisional):
            changed.append(work)
    said = [{"id": work.pk} | {name: getattr(work, name) for name in MOVED} for work in changed]
    types = {"id": pl.Int64, "deadline": pl.Date, "provisional": pl.Boolean, "anchored_on": pl.Date}
    count = update(Work, pl.DataFrame(said, schema=types))
    keep_dates(changed)
    return count


def _due(rows: Sequence[Work], terms: dict[int, Term], day: Day) -> Iterator[tuple[Work, Step, datetime.date]]:
    """Works with the step to be sent today, and the date that names the event."""
    asked = [
        (work, work.anchored_on) for work in rows if work.anchored_on and day.has_come(work.kind, work.anchored_on)
    ]
    sent: defaultdict[int, set[str]] = defaultdict(set)
    known = Sent.objects.filter(work__in=key_set(work.pk for work, _ in asked))
    for pk, found in known.values_list("work_id", "event"):
        sent[pk].add(found)
    for work, anchor in asked:
        given, name = named(work, terms.get(work.pk), anchor, day.on)
        steps = day.settings.reminders[work.kind]
        step = to_send(anchor, steps, sent[work.pk], day.calendar, day.on, given, name)
        if step is not None:
            yield work, step, name


def named(
    work: Work, term: Term | None, anchor: datetime.date, on: datetime.date
) -> tuple[datetime.date | None, datetime.date]:
    """The day on which the work was given out (None where reminders count from it), and the name of the anchor.

    A pause moves an anchor from which a problem counts, never its name: what was sent before is not sent again.
    """
    if kind_of(work.kind).given:
        return None, work.started_on or anchor
    if term is None:
        return None, anchor
    return work.started_on, term.named(on)


def _postings(work: Work, step: Step, name: datetime.date, line: Line) -> Iterator[Posting]:
    told = line.told(work.holder_id, step.level)
    facts = {"step": step.code, "level": step.level.value, "name": name.isoformat(), "holder": work.holder_id}
    users: list[tuple[int | None, int | None]] = [*told.users.items()] or [(None, work.holder_id)]
    for user, unit in users:
        kind, named_ = f"work.{work.kind}", event(name, step)
        yield Posting(user, kind, work.pk, named_, facts, unit_id=unit, meant_for=told.meant, note=told.note)
