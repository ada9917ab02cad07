"""Journeys of rounds make their own rows, and several people take part in each."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from spectown.accounts.models import User
from spectown.organisations.actors import Actor
from tests.e2e.rounds.people import PATIENCE_MS, Visit


@pytest.fixture
def base_url(live_server: Any) -> str:
    """Rows of our own."""
    return str(live_server.url)


@pytest.fixture
def visit(new_page: Visit, base_url: str) -> Visit:
    """`visit(actor)`: a window in which this person is logged in, the same one each time."""
    windows: dict[tuple[int, int], Page] = {}

    def window(by: Actor, width: int = 1440) -> Page:
        key = (by.person, width)
        if key not in windows:
            client = Client()
            client.force_login(User.objects.get(pk=by.person))
            value = client.cookies[settings.SESSION_COOKIE_NAME].value
            windows[key] = new_page(width=width)
            cookie: Any = {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": base_url}
            windows[key].context.add_cookies([cookie])
            windows[key].context.set_default_timeout(PATIENCE_MS)
        return windows[key]

    return window
