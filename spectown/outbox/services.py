"""Changes that people make: what goes by which way, the calendar's address, stop and go, sending again."""

from __future__ import annotations

import datetime
import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from spectown.accounts.models import User
from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.lib.refusal import Refused
from spectown.lib.sealed import seal
from spectown.organisations.actors import Actor
from spectown.outbox.channels.robots import USE, address_fault
from spectown.outbox.enums import Channel, State
from spectown.outbox.enums import Delivery as At
from spectown.outbox.models import Choice, Delivery, Feed, Halt, Message, Preference, current_halt
from spectown.outbox.posting import Posting, post
from spectown.outbox.registry import KINDS
from spectown.outbox.telling import TRIAL

Wanted = Collection[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Ways:
    """What a person chose. `address` and `key` None: as they are (they are never shown again); empty: taken away."""

    wanted: Wanted
    email: str
    digest: bool
    digest_at: datetime.time
    robot: str
    address: str | None
    key: str | None


@transaction.atomic
def choose(*, ways: Ways, by: Actor) -> Preference:
    """Keep what the person chose for the own messages; 消息 itself cannot be switched off."""
    user = User.objects.select_for_update().get(pk=by.person)
    row, _ = Preference.objects.get_or_create(user=user)
    before = _said(user, row)
    user.email, row.digest, row.digest_at, row.robot = ways.email, ways.digest, ways.digest_at, ways.robot
    _keep_robot(row, ways)
    _refuse_empty(user, row, ways.wanted)
    user.save(update_fields=["email"])
    row.save()
    Choice.objects.filter(user=user).delete()
    Choice.objects.bulk_create(
        [
            Choice(user=user, kind=kind, channel=Channel(channel))
            for kind, channel in sorted(ways.wanted)
            if kind in KINDS
        ]
    )
    audit.record(by=by, action="outbox.choose", obj=row, before=before, after=_said(user, row))
    return row


def _keep_robot(row: Preference, ways: Ways) -> None:
    if ways.address is not None:
        fault = address_fault(ways.address) if ways.address else ""
        if fault:
            raise Refused(fault)
        row.robot_address = seal(ways.address, USE)
    if ways.key is not None:
        row.robot_key = seal(ways.key, USE)
    if not row.robot:
        row.robot_address = row.robot_key = ""


def _refuse_empty(user: User, row: Preference, wanted: Wanted) -> None:
    channels = {channel for _, channel in wanted}
    if Channel.MAIL in channels and not user.email:
        raise Refused("选了电子邮件,请填写邮箱地址。")
    if Channel.ROBOT in channels and not row.robot_address:
        raise Refused("选了群机器人,请选机器人种类并填写地址。")


def _said(user: User, row: Preference) -> dict[str, object]:
    """For the log: without the robot's address and key."""
    wanted = [f"{kind}:{channel}" for kind, channel in user.message_choices.values_list("kind", "channel")]
    plain = audit.snapshot(row, ("digest", "digest_at", "robot"))
    return {**plain, "email": user.email, "wanted": sorted(wanted), "has_robot": bool(row.robot_address)}


@transaction.atomic
def make_feed(*, by: Actor) -> str:
    """A new secret address of the person's calendar (only its end is returned, once); the old one ends."""
    user = User.objects.select_for_update().get(pk=by.person)
    _end_feed(user)
    token = secrets.token_urlsafe(32)
    row = Feed.objects.create(user=user, digest=digest_of(token))
    audit.record(by=by, action="outbox.feed", obj=row)
    return token


@transaction.atomic
def revoke_feed(*, by: Actor) -> None:
    """The calendar's address leads nowhere from now on."""
    row = _end_feed(User.objects.select_for_update().get(pk=by.person))
    if row is None:
        raise Refused("还没有生成订阅地址。")
    audit.record(by=by, action="outbox.feed_end", obj=row)


def _end_feed(user: User) -> Feed | None:
    row = Feed.objects.filter(user=user, revoked_at=None).first()
    if row is not None:
        row.revoked_at = timezone.now()
        row.save()
    return row


def digest_of(token: str) -> str:
    """What is kept of an address."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def stop(*, reason: str, by: Actor) -> Halt:
    """Stop all sending: messages go on being made, and wait."""
    by.require(Permission.OUTBOX_MANAGE)
    if not reason.strip():
        raise Refused("请写明停发的理由。")
    if current_halt() is not None:
        raise Refused("消息已经停发。")
    row = Halt.objects.create(stopped_by_id=by.person, reason=reason.strip()[:200])
    audit.record(by=by, action="outbox.stop", obj=row, reason=row.reason)
    return row


@transaction.atomic
def resume(*, by: Actor) -> Halt:
    """Let messages go again; those that are not true any more are dropped on the way."""
    by.require(Permission.OUTBOX_MANAGE)
    row = Halt.objects.select_for_update().filter(standing=True).first()
    if row is None:
        raise Refused("消息没有停发。")
    row.resumed_at, row.resumed_by_id, row.standing = timezone.now(), by.person, None
    row.save()
    audit.record(by=by, action="outbox.resume", obj=row)
    return row


@transaction.atomic
def again(*, message: Message, by: Actor) -> Message:
    """Send what failed once more: the message itself, or the ways on which it did not arrive."""
    by.require(Permission.OUTBOX_MANAGE)
    row = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    failed = list(row.deliveries.filter(state=At.FAILED))
    if row.receiver_id is None:
        raise Refused("这条消息没有人可以接收,不能再发。请授予角色;下一次提醒会送到。")
    if row.state != State.FAILED and not failed:
        raise Refused("这条消息没有失败的发送。")
    if row.state == State.FAILED:
        row.state, row.reason = State.WAITING, ""
        row.save()
    for delivery in failed:
        _wait_again(delivery)
    audit.record(by=by, action="outbox.again", obj=row, after={"channels": [d.channel for d in failed]})
    return row


def _wait_again(delivery: Delivery) -> None:
    delivery.state, delivery.reason, delivery.tries = At.WAITING, "", 0
    delivery.due_at, delivery.digest = timezone.now(), False
    delivery.save()


@transaction.atomic
def try_out(*, by: Actor) -> None:
    """One message to oneself."""
    now = timezone.now()
    if Message.objects.filter(
        receiver_id=by.person, kind=TRIAL, made_at__gt=now - datetime.timedelta(minutes=1)
    ).exists():
        raise Refused("刚发过一条,请一分钟后再试。")
    post([Posting(by.person, TRIAL, by.person, now.isoformat(), unit_id=by.unit_id, meant_for=by.name)])
    audit.record(by=by, action="outbox.trial", obj=User.objects.get(pk=by.person))
