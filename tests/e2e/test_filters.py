"""Filters of a list in a browser: a change asks by itself; 筛选 pressed meanwhile cuts nothing off."""

from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page, Route, expect

from spectown.accounts.permissions import Role
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def base_url(live_server: Any) -> str:
    """Rows of our own."""
    return str(live_server.url)


def test_pressing_the_button_while_a_change_is_asked_for_is_no_error(page: Page, base_url: str) -> None:
    factories.InstallationFactory.create()
    place = factories.TerritoryFactory.create(name="沁县")
    factories.EnterpriseFactory.create(territory=place, chain_role="leading", town=factories.TownFactory.create())
    value = factories.client_for(Role.OFFICE).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": base_url}])
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)

    def slow(route: Route) -> None:
        page.wait_for_timeout(400)
        route.continue_()

    page.goto("/lists/enterprises/")
    page.route("**/lists/enterprises/?**", slow)
    with page.expect_request("**/lists/enterprises/?**"):
        page.select_option("#f-chain_role", "leading")
    page.get_by_role("button", name="筛选", exact=True).click()
    expect(page.locator(".chip")).to_contain_text("链上角色:龙头")
    page.select_option("#f-status", "closed")  # at once by the button, before the change asks by itself
    page.get_by_role("button", name="筛选", exact=True).click()
    expect(page.locator(".chip")).to_have_count(2)
    assert errors == []
