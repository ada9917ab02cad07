"""What pages show of any dated work: ball, moves, extensions, history, progress."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from spectown.accounts.permissions import Permission
from spectown.core.supervision.lights import Facts as LightFacts
from spectown.core.supervision.progress import Point, Word, expected, word
from spectown.core.supervision.settings import Settings
from spectown.core.workdays import Calendar
from spectown.supervision.facts import Facts
from spectown.supervision.models import Milestone, Work
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


def words_of(works: Sequence[Work], settings: Settings | None, on: datetime.date) -> dict[int, tuple[str, str]]:
    """Status word and its tone of the running measures among these, by number of the work. One query: milestones."""
    asked = {work.measure.pk: work for work in works if work.kind == "measure" and work.runs and work.deadline}
    if settings is None or not asked:
        return {}
    points: dict[int, list[Point]] = defaultdict(list)
    nodes = Milestone.objects.filter(measure__in=asked, percent__isnull=False).order_by("measure", "number")
    for measure, due, percent in nodes.values_list("measure_id", "due", "percent"):
        points[measure].append(Point(due, percent or 0))
    said = {
        pk: word(work.percent, expected(_start(work, on), work.deadline or on, on, points[pk]), settings.tolerance)
        for pk, work in asked.items()
    }
    return {asked[pk].pk: (each.label, WORD_TONES.get(each, "neutral")) for pk, each in said.items()}


def _start(work: Work, on: datetime.date) -> datetime.date:
    return work.measure.starts or work.started_on or on
