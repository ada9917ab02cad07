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
    known = {work.pk: work for work in works}
    pks = key_set(known)
    extensions, pauses = defaultdict(list), defaultdict(list)
    for asked in Extension.objects.filter(work__in=pks).order_by("pk"):
        if asked.asked_on >= (_begun(known[asked.work_id]) or asked.asked_on):
            extensions[asked.work_id].append(asked.value)
    for pause in Pause.objects.filter(work__in=pks).order_by("pk"):
        if pause.since >= (_begun(known[pause.work_id]) or pause.since):
            pauses[pause.work_id].append(pause.value)
    first = {work.pk: work.first_deadline for work in works if work.first_deadline is not None}
    plain = {day: Term(day) for day in first.values()}  # one for all that nothing moved: most works
    moved = {
        pk: Term(first[pk], tuple(extensions[pk]), tuple(pauses[pk]))
        for pk in (extensions.keys() | pauses.keys()) & first.keys()
    }
    return {pk: plain[day] for pk, day in first.items()} | moved


def _begun(work: Work) -> datetime.date | None:
    return work.started_on if kind_of(work.kind).given else None


def term_of(work: Work) -> Term | None:
    """The term of one work; None where it has no deadline."""
    return terms_of([work]).get(work.pk)


def put_deadline(work: Work, term: Term | None, calendar: Calendar, on: datetime.date) -> None:
    """Write the deadline in force into the work, and the anchor that follows it where the clock runs; the caller saves.

    While a pause stands there is none: the last one is kept, `paused_on` says that it does not count.
    """
    if term is not None:
        put_in_force(work, term.due(calendar, on), provisional=term.is_provisional(calendar, on))


def put_in_force(work: Work, due: datetime.date | None, *, provisional: bool) -> bool:
    """The same with a date that is known already. Return whether anything changed."""
    if due is None:
        return False
    anchor = due if work.anchored_on is not None and not kind_of(work.kind).given else work.anchored_on
    if (work.deadline, work.provisional, work.anchored_on) == (due, provisional, anchor):
        return False
    work.deadline, work.provisional, work.anchored_on = due, provisional, anchor
    return True
