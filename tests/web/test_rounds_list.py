"""The list of rounds: who sees which, in how many queries."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from spectown.accounts.permissions import Role
from tests.factories import client_for
from tests.round_factories import RulesVersionFactory

pytestmark = pytest.mark.django_db


def text(role: Role) -> str:
    return client_for(role).get(reverse("rounds:list")).content.decode()


def test_a_draft_is_the_offices() -> None:
    RulesVersionFactory.create(round__name="2026年第一批", round__state="draft")
    RulesVersionFactory.create(round__name="2026年第二批", round__state="open")
    assert "2026年第一批" in text(Role.OFFICE)
    county = text(Role.COUNTY_FILL)
    assert "2026年第一批" not in county
    assert "2026年第二批" in county
    assert "2026-06-01 至 2026-06-30" in county


def test_without_rounds_the_page_says_what_will_stand_there() -> None:
    assert "还没有认定批次" in text(Role.LEADER)


def test_number_of_queries_does_not_grow(django_assert_num_queries: Any) -> None:
    client = client_for(Role.OFFICE)
    RulesVersionFactory.create()
    client.get(reverse("rounds:list"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("rounds:list"))
    RulesVersionFactory.create_batch(6)
    with django_assert_num_queries(len(few)):
        client.get(reverse("rounds:list"))
