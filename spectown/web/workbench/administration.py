"""What waits for the three administrators."""

from __future__ import annotations

import datetime

from django.urls import reverse
from django.utils import timezone

from spectown.accounts.locks import locked_usernames
from spectown.accounts.models import User
from spectown.accounts.permissions import Permission, Role
from spectown.audit.services import last_of_chain
from spectown.audit.verification import last_verification
from spectown.organisations.actors import Actor
from spectown.organisations.models import Membership
from spectown.web.workbench.parts import SHOWN, Item, Part, when

VERIFY_EVERY = 30  # days (建议值)


def accounts(actor: Actor, today: datetime.date) -> list[Part]:
    """Users without any role: the security administrator gives one, the system administrator may switch them off."""
    if not actor.may(Permission.USER_VIEW):
        return []
    rows = User.objects.filter(is_active=True).exclude(pk__in=Membership.objects.not_over(today).values("user"))
    items = [
        Item(
            title=str(user),
            url=reverse("system:user", args=[user.pk]),
            ball="安全管理员",
            since=when(user.date_joined),
            next="授予角色,或由系统管理员停用",
        )
        for user in rows.order_by("date_joined")[:SHOWN]
    ]
    url = f"{reverse('system:users')}?state=norole"
    return [Part("没有角色的用户", items, rows.count(), actor.may(Permission.ROLE_CHANGE), url)]


def locked(actor: Actor, today: datetime.date) -> list[Part]:
    """Accounts locked after failed logins."""
    if not actor.may(Permission.USER_CHANGE):
        return []
    rows = User.objects.filter(username__in=locked_usernames()).order_by("username")
    items = [
        Item(title=str(user), url=reverse("system:user", args=[user.pk]), next="确认系本人后解除锁定,或等待自动解除")
        for user in rows[:SHOWN]
    ]
    return [Part("被锁定的账号", items, rows.count(), True, f"{reverse('system:users')}?state=locked")]


def log(actor: Actor, today: datetime.date) -> list[Part]:
    """Length of the log and its last verification; overdue, failed or missing, it is the auditor's to do."""
    if actor.role != Role.AUDIT_ADMIN:
        return []
    last, url = last_verification(), reverse("system:audit")
    due = last is None or bool(last.after["breaches"]) or (today - timezone.localdate(last.at)).days >= VERIFY_EVERY
    found = "还没有核验过"
    if last is not None:
        number = last.after["breaches"]
        found = f"上次核验 {when(last.at)},{f'发现 {number} 处问题' if number else '全部完好'}"
    item = Item(
        title="核验操作日志" if due else "操作日志",
        url=f"{url}#verify",
        note=f"共 {last_of_chain()[0]:,} 条",
        alarm=found if due and last else "",
        state="" if due and last else found,
        next=f"每 {VERIFY_EVERY} 天至少核验一次,并把最后校验值另处记下" if due else "",
    )
    return [Part("操作日志", [item], 1, due, url, "打开操作日志")]
