"""Requests by the thousand: who logs in is looked up once, and pages are not drawn."""

from copy import copy
from functools import cache
from typing import Any

import pytest
from django.contrib.auth.backends import ModelBackend

from spectown.web import middleware

look_up, roles_on = ModelBackend.get_user, middleware.memberships_on


def known_people(monkeypatch: pytest.MonkeyPatch) -> None:
    """People and their roles are read once a test: for tests in which neither changes."""

    @cache
    def found(user_id: Any) -> Any:
        return look_up(ModelBackend(), user_id)

    @cache
    def held(user_id: int, day: Any) -> Any:
        return tuple(roles_on(found(user_id), day))

    monkeypatch.setattr(ModelBackend, "get_user", lambda _backend, user_id: copy(found(user_id)))
    monkeypatch.setattr(middleware, "memberships_on", lambda user, day: list(held(user.pk, day)))


def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages come without content: for tests that ask whether they are open."""
    monkeypatch.setattr("django.template.loader.render_to_string", lambda *_, **__: "")
