"""Changes to posts and memberships."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from spectown.accounts.models import User
from spectown.accounts.permissions import ADMINISTRATORS, Permission, Role
from spectown.audit import services as audit
from spectown.lib.refusal import Refused as Refused
from spectown.organisations.actors import Actor
from spectown.organisations.models import Incumbency, Membership, Post, Unit


@transaction.atomic
def substitute(*, post: Post, person: str, title: str, since: datetime.date, document: str, by: Actor) -> Incumbency:
    """Register who now holds a post (自行替补, 方案 附件1 三): the predecessor ends the day before."""
    by.require(Permission.POST_CHANGE)
    person = "".join(person.split())
    if not person or not document.strip():
        raise Refused("请填写现任者姓名和依据。")
    predecessor = post.incumbencies.select_for_update().filter(valid_to__isnull=True).order_by("-pk").first()
    if predecessor is not None:
        _end(predecessor, person, since, by)
    incumbency = Incumbency.objects.create(
        post=post, person=person, title=title.strip(), valid_from=since, document=document.strip()
    )
    audit.record(by=by, action="post.substitute", obj=incumbency, after=audit.snapshot(incumbency))
    return incumbency


def _end(predecessor: Incumbency, person: str, since: datetime.date, by: Actor) -> None:
    if predecessor.person == person:
        raise Refused(f"{person}已是现任,无须替补。")
    if predecessor.valid_from and predecessor.valid_from >= since:
        raise Refused(f"到任日期应晚于前任{predecessor.person}的到任日期 {predecessor.valid_from}。")
    before = audit.snapshot(predecessor)
    predecessor.valid_to = since - datetime.timedelta(days=1)
    predecessor.save(update_fields=["valid_to"])
    audit.record(by=by, action="post.end", obj=predecessor, before=before, after=audit.snapshot(predecessor))


@transaction.atomic
def grant(*, user: User, unit: Unit, role: Role, by: Actor, since: datetime.date | None = None) -> Membership:
    """Give a user a role for a unit; nobody grants a role to themselves."""
    by.require(Permission.ROLE_CHANGE)
    if by.user_id == user.pk:
        raise Refused("不能给自己授予角色,请由另一名安全管理员办理。")
    _refuse_double(user, unit, role)
    membership = Membership.objects.create(user=user, unit=unit, role=role, valid_from=since)
    audit.record(by=by, action="role.grant", obj=membership, after=audit.snapshot(membership))
    return membership


def _refuse_double(user: User, unit: Unit, role: Role) -> None:
    """Twice the same role, or two of the three administrators in one person (三员分立)."""
    User.objects.select_for_update().get(pk=user.pk)  # two grants at once must see each other
    held = list(Membership.objects.not_over(timezone.localdate()).filter(user=user))
    if any(m.unit_id == unit.pk and m.role == role for m in held):
        raise Refused(f"{user.name}已有“{role.label}”角色。")
    others = [Role(m.role) for m in held if m.role in ADMINISTRATORS and m.role != role]
    if role in ADMINISTRATORS and others:
        raise Refused(
            f"{user.name}已是{others[0].label},不能兼任{role.label}:系统、安全、审计管理员须由三人分别担任。"
            f"请另选一人,或先收回其{others[0].label}角色。"
        )


@transaction.atomic
def revoke(*, membership: Membership, by: Actor, reason: str) -> None:
    """Take a role back at once."""
    by.require(Permission.ROLE_CHANGE)
    if by.user_id == membership.user_id:
        raise Refused("不能收回自己的角色,请由另一名安全管理员办理。")
    if membership.revoked_at:
        raise Refused("这个角色已经收回。")
    if not reason.strip():
        raise Refused("请填写收回理由。")
    before = audit.snapshot(membership)
    membership.revoked_at, membership.revoked_by_id = timezone.now(), by.user_id
    membership.save(update_fields=["revoked_at", "revoked_by"])
    audit.record(
        by=by,
        action="role.revoke",
        obj=membership,
        before=before,
        after=audit.snapshot(membership),
        reason=reason,
    )
