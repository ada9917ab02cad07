"""What pages show of any dated work: ball, moves, extensions, history, progress."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from spectown.accounts.permissions import Permission
from spectown.core.supervision.lights import Facts as LightFacts
from spectown.core.supervision.progress import Point, Word, expected, word
from spectown.core.supervision.settings import Settings
from spectown.core.workdays import Calendar
from spectown.supervision.facts import Facts
from spectown.supervision.models import Work
from spectown.supervision.services.moves import open_moves
from spectown.supervision.services.terms import decision_refusals
from spectown.web.notices.shown import Ball, days_left, history
from spectown.web.supervision.words import next_of, tone_of, who_of

DECISIONS = (("grant", "同意延期", ""), ("refuse", "不同意延期", "不同意的理由"), ("withdraw", "撤回申请", ""))
WORD_TONES = {Word.DONE: "green", Word.AHEAD: "green", Word.ON_TIME: "blue", Word.BEHIND: "yellow"}


def ball_of(work: Work, calendar: Calendar, on: datetime.date) -> Ball:
    """Who has it, since when, until when."""
    due = work.deadline if work.runs else None
    until = f"{due:%Y-%m-%d}" if due else ""
    return Ball(who_of(work), f"{work.since:%Y-%m-%d}", until, days_left(due, calendar, on), next_of(work))


def course_of(facts: Facts, forms: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Card 办理: state, light, ball, moves. `forms`: address of the form of a move that fills something in."""
    work, steps = facts.work, facts.steps
    return {
        "work": work,
        "tone": tone_of(work),
        "ball": ball_of(work, facts.calendar, facts.on),
        "seen": steps[-1].pk if steps else 0,
        "history": history(steps),
        "moves": [
            {
                "move": move,
                "refusals": reasons,
                "url": reverse("supervision:move", args=[work.pk, move.code]),
                "form": (forms or {}).get(move.code, ""),
            }
            for move, reasons in open_moves(facts)
        ],
    }


def terms_of(facts: Facts) -> dict[str, Any]:
    """Card 期限: extensions with what the actor can decide, pauses, changes of the light."""
    work, actor = facts.work, facts.by
    owns = actor.unit_id == work.holder_id and actor.may(Permission.WORK_CHECK)
    return {
        "work": work,
        "moved": work.extensions.filter(state="granted").exists() or work.pauses.exists(),
        "extensions": [
            {
                "row": row,
                "codes": [each for each in DECISIONS if not decision_refusals(facts, row, each[0], asking=True)],
            }
            for row in work.extensions.select_related("asked_by", "decided_by")
        ],
        "may_ask": owns
        and work.runs
        and work.first_deadline is not None
        and not work.extensions.filter(state="asked").exists(),
        "may_pause": actor.may(Permission.PLAN_MANAGE) and work.runs,
        "may_resume": actor.may(Permission.PLAN_MANAGE) and work.paused_on is not None,
        "pauses": list(work.pauses.all()),
        "lights": list(work.light_changes.order_by("-pk")[:10]),
    }


def word_of(work: Work, facts: LightFacts | None, settings: Settings | None, on: datetime.date) -> Word | None:
    """已完成, 超进度, 达进度, 欠进度 or 未报; None where nothing is asked."""
    if facts is None or settings is None or work.deadline is None:
        return None
    points = [Point(each.due, each.percent) for each in facts.milestones if each.percent is not None]
    return word(work.percent, expected(facts.start, work.deadline, on, points), settings.tolerance)


def words_of(
    works: Sequence[Work], facts: Mapping[int, LightFacts], settings: Settings | None, on: datetime.date
) -> dict[int, tuple[str, str]]:
    """Status word and its tone of running measures, by number of the work."""
    found = {}
    for work in works:
        said = word_of(work, facts.get(work.pk), settings, on) if work.kind == "measure" and work.runs else None
        if said is not None:
            found[work.pk] = (said.label, WORD_TONES.get(said, "neutral"))
    return found
