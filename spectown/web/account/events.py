"""Login events of Django, allauth and axes into the audit log (third-party events: signals are all they offer)."""

from __future__ import annotations

from typing import Any

from allauth.mfa import signals as mfa
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest

from spectown.accounts.models import User
from spectown.audit.services import record
from spectown.organisations.actors import Actor


def _note(action: str, user: User, request: HttpRequest | None, after: dict[str, str] | None = None) -> None:
    """One event about the user; the actor is the user's own name, since nobody else is known yet."""
    address = str(request.META.get("REMOTE_ADDR", "")) if request else ""
    by = Actor(user_id=user.pk, name=user.name or "未知用户", address=address)
    with transaction.atomic():
        record(by=by, action=action, obj=user, after=after)


def _named(username: str) -> User:
    """The user of that name, or a stand-in; of an unknown name only the beginning (it may be a password)."""
    user = User.objects.filter(username__iexact=username).first()
    return user or User(pk=0, username=f"{username[:2]}…", name="未知用户")


@receiver(user_logged_in)
def logged_in(sender: object, request: HttpRequest | None, user: User, **rest: Any) -> None:
    """Login done (after the second factor, where there is one)."""
    _note("login", user, request)


@receiver(user_logged_out)
def logged_out(sender: object, request: HttpRequest | None, user: User | None, **rest: Any) -> None:
    """Logout, by hand or by a session limit."""
    if user is not None:
        _note("logout", user, request)


@receiver(user_login_failed)
def login_failed(sender: object, credentials: dict[str, Any], request: HttpRequest | None = None, **rest: Any) -> None:
    """Wrong name or password."""
    _note("login.fail", _named(str(credentials.get("username", ""))), request)


@receiver(mfa.authentication_failed)
def code_wrong(sender: object, request: HttpRequest, user: User, **rest: Any) -> None:
    """Wrong one-time code: a failed login like any other, counted by axes and noted here."""
    user_login_failed.send(sender=User, credentials={"username": user.username.lower()}, request=request)


@receiver(user_locked_out)
def locked_out(sender: object, request: HttpRequest, username: str, **rest: Any) -> None:
    """Too many failures: locked for a time."""
    _note("login.lock", _named(username or ""), request)


@receiver(mfa.authenticator_added)
def factor_added(sender: object, request: HttpRequest, user: User, **rest: Any) -> None:
    """Second factor switched on."""
    _note("mfa.add", user, request)


@receiver(mfa.authenticator_removed)
def factor_removed(sender: object, request: HttpRequest, user: User, **rest: Any) -> None:
    """Second factor switched off."""
    _note("mfa.remove", user, request)


@receiver(mfa.authenticator_reset)
def factor_reset(sender: object, request: HttpRequest, user: User, **rest: Any) -> None:
    """New recovery codes."""
    _note("mfa.reset", user, request)
