"""What happened to one object: events about it and its part in bulk events, by time."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from spectown.audit.blocks import changes_in
from spectown.audit.models import ChainHead, Event, Part
from spectown.lib.columnar.reading import key_set


@dataclass(frozen=True, slots=True)
class Entry:
    """One change of one object. `bulk`: it was part of an event about many rows."""

    seq: int
    at: datetime.datetime
    actor_name: str
    actor_unit: str
    action: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    reason: str
    bulk: bool = False


def history(obj: models.Model, limit: int = 200) -> list[Entry]:
    """The newest entries about an object, newest first; two or three queries."""
    kind, pk = obj._meta.label_lower, obj.pk
    own = Event.objects.filter(object_type=kind, object_id=str(pk)).order_by("-seq")[:limit]
    found = [_entry(e, e.before, e.after) for e in own]
    if isinstance(pk, int):
        found += _parts(kind, {pk}).get(pk, [])
    return sorted(found, key=lambda entry: -entry.seq)[:limit]


def last_of(obj: models.Model, action: str) -> Entry | None:
    """The newest event of one kind about an object itself; one query."""
    own = Event.objects.filter(object_type=obj._meta.label_lower, object_id=str(obj.pk), action=action)
    event = own.order_by("-seq").first()
    return _entry(event, event.before, event.after) if event else None


def histories(model: type[models.Model], pks: Iterable[int]) -> dict[int, list[Entry]]:
    """All entries about each of these rows, newest first, in three queries; for some hundred rows, not for a list."""
    kind, wanted = model._meta.label_lower, set(pks)
    found: dict[int, list[Entry]] = defaultdict(list)
    for event in Event.objects.filter(object_type=kind, object_id__in=key_set(wanted, text=True)):
        found[int(event.object_id)].append(_entry(event, event.before, event.after))
    for pk, entries in _parts(kind, wanted).items():
        found[pk] += entries
    return {pk: sorted(entries, key=lambda entry: -entry.seq) for pk, entries in found.items()}


def _parts(kind: str, wanted: set[int]) -> dict[int, list[Entry]]:
    """Entries that stand in blocks: of the parts that can hold one of these rows."""
    if not wanted:
        return {}
    near = Part.objects.filter(object_type=kind, first_id__lte=max(wanted), last_id__gte=min(wanted))
    changes = [change for part in near.iterator(chunk_size=100) for change in changes_in(part, wanted)]
    events = {e.seq: e for e in Event.objects.filter(seq__in=key_set({c.seq for c in changes}))} if changes else {}
    found: dict[int, list[Entry]] = defaultdict(list)
    for change in changes:
        if change.seq in events:
            found[change.object_id].append(_entry(events[change.seq], change.before, change.after, bulk=True))
    return found


def position() -> int:
    """Number of the last event: what has happened until now."""
    return ChainHead.objects.values_list("seq", flat=True).first() or 0


def touched_since(model: type[models.Model], seq: int) -> bool:
    """True where an event behind this number is about rows of a model: no row changes without one."""
    return Event.objects.filter(seq__gt=seq, object_type=model._meta.label_lower).exists()


def _entry(event: Event, before: Mapping[str, Any], after: Mapping[str, Any], *, bulk: bool = False) -> Entry:
    said = (event.seq, event.at, event.actor_name, event.actor_unit, event.action)
    return Entry(*said, before=before, after=after, reason=event.reason, bulk=bulk)
