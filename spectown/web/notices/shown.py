"""What pages show of a notice: who has the ball, moves, the way up, history, effect."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from spectown.core.supervision.escalation import Stage, stages
from spectown.core.supervision.outcome import Better, Outcome, outcome
from spectown.core.supervision.reminders import Step as Reminder
from spectown.core.workdays import Calendar
from spectown.core.workflow import Move
from spectown.supervision.models import Notice, NoticeFigure, Step, Work
from spectown.web.notices.words import NEXT, OFFICE_STATES, UNIT_STATES

FORMS = {"plan": "notices:plan", "report": "notices:report", "progress": "notices:report"}


@dataclass(frozen=True, slots=True)
class Ball:
    """For `c-ball`."""

    unit: str
    since: str
    until: str
    days_left: int | None
    next: str


def ball_of(notice: Notice, calendar: Calendar, on: datetime.date) -> Ball:
    """Who has the notice, since when, until when; until when it is to be signed for is what its light says."""
    work = notice.work
    running = work.runs and work.state in UNIT_STATES[1:]
    due = work.deadline if running else None
    if work.state == "receipted" and notice.plan_due and running:
        due = min(notice.plan_due, due) if due else notice.plan_due
    return Ball(
        unit_of(notice),
        f"{work.since:%Y-%m-%d}",
        f"{due:%Y-%m-%d}" if due else "",
        days_left(due, calendar, on),
        NEXT.get(work.state, ""),
    )


def unit_of(notice: Notice) -> str:
    """Name of whoever has to act now; empty at an end."""
    work = notice.work
    if work.state in OFFICE_STATES:
        return "领导小组办公室"
    if work.state in UNIT_STATES:
        return str(work.holder or "")
    return {"checked": "领导小组", "verified": str(notice.affected or "")}.get(work.state, "")


def days_left(due: datetime.date | None, calendar: Calendar, on: datetime.date) -> int | None:
    """Working days until a day; below 0 after it."""
    if due is None:
        return None
    return -calendar.between(due, on) if on > due else calendar.between(on, due)


def moves_shown(found: Sequence[tuple[Move, list[str]]], notice: Notice, has_form: bool) -> list[dict[str, Any]]:
    """Moves for the card 办理; those that need something filled in lead to its form."""
    return [
        {
            "move": move,
            "label": move.label,
            "refusals": reasons,
            "url": reverse("supervision:move", args=[notice.work_id, move.code]),
            "form": reverse(FORMS[move.code], args=[notice.pk]) if has_form and move.code in FORMS else "",
        }
        for move, reasons in found
    ]


def history(steps: Sequence[Step]) -> list[dict[str, str]]:
    """All steps, newest first."""
    return [
        {
            "at": f"{timezone.localtime(step.at):%Y-%m-%d %H:%M}",
            "what": step.label,
            "who": f"{step.by.name} {step.unit_name}".strip(),
            "detail": step.reason,
        }
        for step in reversed(steps)
    ]


def way_up(work: Work, reminders: Sequence[Reminder], calendar: Calendar, on: datetime.date) -> list[Stage]:
    """The stages of the deadline in force; none while it does not run."""
    if not work.runs or work.anchored_on is None:
        return []
    sent = set(work.sent.values_list("event", flat=True))
    return stages(work.anchored_on, reminders, sent, calendar, on)


def effect_of(figure: NoticeFigure | None) -> Outcome | None:
    """The answer, once the figure was looked at again."""
    if figure is None or figure.looked_on is None:
        return None
    return outcome(figure.before, figure.after, Better(figure.better), figure.unit)
