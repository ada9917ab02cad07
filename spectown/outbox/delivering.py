"""The ways beside 消息: each delivery is taken, rendered anew, sent outside any transaction, and settled.

A delivery is taken before it is sent, so that it never goes twice; one whose process died in between is shown as
failed, since nobody can know whether it arrived.
"""

from __future__ import annotations

import datetime
import time
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from spectown.accounts.models import User
from spectown.outbox.channels import Letter, Undelivered, Way
from spectown.outbox.channels.mail import Mail
from spectown.outbox.channels.robots import Robots
from spectown.outbox.enums import Channel
from spectown.outbox.enums import Delivery as At
from spectown.outbox.models import Delivery, current_halt
from spectown.outbox.passing import present
from spectown.outbox.registry import Rendered, Untrue
from spectown.outbox.rendering import absolute, words_of

WAYS: Mapping[str, Way] = {Channel.MAIL: Mail(), Channel.ROBOT: Robots()}
BACK_OFF = (datetime.timedelta(minutes=5), datetime.timedelta(minutes=30))  # then it has failed
STALE = datetime.timedelta(minutes=10)
TURN = 40.0  # seconds after which the rest waits for the next turn
NO_ROLE = "收件人已停用,或已不在这个单位担任原来的角色,没有发出。"
BROKEN_OFF = "发送途中进程中断,不知是否已送达。需要的话请点“再发一次”。"


def deliver(now: datetime.datetime) -> Counter[str]:
    """Send what is due; how many went, wait again, were dropped, failed. Stops at once when messages are stopped."""
    stale = Delivery.objects.filter(state=At.SENDING, tried_at__lt=now - STALE)
    done: Counter[str] = Counter(failed=stale.update(state=At.FAILED, token=None, reason=BROKEN_OFF))
    end = time.monotonic() + TURN
    for batch in _batches(now):
        if current_halt() is not None or time.monotonic() > end:
            break
        done.update(_send(_taken(batch, now), now))
    return +done


def _batches(now: datetime.datetime) -> Iterator[list[int]]:
    """Numbers of deliveries that go as one letter."""
    due = Delivery.objects.filter(state=At.WAITING, due_at__lte=now)
    yield from ([pk] for pk in list(due.filter(digest=False).order_by("due_at", "pk").values_list("pk", flat=True)))
    rows = due.filter(digest=True).order_by("message__receiver_id", "channel", "pk")
    found = list(rows.values_list("message__receiver_id", "channel", "pk"))
    for _, lines in groupby(found, key=lambda line: line[:2]):
        yield [line[2] for line in lines]


def _taken(batch: Iterable[int], now: datetime.datetime) -> list[Delivery]:
    token = uuid.uuid4()
    with transaction.atomic():
        Delivery.objects.filter(pk__in=list(batch), state=At.WAITING).update(
            state=At.SENDING, token=token, tried_at=now, tries=F("tries") + 1
        )
    return list(Delivery.objects.filter(token=token).select_related("message__receiver").order_by("pk"))


def _send(rows: list[Delivery], now: datetime.datetime) -> list[str]:
    """Send the taken ones as one letter; their states afterwards."""
    words = words_of([row.message for row in rows])
    here = present([row.message for row in rows], now)
    told = [
        (row, found) for row in rows if isinstance(found := words[row.message_id], Rendered) and row.message_id in here
    ]
    for row in rows:
        found = words[row.message_id]
        if isinstance(found, Rendered) and row.message_id not in here:
            _settle(row, At.FAILED, NO_ROLE)
        elif not isinstance(found, Rendered):
            _settle(row, At.DROPPED if isinstance(found, Untrue) else At.FAILED, found.reason)
    if told:
        _go([row for row, _ in told], _letter([found for _, found in told], now, told[0][0].digest), now)
    return [row.state for row in rows]


def _go(rows: list[Delivery], letter: Letter, now: datetime.datetime) -> None:
    way, user = WAYS[rows[0].channel], rows[0].message.receiver
    try:
        _send_to(way, user, letter)
    except Undelivered as fault:
        for row in rows:
            _settle_fault(row, fault, now)
        return
    for row in rows:
        _settle(row, At.SENT, "")


def _send_to(way: Way, user: User | None, letter: Letter) -> None:
    fault = "收件人已停用。" if user is None or not user.is_active else way.fault(user)
    if fault or user is None:
        raise Undelivered(fault, again=False)
    way.send(user, letter)


def _settle_fault(row: Delivery, fault: Undelivered, now: datetime.datetime) -> None:
    again = fault.again and row.tries <= len(BACK_OFF)
    row.due_at = now + BACK_OFF[row.tries - 1] if again else row.due_at
    _settle(row, At.WAITING if again else At.FAILED, str(fault))


def _settle(row: Delivery, state: At, reason: str) -> None:
    row.state, row.reason, row.token = state, reason[:300], None
    row.save(update_fields=["state", "reason", "token", "due_at"])


def _letter(found: list[Rendered], now: datetime.datetime, digest: bool) -> Letter:
    if not digest:
        return Letter(found[0].title, _lines(found[0]))
    day = timezone.localtime(now)
    parts = [f"{number}. {each.title}\n{_lines(each)}" for number, each in enumerate(found, 1)]
    return Letter(f"{day.month}月{day.day}日消息汇总({len(found)} 条)", "\n\n".join(parts))


def _lines(found: Rendered) -> str:
    link = absolute(found.url)
    return f"{found.text}\n{link}" if link else f"{found.text}\n详情请登录专镇通查看。"
