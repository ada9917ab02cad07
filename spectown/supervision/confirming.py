"""What waits for one step of somebody's: told at once, reminded, up the line.

What was answered or verified is to be confirmed by whoever raised it or was affected, what was given out is to be
signed for by its holder. What counts here is not the clock of the work but the day on which it began to wait
(Work.since).
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db.models import Q, QuerySet
from django.urls import reverse

from spectown.core.supervision.reminders import Level, Step, event, to_send
from spectown.core.supervision.settings import Settings
from spectown.core.workdays import Calendar
from spectown.lib.columnar.reading import key_set
from spectown.outbox.models import Message
from spectown.outbox.posting import Posting, post
from spectown.outbox.registry import Rendered, Untrue, tells
from spectown.supervision.facts import Facts
from spectown.supervision.models import Sent, Work
from spectown.supervision.models import Step as Made
from spectown.supervision.receivers import Line, line_on

KIND = "work.confirm"
SIGN = {("measure", "approved"), ("notice", "issued")}
STATES = {("problem", "answered"), ("notice", "verified"), *SIGN}
ASKS = {
    ("problem", "answered"): "请看答复,确认是否解决;没有解决的写明哪里没有解决,退回重办。",
    ("notice", "verified"): "整改已经核查通过,请确认并销号;不认可的写明理由,退回整改。",
    ("measure", "approved"): "请签收;有不同意见的写明理由,提出异议。",
    ("notice", "issued"): "请签收,并按期报整改方案。",
}


def to_sign(work: Work) -> bool:
    """True where it waits to be signed for, not to be confirmed."""
    return (work.kind, work.state) in SIGN


def unit_of(work: Work) -> int | None:
    """Who has to sign for it or to confirm it."""
    if to_sign(work):
        return work.holder_id
    return work.problem.raiser_id if work.kind == "problem" else work.notice.affected_id


def waiting() -> QuerySet[Work]:
    """All that wait to be signed for or to be confirmed."""
    states = Q()
    for kind, state in sorted(STATES):
        states |= Q(kind=kind, state=state)
    return Work.objects.filter(states, ended_on__isnull=True).select_related("problem", "notice").order_by("pk")


def due(rows: Sequence[Work], settings: Settings, calendar: Calendar, on: datetime.date) -> Iterator[tuple[Work, Step]]:
    """Those to be reminded today, with the step; one query."""
    sent: defaultdict[int, set[str]] = defaultdict(set)
    for pk, found in Sent.objects.filter(work__in=key_set(row.pk for row in rows)).values_list("work_id", "event"):
        sent[pk].add(found)
    for work in rows:
        steps = settings.sign if to_sign(work) else settings.confirm
        step = to_send(work.since, steps, sent[work.pk], calendar, on)
        if step is not None:
            yield work, step


def postings(work: Work, line: Line, name: str, level: Level = Level.HOLDER) -> Iterator[Posting]:
    """For the people of the unit whose step it is, or further up the line."""
    unit = unit_of(work)
    told = line.told(unit, level, confirms=not to_sign(work))
    said = {"state": work.state, "since": work.since.isoformat(), "level": level.value}
    users: list[tuple[int | None, int | None]] = [*told.users.items()] or [(None, unit)]
    for user, own in users:
        yield Posting(user, KIND, work.pk, name, said, unit_id=own, meant_for=told.meant, note=told.note)


def tell_affected(facts: Facts, step: Made) -> None:
    """At once, when the work begins to wait."""
    line = line_on(facts.on, unit_of(facts.work))
    found = postings(facts.work, line, f"step:{step.pk}")
    post(each for each in found if each.receiver_id != facts.by.user_id)


def reminded(found: Iterable[tuple[Work, Step]], line: Line) -> list[tuple[Posting, str]]:
    """Messages of a day, with the titles of their works."""
    return [
        (each, work.title) for work, step in found for each in postings(work, line, event(work.since, step), step.level)
    ]


@tells(KIND, label="待签收、待确认")
def rendered(messages: Sequence[Message]) -> Mapping[int, Rendered | Untrue]:
    """As long as it waits as it did."""
    works = Work.objects.select_related("holder").in_bulk({message.object_id for message in messages})
    return {m.pk: _words(m, works[m.object_id]) for m in messages if m.object_id in works}


def _words(message: Message, work: Work) -> Rendered | Untrue:
    if (work.state, work.since.isoformat()) != (message.facts["state"], message.facts["since"]):
        return Untrue(f"现在是“{work.state_label}”。")
    said, late = ("签收", "承办单位") if to_sign(work) else ("确认", "提出或确认单位")
    above = message.facts["level"] in {Level.OFFICE, Level.LEADER}
    asks = f"已等了较久,请催促{late}。" if above else ASKS[work.kind, work.state]
    text = f"{work.get_kind_display()},承办单位:{work.holder or '未定'},自 {work.since} 起“{work.state_label}”。"
    return Rendered(f"等待{said}:{work.title}", f"{text}{asks}{message.note}", reverse("duties:work", args=[work.pk]))
