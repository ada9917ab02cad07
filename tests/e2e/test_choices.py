"""Drop-downs searched by pinyin initials, names that the server proposes, and the same fields without scripts."""

from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Locator, Page, expect

from spectown.accounts.permissions import Role
from spectown.enterprises.lists import ENTERPRISES
from spectown.enterprises.models import EnterpriseHonour
from spectown.lists.searchable import search_text
from tests import factories
from tools.browser import context_options

pytestmark = pytest.mark.django_db(transaction=True)
FIRM = "沁州黄小米有限公司"


@pytest.fixture
def base_url(live_server: Any) -> str:
    """Rows of our own."""
    return str(live_server.url)


@pytest.fixture
def cookie(base_url: str) -> dict[str, str]:
    """The office looks at ten counties with one firm."""
    factories.InstallationFactory.create()
    for name in ("沁县", "沁源县", "武乡县", "襄垣县", "黎城县", "平顺县", "壶关县", "长子县", "屯留区", "潞城区"):
        place = factories.TerritoryFactory.create(name=name)
    firm = factories.EnterpriseFactory.create(name=FIRM, territory=place)
    firm.search_text = search_text(ENTERPRISES, firm)
    firm.save()
    value = factories.client_for(Role.OFFICE).cookies[settings.SESSION_COOKIE_NAME].value
    return {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": base_url}


def opened(field: Locator) -> None:
    """Ready to be typed into, which it is a moment after the click."""
    field.locator(".ts-control").click()
    expect(field.locator("input").or_(field.page.locator(".ts-dropdown input:visible")).first).to_be_focused()


def test_by_initials_in_filter_and_form(page: Page, cookie: Any) -> None:
    page.context.add_cookies([cookie])
    page.goto("/lists/enterprises/")
    opened(page.locator("#f-territory + .ts-wrapper"))
    page.keyboard.type("lcq")
    found = page.locator(".ts-dropdown .option.active:visible")
    expect(found).to_contain_text("潞城区")  # it is looked up after a pause
    page.keyboard.press("Enter")
    expect(page.locator(".chip")).to_contain_text("属地:潞城区")
    expect(page.locator("#f-territory + .ts-wrapper .item")).to_have_text("潞城区")  # made anew after the swap
    page.goto("/lists/enterprise-honours/new/")
    opened(page.locator("#id_enterprise + .ts-wrapper"))
    page.keyboard.type("hxm")
    page.locator(".ts-dropdown .option", has_text=FIRM).click()
    page.select_option("#id_kind", "little_giant")
    page.select_option("#id_level", "state")
    page.fill("#id_issuer", "工信部")
    page.fill("#id_valid_from", "2024-01-01")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator("h1")).to_contain_text("小巨人")
    assert EnterpriseHonour.objects.get().enterprise.name == FIRM


def test_several_by_initials_one_after_the_other_and_one_taken_out(page: Page, cookie: Any) -> None:
    page.context.add_cookies([cookie])
    page.goto("/lists/measures/new/")
    field = page.locator("#id_counties + .ts-wrapper")
    opened(field)
    for initials, name in (("lcq", "潞城区"), ("hgx", "壶关县"), ("xyx", "襄垣县")):
        page.keyboard.type(initials)
        expect(page.locator(".ts-dropdown .option.active:visible")).to_contain_text(name)
        page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    field.locator(".item", has_text="壶关县").locator(".take-out").click()
    expect(field.locator(".item")).to_have_text(["潞城区×", "襄垣县×"])
    chosen = page.locator("#id_counties").evaluate("e => [...e.selectedOptions].map(o => o.value)")
    assert sorted(chosen) == sorted(["潞城区", "襄垣县"])


def test_without_scripts_the_fields_are_plain(browser: Browser, base_url: str, cookie: Any) -> None:
    context = browser.new_context(base_url=base_url, **context_options(1440), java_script_enabled=False)
    context.add_cookies([cookie])
    page = context.new_page()
    page.goto("/lists/enterprise-honours/new/")
    page.fill("#id_enterprise", FIRM)
    page.select_option("#id_kind", "little_giant")
    page.select_option("#id_level", "state")
    page.fill("#id_issuer", "工信部")
    page.fill("#id_valid_from", "2024-01-01")
    page.get_by_role("button", name="保存", exact=True).click()
    assert EnterpriseHonour.objects.get().enterprise.name == FIRM
    page.goto("/lists/enterprises/")
    page.select_option("#f-territory", label="潞城区")
    page.get_by_role("button", name="筛选").click()
    assert "属地:潞城区" in page.locator(".chip").inner_text()
    context.close()
