"""小升规: enterprises that the list shows as promoted since a day of the period.

The list keeps no day of promotion; the log keeps every change, single ones and those of workbooks. What came into the
list as promoted already was not promoted then.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from spectown.audit.blocks import changes_in
from spectown.audit.models import Event, Part
from spectown.enterprises.enums import Promotion
from spectown.enterprises.models import Enterprise
from spectown.lib.columnar.reading import key_set
from spectown.monitoring.deriving.firms import counted
from spectown.monitoring.deriving.found import Found, Span

FIELD, KIND = "promotion", Enterprise._meta.label_lower


def promoted(span: Span) -> Found:
    """本期升规入统, and still so."""
    since = {pk for pk, before, after in _changes(span) if _rises(before, after)}
    return counted(lambda prefix: Q(**{f"{prefix}pk__in": key_set(since), f"{prefix}{FIELD}": Promotion.PROMOTED}))


def _rises(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    reached = {Promotion.PROMOTED.value, Promotion.PROMOTED.label}
    return after.get(FIELD) in reached and FIELD in before and before[FIELD] not in reached


def _changes(span: Span) -> Iterator[tuple[int, Mapping[str, Any], Mapping[str, Any]]]:
    events = _events(span)
    for pk, before, after in events.filter(**{f"after__{FIELD}__isnull": False}).values_list(
        "object_id", "before", "after"
    ):
        yield int(pk), before, after
    bulk = Part.objects.filter(object_type=KIND, seq__in=_events(span, bulk=True).values("seq"))
    for part in bulk.order_by("pk").iterator(chunk_size=20):
        for change in changes_in(part):
            if f'"{FIELD}"' in change.after_json:
                yield change.object_id, change.before, change.after


def _events(span: Span, *, bulk: bool = False) -> QuerySet[Event]:
    """Of the days of the period; a bulk event is about the whole list, its parts about the rows."""
    zone = timezone.get_current_timezone()
    start, end = (
        datetime.datetime.combine(day, datetime.time(), zone) for day in (span.first, span.last + datetime.timedelta(1))
    )
    rows: QuerySet[Event] = Event.objects.filter(at__gte=start, at__lt=end).order_by("seq")
    return rows if bulk else rows.filter(object_type=KIND).exclude(object_id="")
