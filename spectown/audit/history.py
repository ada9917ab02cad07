"""What happened to one object: events about it and its part in bulk events, by time."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Max

from spectown.audit.models import ChainHead, Change, Event
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
    about = {"object_type": obj._meta.label_lower, "object_id": str(obj.pk)}
    own = [_entry(e, e.before, e.after) for e in Event.objects.filter(**about).order_by("-seq")[:limit]]
    changes = {change.seq: change for change in Change.objects.filter(**about).order_by("-pk")[:limit]}
    events = Event.objects.filter(seq__in=list(changes)) if changes else []
    parts = [_entry(e, changes[e.seq].before, changes[e.seq].after, bulk=True) for e in events]
    return sorted([*own, *parts], key=lambda entry: -entry.seq)[:limit]


def histories(model: type[models.Model], pks: Iterable[int]) -> dict[int, list[Entry]]:
    """All entries about each of these rows, newest first, in three queries; for some hundred rows, not for a list."""
    kind, keys = model._meta.label_lower, key_set(pks, text=True)
    found: dict[int, list[Entry]] = defaultdict(list)
    for event in Event.objects.filter(object_type=kind, object_id__in=keys):
        found[int(event.object_id)].append(_entry(event, event.before, event.after))
    changes = list(Change.objects.filter(object_type=kind, object_id__in=keys))
    events = {e.seq: e for e in Event.objects.filter(seq__in=key_set({change.seq for change in changes}))}
    for change in changes:
        if change.seq in events:
            part = _entry(events[change.seq], change.before, change.after, bulk=True)
            found[int(change.object_id)].append(part)
    return {pk: sorted(entries, key=lambda entry: -entry.seq) for pk, entries in found.items()}


def last_changes(model: type[models.Model], pks: Iterable[int]) -> dict[int, Event]:
    """The newest event that touched each of these rows; rows never recorded are missing."""
    kind, keys = model._meta.label_lower, key_set(pks, text=True)
    newest: dict[str, int] = {}
    for source in (Event, Change):
        rows = source.objects.filter(object_type=kind, object_id__in=keys).order_by().values_list("object_id")
        for pk, seq in rows.annotate(newest=Max("seq")):
            newest[pk] = max(seq, newest.get(pk, 0))
    events = {event.seq: event for event in Event.objects.filter(seq__in=key_set(set(newest.values())))}
    return {int(pk): events[seq] for pk, seq in newest.items() if seq in events}


def position() -> int:
    """Number of the last event: what has happened until now."""
    return ChainHead.objects.values_list("seq", flat=True).first() or 0


def touched_since(model: type[models.Model], seq: int) -> bool:
    """True where an event behind this number is about rows of a model: no row changes without one."""
    return Event.objects.filter(seq__gt=seq, object_type=model._meta.label_lower).exists()


def _entry(event: Event, before: Mapping[str, Any], after: Mapping[str, Any], *, bulk: bool = False) -> Entry:
    said = (event.seq, event.at, event.actor_name, event.actor_unit, event.action)
    return Entry(*said, before=before, after=after, reason=event.reason, bulk=bulk)
