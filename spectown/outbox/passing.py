"""Who still holds the post for which a message was meant, and who has it now (接办的人)."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from django.utils import timezone

from spectown.organisations.models import Membership
from spectown.outbox.models import Message
from spectown.outbox.posting import Posting, key


def at_work(users: Collection[int], now: datetime.datetime) -> set[int]:
    """Those of the users who may log in and hold a role today."""
    held = Membership.objects.valid_on(timezone.localdate(now)).filter(user_id__in=users, user__is_active=True)
    return set(held.values_list("user_id", flat=True))


def present(rows: Sequence[Message], now: datetime.datetime) -> set[int]:
    """Messages, by number, whose receiver may log in and still has a role in the unit for which it was meant.

    One of the roles of the day on which it was made; where there was none then, any. One query however many.
    """
    users, today = {row.receiver_id for row in rows if row.receiver_id}, timezone.localdate(now)
    held: defaultdict[tuple[int | None, int | None], list[Membership]] = defaultdict(list)
    for each in Membership.objects.filter(user_id__in=users, user__is_active=True):
        held[each.user_id, each.unit_id].append(each)
        held[each.user_id, None].append(each)
    return {
        row.pk for row in rows if _has_role(held[row.receiver_id, row.unit_id], timezone.localdate(row.made_at), today)
    }


def _has_role(held: Sequence[Membership], then: datetime.date, today: datetime.date) -> bool:
    now = {each.role for each in held if each.revoked_at is None and each.covers(today)}
    before = {
        each.role for each in held if each.covers(then) and not (each.revoked_at and _day(each.revoked_at) < then)
    }
    return bool(now & before if before else now)


def _day(at: datetime.datetime) -> datetime.date:
    return timezone.localdate(at)


def heirs(rows: Sequence[Message], now: datetime.datetime) -> Mapping[int, dict[int, str]]:
    """For messages whose receiver has left: those of the same unit who hold the same role now, with their names.

    Two queries however many; nobody for a message that was meant for no unit.
    """
    units = {row.unit_id for row in rows if row.unit_id}
    if not units:
        return {}
    users = {row.receiver_id for row in rows if row.receiver_id}
    held: defaultdict[tuple[int | None, int | None], set[str]] = defaultdict(set)
    left = Membership.objects.filter(user_id__in=users, unit_id__in=units)
    for user, unit, role in left.values_list("user_id", "unit_id", "role"):
        held[user, unit].add(role)
    now_there: defaultdict[tuple[int | None, str], dict[int, str]] = defaultdict(dict)
    there = Membership.objects.valid_on(timezone.localdate(now)).filter(unit_id__in=units, user__is_active=True)
    for unit, role, user, name in there.order_by("pk").values_list("unit_id", "role", "user_id", "user__name"):
        now_there[unit, role][user] = name
    return {
        row.pk: {
            user: name
            for role in sorted(held[row.receiver_id, row.unit_id])
            for user, name in now_there[row.unit_id, role].items()
            if user != row.receiver_id
        }
        for row in rows
    }


def passed_on(row: Message, users: Mapping[int, str]) -> list[Posting]:
    """The same message for those who have the post now; who has it already does not get it twice."""
    event = row.event.removeprefix(key(row.kind, row.object_id, ""))
    name = row.receiver.name if row.receiver else ""
    note = f"{row.note}{name}已不在岗,改送接办的人。"
    return [
        Posting(user, row.kind, row.object_id, event, row.facts, row.unit_id, meant_for=row.meant_for, note=note)
        for user in users
    ]
