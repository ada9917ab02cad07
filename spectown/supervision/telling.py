"""Reminders in words, as things stand when they are sent. Dates of the calendar: dates.py."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from spectown.core.supervision.deadlines import Term
from spectown.core.supervision.reminders import Level
from spectown.core.workdays import Calendar
from spectown.outbox.models import Message
from spectown.outbox.registry import Rendered, Renderer, Untrue, tells
from spectown.plans.calendar import stored_calendar
from spectown.supervision.dates import address
from spectown.supervision.due import named
from spectown.supervision.effects import MOVED
from spectown.supervision.enums import WorkKind
from spectown.supervision.models import Step, Work
from spectown.supervision.registry import kind_of
from spectown.supervision.terms import terms_of

SOON = {  # what the holder is asked, by kind, before the deadline
    WorkKind.MEASURE: "请按期办结;办不完的,在期限届满前申请延期。",
    WorkKind.REPORT: "请按期报送;本期没有进展也要报。",
    WorkKind.PROBLEM: "请尽快答复。",
    WorkKind.SHEET: "请按期填报、审核、报送;没有的填 0 或“不适用”,不留空。",
    WorkKind.NOTICE: "请按期整改并报结果;办不完的,在期限届满前申请延期。",
}
NEWS = {  # what a unit is given to do, by kind and state; else the step by which it came
    ("measure", "approved"): "请签收措施",
    ("notice", "issued"): "请签收督办通知书",
    ("problem", "routed"): "请受理问题",
}
ASKED = {  # afterwards, and up the line
    Level.HOLDER: "请尽快办理,并说明原因。",
    Level.UNIT: "承办人没有按期办结,请督促办理。",
    Level.OFFICE: "承办单位没有按期办结,请督促。",
    Level.LEADER: "逾期较久仍没有办结,请掌握。",
}


@dataclass(frozen=True, slots=True)
class Seen:
    """What all messages of a block share."""

    works: Mapping[int, Work]
    terms: Mapping[int, Term]
    calendar: Calendar
    on: datetime.date


def _renderer() -> Renderer:
    def render(messages: Sequence[Message]) -> Mapping[int, Rendered | Untrue]:
        works = Work.objects.select_related("holder").in_bulk({message.object_id for message in messages})
        seen = Seen(works, terms_of(list(works.values())), stored_calendar(), timezone.localdate())
        found = ((message, works.get(message.object_id)) for message in messages)
        return {message.pk: _words(message, work, seen) for message, work in found if work}

    return render


for each in WorkKind:
    tells(f"work.{each.value}", label=f"{each.label}提醒")(_renderer())


@tells(MOVED, label="交办和退回")
def moved(messages: Sequence[Message]) -> Mapping[int, Rendered | Untrue]:
    """Work that came to the unit: as long as it lies there as it came."""
    steps = Step.objects.select_related("work__holder").in_bulk({message.facts["step"] for message in messages})
    found = ((message, steps.get(message.facts["step"])) for message in messages)
    return {message.pk: _moved(message, step) for message, step in found if step}


def _moved(message: Message, step: Step) -> Rendered | Untrue:
    work = step.work
    if work.holder_id != message.facts["holder"]:
        return Untrue(f"承办单位已变更为{work.holder}。")
    if work.state != step.state:
        return Untrue(f"已经办到“{work.state_label}”。")
    deadline = f",期限 {work.deadline}" if work.deadline else ""
    reason = f"理由:{step.reason}。" if step.reason else ""
    text = f"{work.get_kind_display()}{deadline},现在是“{work.state_label}”。{reason}{message.note}"
    return Rendered(f"{NEWS.get((work.kind, work.state), step.label)}:{work.title}", text, address(work))


def _words(message: Message, work: Work, seen: Seen) -> Rendered | Untrue:
    stale = _untrue(message, work, seen)
    if stale:
        return Untrue(stale)
    return Rendered(_title(work, seen), _text(message, work, seen), address(work))


def _untrue(message: Message, work: Work, seen: Seen) -> str:
    """Why the reminder is not so any more; empty where it still is."""
    if work.ended_on is not None:
        return f"已于 {work.ended_on} 办结或取消。"
    if work.paused_on is not None:
        return f"自 {work.paused_on} 起暂停计时。"
    if work.anchored_on is None:
        return f"现在是“{work.state_label}”,不在等承办单位。"
    if work.holder_id != message.facts.get("holder"):
        return f"承办单位已变更为{work.holder}。"
    _, name = named(work, seen.terms.get(work.pk), work.anchored_on, seen.on)
    return "" if name.isoformat() == message.facts.get("name") else f"期限已变更为 {work.deadline}。"


def _title(work: Work, seen: Seen) -> str:
    if kind_of(work.kind).given and work.anchored_on:
        return f"已交办 {(seen.on - work.anchored_on).days} 天尚未答复:{work.title}"
    term, due = seen.terms.get(work.pk), work.deadline or seen.on
    over = term.overdue(seen.calendar, seen.on) if term else 0
    if over:
        return f"已逾期 {over} 个工作日:{work.title}"
    left = seen.calendar.between(seen.on, due)
    return f"还有 {left} 个工作日到期:{work.title}" if due > seen.on else f"今天到期:{work.title}"


def _text(message: Message, work: Work, seen: Seen) -> str:
    guess = "(暂定)" if work.provisional else ""
    deadline = f"期限 {work.deadline}{guess}," if work.deadline else ""
    what = f"{work.get_kind_display()},{work.holder or '承办单位未定'}承办,{deadline}现在是“{work.state_label}”。"
    level = Level(message.facts["level"])
    early = level is Level.HOLDER and not _late(work, seen)
    return f"{SOON[WorkKind(work.kind)] if early else ASKED[level]}{what}{message.note}"


def _late(work: Work, seen: Seen) -> bool:
    term = seen.terms.get(work.pk)
    return term is not None and not kind_of(work.kind).given and term.overdue(seen.calendar, seen.on) > 0
