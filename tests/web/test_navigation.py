"""In the finished project every line of the navigation leads somewhere, for every role that sees it."""

import pytest
from django.test import RequestFactory

from spectown.accounts.permissions import Role
from spectown.web import nav
from spectown.web.context import Shell
from tests import factories


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
