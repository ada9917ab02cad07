"""Where a case stands and how it came there, read from its steps: table, doers, ball, clocks."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.utils import timezone

from spectown.core.rounds.ball import Ball, Entry, ball
from spectown.core.rounds.states import CASES
from spectown.core.rounds.words import RoundKind
from spectown.core.workdays import Calendar
from spectown.core.workflow import Workflow
from spectown.rounds.models import Case, Step


def table_of(case: Case) -> Workflow:
    """The table of states of the case's kind of round."""
    return CASES[RoundKind(case.round.kind)]


def doers_of(case: Case, steps: Iterable[Step]) -> dict[str, int | None]:
    """Who made each move last, and who changed the content last (`changed`)."""
    return {**{step.move: step.by_id for step in steps}, "changed": case.changed_by_id}


def ball_of(case: Case, steps: Iterable[Step], calendar: Calendar, on: datetime.date) -> Ball:
    """Who has the case, since when, until when."""
    history = [Entry("draft", timezone.localdate(case.made_at)), *(Entry(step.state, step.on) for step in steps)]
    return ball(history, case.rules.rules.clocks, calendar, on)
