"""From waiting to the person's page 消息, and into the line of the other ways the person chose."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from spectown.outbox.enums import Channel, State
from spectown.outbox.models import Choice, Delivery, Message, Preference, current_halt
from spectown.outbox.passing import heirs, passed_on, present
from spectown.outbox.posting import post
from spectown.outbox.registry import Rendered, Untrue
from spectown.outbox.rendering import Words, words_of

BLOCK = 500
LEFT = "收件人已停用或已不在这个单位任职,单位里也没有担任同一角色的人,没有发出。请确认由谁接办,授予角色后点“再发一次”。"


def place(now: datetime.datetime) -> Counter[str]:
    """Send what waits to the pages 消息, block by block; how many went, were dropped, failed. Nothing while stopped."""
    done: Counter[str] = Counter()
    last = 0
    while current_halt() is None:
        states, last = _block(last, now)
        if not states:
            break
        done.update(states)
    return done


@transaction.atomic
def _block(last: int, now: datetime.datetime) -> tuple[list[str], int]:
    waiting = Message.objects.filter(state=State.WAITING, pk__gt=last).order_by("pk").select_related("receiver")
    rows = list(waiting.select_for_update(of=("self",))[:BLOCK])
    if not rows:
        return [], last
    words, here = words_of(rows), present(rows, now)
    for row in rows:
        _settle(row, words[row.pk], row.pk in here, now)
    _pass_on([row for row in rows if row.state == State.FAILED and row.reason == LEFT], now)
    Message.objects.bulk_update(rows, ("state", "title", "text", "url", "sent_at", "reason"))
    sent = [row for row in rows if row.state == State.SENT]
    Delivery.objects.bulk_create(list(_deliveries(sent, now)), ignore_conflicts=True)
    return [row.state for row in rows], rows[-1].pk


def _settle(row: Message, words: Words, is_here: bool, now: datetime.datetime) -> None:
    if isinstance(words, Rendered) and is_here:
        row.state, row.sent_at, row.reason = State.SENT, now, ""
        row.title, row.text, row.url = words.title[:200], words.text, words.url
    elif isinstance(words, Rendered):
        row.state, row.reason = State.FAILED, LEFT
    else:
        row.state = State.DROPPED if isinstance(words, Untrue) else State.FAILED
        row.reason = words.reason[:300]


def _pass_on(rows: Sequence[Message], now: datetime.datetime) -> None:
    """Whoever has the post now gets it in the next block; with nobody there it stays a failure."""
    found = heirs(rows, now) if rows else {}
    post(posting for row in rows if found.get(row.pk) for posting in passed_on(row, found[row.pk]))
    for row in rows:
        if users := found.get(row.pk):
            row.state, row.reason = State.DROPPED, f"收件人已不在岗,改送{'、'.join(users.values())}。"[:300]


def _deliveries(rows: Sequence[Message], now: datetime.datetime) -> Iterator[Delivery]:
    users = {row.receiver_id for row in rows if row.receiver_id}
    ways, chosen = _ways(users), Preference.objects.in_bulk(users, field_name="user_id")
    for row in rows:
        person = chosen.get(row.receiver_id or 0)
        digest = bool(person and person.digest)
        due = next_digest(person.digest_at, now) if person and digest else now
        for channel in ways.get((row.receiver_id, row.kind), ()):
            yield Delivery(message=row, channel=channel, due_at=due, digest=digest)


def _ways(users: Collection[int]) -> Mapping[tuple[int | None, str], list[Channel]]:
    found: defaultdict[tuple[int | None, str], list[Channel]] = defaultdict(list)
    for user, kind, channel in Choice.objects.filter(user_id__in=users).values_list("user_id", "kind", "channel"):
        found[user, kind].append(Channel(channel))
    return found


def next_digest(at: datetime.time, now: datetime.datetime) -> datetime.datetime:
    """The next time of day `at`, today's where it has not passed."""
    local = timezone.localtime(now)
    due = local.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
    return due if due >= local else due + datetime.timedelta(days=1)
