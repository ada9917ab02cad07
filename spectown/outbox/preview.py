"""Dry run (试发): who would be told what, by which ways, if sending went on now. Writes nothing."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from spectown.outbox.delivering import WAYS
from spectown.outbox.enums import Channel, State
from spectown.outbox.enums import Delivery as At
from spectown.outbox.models import Choice, Delivery, Message
from spectown.outbox.passing import heirs, present
from spectown.outbox.registry import Rendered, Untrue
from spectown.outbox.rendering import Words, words_of
from spectown.outbox.sending import LEFT

MOST = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One message as it would go: the words, or why it would not; `ways`: label and what stands in the way."""

    message: Message
    title: str
    text: str
    refusal: str
    ways: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """The first of what waits, and how many there are altogether."""

    lines: tuple[Line, ...]
    total: int
    due: int

    @property
    def people(self) -> int:
        """How many persons are told, of those that are listed."""
        return len({line.message.receiver_id for line in self.lines if line.message.receiver_id and not line.refusal})

    @property
    def blocked(self) -> int:
        """How many ways of those that are listed lead nowhere as things are set."""
        return sum(1 for line in self.lines if not line.refusal for _, fault in line.ways if fault)


def preview(now: datetime.datetime) -> Preview:
    """Waiting messages with their words, and the number of deliveries that are due."""
    waiting = Message.objects.filter(state=State.WAITING)
    due = Delivery.objects.filter(state=At.WAITING, due_at__lte=now)
    whose = Q(state=State.WAITING) | Q(pk__in=due.values("message_id"))
    rows = Message.objects.filter(whose).select_related("receiver", "unit").order_by("pk")
    return Preview(tuple(_lines(list(rows[:MOST]), now)), waiting.count(), due.count())


def _lines(rows: Sequence[Message], now: datetime.datetime) -> list[Line]:
    words, here, ways = words_of(rows), present(rows, now), _ways(rows)
    left = heirs([row for row in rows if row.pk not in here], now)
    return [_line(row, words[row.pk], _gone(row, here, left), ways[row.pk]) for row in rows]


def _gone(row: Message, here: set[int], left: Mapping[int, Mapping[int, str]]) -> str:
    """Why the receiver does not get it; empty where they do."""
    if row.pk in here:
        return ""
    users = left.get(row.pk)
    return f"收件人已不在岗,将改送{'、'.join(users.values())}。" if users else LEFT


def _line(row: Message, words: Words, gone: str, ways: Sequence[str]) -> Line:
    if not isinstance(words, Rendered):
        return Line(row, str(row), "", f"{'不再需要' if isinstance(words, Untrue) else '发不出'}:{words.reason}", ())
    return Line(row, words.title, words.text, gone, tuple(_faults(row, ways)))


def _faults(row: Message, ways: Sequence[str]) -> list[tuple[str, str]]:
    receiver = row.receiver
    return [(str(Channel(way).label), WAYS[way].fault(receiver)) for way in ways] if receiver else []


def _ways(rows: Sequence[Message]) -> defaultdict[int, list[str]]:
    """Ways by message: those that wait already, or those the receiver chose for the kind."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    placed = Delivery.objects.filter(message__in=rows, state=At.WAITING)
    for message, channel in placed.values_list("message_id", "channel"):
        found[message].append(channel)
    chosen: defaultdict[tuple[int | None, str], list[str]] = defaultdict(list)
    choices = Choice.objects.filter(user__in=[row.receiver_id for row in rows if row.receiver_id])
    for user, kind, channel in choices.values_list("user_id", "kind", "channel"):
        chosen[user, kind].append(channel)
    for row in rows:
        if row.state == State.WAITING:
            found[row.pk].extend(chosen[row.receiver_id, row.kind])
    return found
