"""Changes to accounts: made, switched off and on, password reset, unlocked. Roles: organisations.services."""

from __future__ import annotations

import re
import secrets
from typing import Any, Protocol

from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.db import transaction

from spectown.accounts.models import User
from spectown.accounts.permissions import Permission
from spectown.audit import services as audit
from spectown.lib.refusal import Refused

USERNAME = re.compile(r"[a-z][a-z0-9._-]{2,29}")
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # without look-alikes: read out over the telephone
GROUPS, GROUP = 4, 4  # 16 letters of 31: 79 bits
SHOWN = ("username", "name", "phone", "is_active", "must_change_password")


class Officer(audit.By, Protocol):
    """Who acts, and can be asked for a permission (organisations.actors.Actor)."""

    def require(self, permission: Permission) -> None:
        """Raise where the role does not hold the permission."""


def temporary_password() -> str:
    """Sixteen random letters and digits in groups of four, for one login."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))


def _shown(user: User) -> dict[str, Any]:
    return audit.snapshot(user, SHOWN)


def _locked(user: User) -> User:
    return User.objects.select_for_update().get(pk=user.pk)


def _reasoned(reason: str) -> str:
    if not reason.strip():
        raise Refused("请填写理由。")
    return reason.strip()


@transaction.atomic
def create_user(*, username: str, name: str, by: Officer, phone: str = "") -> tuple[User, str]:
    """Make an account without any role; returns it with the temporary password, which is kept nowhere in clear."""
    by.require(Permission.USER_CHANGE)
    username, name = username.strip().lower(), "".join(name.split())
    if not USERNAME.fullmatch(username):
        raise Refused("用户名应以小写字母开头,由 3 到 30 个小写字母、数字或 . _ - 组成。")
    if not name:
        raise Refused("请填写姓名。")
    if User.objects.filter(username=username).exists():
        raise Refused(f"用户名“{username}”已被使用,请换一个。")
    password = temporary_password()
    user = User(username=username, name=name, phone=phone.strip(), must_change_password=True)
    user.set_password(password)
    user.save()
    audit.record(by=by, action="user.create", obj=user, after=_shown(user))
    return user, password


@transaction.atomic
def disable(*, user: User, reason: str, by: Officer) -> None:
    """Switch an account off; its sessions end with the next click."""
    by.require(Permission.USER_CHANGE)
    if by.user_id == user.pk:
        raise Refused("不能停用自己的账号,请由另一名系统管理员办理。")
    _switch(user, False, "user.disable", reason, by)


@transaction.atomic
def enable(*, user: User, reason: str, by: Officer) -> None:
    """Switch an account on again."""
    by.require(Permission.USER_CHANGE)
    _switch(user, True, "user.enable", reason, by)


def _switch(user: User, active: bool, action: str, reason: str, by: Officer) -> None:
    locked = _locked(user)
    if locked.is_active == active:
        raise Refused(f"{locked.name}的账号已是{'启用' if active else '停用'}状态。")
    before = _shown(locked)
    locked.is_active = active
    locked.save(update_fields=["is_active"])
    audit.record(by=by, action=action, obj=locked, before=before, after=_shown(locked), reason=_reasoned(reason))


@transaction.atomic
def reset_password(*, user: User, reason: str, by: Officer) -> str:
    """Give a new temporary password; all sessions of the user end."""
    by.require(Permission.USER_CHANGE)
    if by.user_id == user.pk:
        raise Refused("自己的口令请在“修改口令”中更改。")
    locked, password = _locked(user), temporary_password()
    before = _shown(locked)
    locked.set_password(password)
    locked.must_change_password = True
    locked.save(update_fields=["password", "must_change_password"])
    audit.record(
        by=by, action="password.reset", obj=locked, before=before, after=_shown(locked), reason=_reasoned(reason)
    )
    return password


@transaction.atomic
def reset_second_factor(*, user: User, reason: str, by: Officer) -> None:
    """Take the second factor off, for somebody who lost the telephone."""
    by.require(Permission.USER_CHANGE)
    if by.user_id == user.pk:
        raise Refused("自己的二次验证请在“我的账户”中更改。")
    factors = Authenticator.objects.select_for_update().filter(user=user)
    if not factors:
        raise Refused(f"{user.name}没有开启二次验证。")
    kinds = sorted(factor.type for factor in factors)
    factors.delete()
    audit.record(by=by, action="mfa.clear", obj=user, before={"factors": kinds}, reason=_reasoned(reason))


@transaction.atomic
def unlock(*, user: User, reason: str, by: Officer) -> None:
    """Forget the failed logins of a user, so that the next attempt is heard."""
    by.require(Permission.USER_CHANGE)
    attempts = AccessAttempt.objects.select_for_update().filter(username__iexact=user.username)
    failures = sum(attempt.failures_since_start for attempt in attempts)
    if not failures:
        raise Refused(f"{user.name}的账号没有锁定。")
    attempts.delete()
    audit.record(by=by, action="login.unlock", obj=user, before={"failures": failures}, reason=_reasoned(reason))
