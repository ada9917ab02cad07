"""Put messages into the outbox: many at once, in the caller's transaction, never one twice."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from spectown.lib.columnar.reading import key_set
from spectown.lib.columnar.writing import insert
from spectown.outbox.enums import State
from spectown.outbox.models import Message

NOBODY = "没有人可以接收:应送的各级都没有在岗、有相应角色的人。请授予角色后再处理。"
BLOCK, FEW = 2000, 200
COLUMNS: Mapping[str, pl.DataType] = {
    "receiver": pl.Int64(),
    "unit": pl.Int64(),
    "kind": pl.String(),
    "object_id": pl.Int64(),
    "event": pl.String(),
    "facts": pl.String(),
    "meant_for": pl.String(),
    "note": pl.String(),
    "made_at": pl.Datetime("us", "UTC"),
    "state": pl.String(),
    "reason": pl.String(),
    "title": pl.String(),
    "text": pl.String(),
    "url": pl.String(),
}


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


def post(postings: Iterable[Posting], *, alone: bool = False) -> int:
    """Write them as waiting; an event that its receiver has already is left out. Returns how many were given.

    `alone`: nobody else can post these events meanwhile (their objects are locked), so that many go by the column.
    """
    rows = [_row(posting) for posting in postings]
    if alone and len(rows) > FEW:
        _insert(rows)
    else:
        Message.objects.bulk_create(rows, batch_size=BLOCK, ignore_conflicts=True)
    return len(rows)


def _insert(rows: Sequence[Message]) -> None:
    """Those that are not there yet. Django makes a row in 100 µs, which a first run of 100,000 items feels."""
    objects: defaultdict[str, set[int]] = defaultdict(set)
    for row in rows:
        objects[row.kind].add(row.object_id)
    there: set[tuple[int | None, str]] = set()
    for kind, found in objects.items():
        known = Message.objects.filter(kind=kind, object_id__in=key_set(found))
        there.update(known.values_list("receiver_id", "event"))
    new: dict[tuple[int | None, str], Message] = {}
    for row in rows:
        if (row.receiver_id, row.event) not in there:
            new.setdefault((row.receiver_id, row.event), row)
    insert(Message, pl.DataFrame([_values(row) for row in new.values()], schema=COLUMNS, orient="row"))


def _values(row: Message) -> tuple[Any, ...]:
    """As the columns."""
    given = (row.receiver_id, row.unit_id, row.kind, row.object_id, row.event, json.dumps(row.facts), row.meant_for)
    return (*given, row.note, row.made_at, str(row.state), row.reason, "", "", "")


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
