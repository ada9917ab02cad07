"""Put messages into the outbox: many at once, in the caller's transaction, never one twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from spectown.outbox.enums import State
from spectown.outbox.models import Message

NOBODY = "没有人可以接收:应送的各级都没有在岗、有相应角色的人。请授予角色后再处理。"
BLOCK = 2000


@dataclass(frozen=True, slots=True)
class Posting:
    """One event for one receiver (None: nobody could be found, which the outbox shows as a failure)."""

    receiver_id: int | None
    kind: str
    object_id: int
    event: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    unit_id: int | None = None
    meant_for: str = ""
    note: str = ""


def key(kind: str, object_id: int, event: str) -> str:
    """Name of an event among all kinds of all objects."""
    return f"{kind}:{object_id}:{event}"


def post(postings: Iterable[Posting]) -> int:
    """Write them as waiting; an event that its receiver has already is left out. Returns how many were given."""
    rows = [_row(posting) for posting in postings]
    Message.objects.bulk_create(rows, batch_size=BLOCK, ignore_conflicts=True)
    return len(rows)


def _row(posting: Posting) -> Message:
    lost = posting.receiver_id is None
    return Message(
        receiver_id=posting.receiver_id,
        unit_id=posting.unit_id,
        kind=posting.kind,
        object_id=posting.object_id,
        event=key(posting.kind, posting.object_id, posting.event),
        facts=dict(posting.facts),
        meant_for=posting.meant_for[:120],
        note=posting.note[:200],
        state=State.FAILED if lost else State.WAITING,
        reason=NOBODY if lost else "",
    )
