"""What a visitor without an account sees first."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page


@pytest.mark.parametrize("width", [1440, 390])
def test_front_page_fits_the_screen_and_leads_to_the_login(
    new_page: Callable[..., Page], shot: Callable[[Page, str], None], width: int
) -> None:
    page = new_page(width=width)
    answer = page.goto("/")
    assert answer is not None
    assert answer.status == 200
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    assert page.evaluate("document.documentElement.scrollWidth") <= width, "the page scrolls sideways"
    shot(page, f"front-{width}")
    assert page.get_by_role("link", name="登录").first.is_visible()
