"""What pages show of cases: who has the ball, moves with what stands against them, history."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from spectown.core.rounds.ball import Holder, turn_of
from spectown.core.workdays import Calendar, Clock
from spectown.core.workflow import Move
from spectown.plans.calendar import stored_calendar
from spectown.rounds.course import ball_of
from spectown.rounds.models import Case, Step
from spectown.rounds.models.case import CaseQuerySet
from spectown.rounds.window import sent_until
from spectown.web.rounds.words import CASE_TONES, COUNTY, NEXT


@dataclass(frozen=True, slots=True)
class Held:
    """Who has a case, for `c-ball`; `who` empty: it is settled. `standing`: the clock that is paused, in words."""

    who: str
    since: datetime.date
    until: str
    days_left: int | None
    clock: str
    standing: str
    next: str

    @property
    def since_text(self) -> str:
        """Since when, as components want it."""
        return f"{self.since:%Y-%m-%d}"


@dataclass(frozen=True, slots=True)
class Row:
    """A case in a list."""

    case: Case
    held: Held
    tone: str
    url: str


def held(case: Case, steps: Sequence[Step], calendar: Calendar, on: datetime.date) -> Held:
    """Who has the case, since when, until when."""
    ball = ball_of(case, steps, calendar, on)
    role = COUNTY.get(ball.holder)
    who = f"{case.unit.name}({role})" if role else "" if ball.holder is Holder.NOBODY else ball.holder.label
    clock, standing = ball.clock, ball.standing
    until, left = (clock.due if clock else None), _days_left(clock)
    if case.state == "draft":  # no term runs, the window of the round does
        until = sent_until(case)
        left = calendar.between(on, until) if on <= until else -calendar.between(until, on)
    return Held(
        who,
        ball.since,
        f"{until:%Y-%m-%d}" if until else "",
        left,
        clock.sentence if clock else f"至{until},{_left(left)}" if until and left is not None else "",
        f"{STANDS.get(turn_of(case.state).stands, '审查期限')}{standing.sentence}" if standing else "",
        NEXT.get(case.state, ""),
    )


def _left(days: int) -> str:
    return f"还剩{days}个工作日" if days >= 0 else f"已过{-days}个工作日"


STANDS = {"rectification": "整改期限"}


def _days_left(clock: Clock | None) -> int | None:
    if clock is None:
        return None
    return -clock.over if clock.over else clock.left


def rows_of(cases: Sequence[Case]) -> list[Row]:
    """Cases (of `with_course`) as rows."""
    calendar, today = stored_calendar(), timezone.localdate()
    return [
        Row(
            case,
            held(case, list(case.steps.all()), calendar, today),
            CASE_TONES.get(case.state, "blue"),
            reverse("rounds:case", args=[case.pk]),
        )
        for case in cases
    ]


def with_course(cases: CaseQuerySet) -> CaseQuerySet:
    """Cases with all that a row needs, in a fixed number of queries."""
    return cases.select_related("application", "unit", "town", "round", "rules").prefetch_related(
        "steps", "round__rules_versions", "round__late_entries"
    )


# On a button it must be plain which of the two is meant: the form of the rules, or their publication.
LABELS = {"change_published": "发布修改后的规则", "change_open": "发布修改后的规则"}


def moves_shown(found: Sequence[tuple[Move, list[str]]], name: str, pk: int) -> list[dict[str, Any]]:
    """Moves of a case or round for the card 办理."""
    return [
        {
            "move": move,
            "label": LABELS.get(move.code, move.label),
            "refusals": reasons,
            "url": reverse(name, args=[pk, move.code]),
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
            "detail": "。".join(
                part for part in (f"第 {step.version.number} 版" if step.version else "", step.reason) if part
            ),
        }
        for step in reversed(steps)
    ]
