"""Deadlines of works as the core reckons them: from rows to values, and back into the work."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence

from spectown.core.supervision.deadlines import Term
from spectown.core.workdays import Calendar
from spectown.lib.columnar.reading import key_set
from spectown.supervision.models import Extension, Pause, Work
from spectown.supervision.registry import kind_of


def terms_of(works: Sequence[Work]) -> dict[int, Term]:
    """The terms of those that have a deadline, by the number of the work; two queries however many.

    What is given out anew has a new term: extensions and pauses from before are not its own.
    """
    begun = {work.pk: work.started_on if kind_of(work.kind).given else None for work in works}
    pks = key_set(begun)
    extensions, pauses = defaultdict(list), defaultdict(list)
    for asked in Extension.objects.filter(work__in=pks).order_by("pk"):
        if asked.asked_on >= (begun[asked.work_id] or asked.asked_on):
            extensions[asked.work_id].append(asked.value)
    for pause in Pause.objects.filter(work__in=pks).order_by("pk"):
        if pause.since >= (begun[pause.work_id] or pause.since):
            pauses[pause.work_id].append(pause.value)
    return {
        work.pk: Term(work.first_deadline, tuple(extensions[work.pk]), tuple(pauses[work.pk]))
        for work in works
        if work.first_deadline is not None
    }


def term_of(work: Work) -> Term | None:
    """The term of one work; None where it has no deadline."""
    return terms_of([work]).get(work.pk)


def put_deadline(work: Work, term: Term | None, calendar: Calendar, on: datetime.date) -> None:
    """Write the deadline in force into the work, and the anchor that follows it where the clock runs; the caller saves.

    While a pause stands there is none: the last one is kept, `paused_on` says that it does not count.
    """
    due = term.due(calendar, on) if term else None
    if term is None or due is None:
        return
    work.deadline, work.provisional = due, term.is_provisional(calendar, on)
    if work.anchored_on is not None and not kind_of(work.kind).given:
        work.anchored_on = due
