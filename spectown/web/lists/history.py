"""What happened to a row, from the log, in the words of its list."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from spectown.audit.history import Entry, history
from spectown.audit.labels import action_label
from spectown.audit.services import differences
from spectown.lists.declaration import BoundColumn, Ledger
from spectown.lists.models import ListRow
from spectown.web.lists.words import Labels, labels_of, words

SHOWN = 30  # events on the page


@dataclass(frozen=True, slots=True)
class Difference:
    """One column that a change gave another value."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of the timeline."""

    at: datetime.datetime
    what: str
    who: str
    reason: str
    changes: tuple[Difference, ...]
    values: tuple[tuple[str, str], ...] = ()  # of a row that was new


def steps(ledger: Ledger, row: ListRow) -> list[Step]:
    """The latest steps of a row, newest first, also those that an import made."""
    entries = history(row, SHOWN)
    columns = [column for column in ledger.bound if any(column.name in entry.after for entry in entries)]
    labels = labels_of(columns, [_known(part, columns) for entry in entries for part in (entry.before, entry.after)])
    return [_step(entry, columns, labels) for entry in entries]


def _known(values: Mapping[str, Any], columns: Iterable[BoundColumn]) -> dict[str, Any]:
    return {column.name: values.get(column.name) for column in columns}


def _step(entry: Entry, columns: Iterable[BoundColumn], labels: Labels) -> Step:
    before, after = differences(entry.before, entry.after) if entry.before and entry.after else ({}, {})
    changes = tuple(
        Difference(c.heading, words(c, before.get(c.name), labels), words(c, after[c.name], labels))
        for c in columns
        if c.name in after
    )
    values = () if entry.before else tuple((c.heading, words(c, entry.after.get(c.name), labels)) for c in columns)
    filled = tuple((heading, value) for heading, value in values if value)
    who = f"{entry.actor_name}({entry.actor_unit})" if entry.actor_unit else entry.actor_name
    return Step(timezone.localtime(entry.at), action_label(entry.action), who, entry.reason, changes, filled)
