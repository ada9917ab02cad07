"""In the finished project every line of the navigation leads somewhere, for every role that sees it."""

import pytest
from django.test import RequestFactory
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from spectown.accounts.permissions import Role
from spectown.organisations.actors import Actor
from spectown.web import counts, nav
from spectown.web.context import Shell
from tests import factories, outbox_factories


@pytest.mark.parametrize("entry", list(nav.entries()), ids=lambda e: e.ledger or e.url_name)
def test_entry_has_an_address(entry: nav.Entry) -> None:
    assert entry.url


def test_public_line_is_complete() -> None:
    links = Shell(RequestFactory().get("/")).public_links
    assert [link.label for link in links] == ["首页", "方案全文", "专业镇", "公示"]


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_every_line_shown_to_a_role_opens(role: Role) -> None:
    client = factories.client_for(role)
    links = [link for group in nav.groups(factories.actor(role), "") for link in group.links]
    assert links
    assert {link.url: client.get(link.url).status_code for link in links} == {link.url: 200 for link in links}


@pytest.mark.django_db
def test_numbers_are_new_on_every_page_though_their_question_is_remembered(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    actor = factories.actor(Role.OFFICE)
    counts._question.cache_clear()
    with django_assert_num_queries(1):  # putting the question asks nothing itself
        assert _unread(actor) == 0
    outbox_factories.MessageFactory(receiver_id=actor.user_id, state="sent", sent_at=timezone.now())
    with django_assert_num_queries(1):
        assert _unread(actor) == 1
    assert _unread(factories.actor(Role.OFFICE)) == 0  # another person's own question


def _unread(actor: Actor) -> int:
    return next(link.count for group in nav.groups(actor, "") for link in group.links if link.label == "消息")
