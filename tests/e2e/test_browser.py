"""The browser fixtures themselves: they see errors, show Chinese, and take pictures of both widths."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

PAGE = """<!doctype html><html lang="zh-CN"><head><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="script-src 'nonce-a'"></head>
<body style="font:40px 'Noto Sans CJK SC',sans-serif"><span id="a">专</span><span id="b">镇</span></body></html>"""


@pytest.fixture
def base_url() -> str:
    """No system is needed here."""
    return "http://127.0.0.1:9"


def test_a_breach_of_the_content_security_policy_is_a_fault(page: Page, faults: list[str]) -> None:
    page.set_content(PAGE)
    assert faults == []
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: 'hacked = 1'}))")
    page.wait_for_timeout(100)
    assert any("Content Security Policy" in fault for fault in faults)
    faults.clear()


def test_a_failed_request_is_a_fault(page: Page, faults: list[str]) -> None:
    page.set_content('<img src="http://127.0.0.1:9/x.png">')
    page.wait_for_load_state("networkidle")
    assert any("ERR_" in fault for fault in faults)
    faults.clear()


def test_the_visitor_is_chinese_and_has_chinese_glyphs(page: Page) -> None:
    page.set_content(PAGE)
    assert page.evaluate("navigator.language") == "zh-CN"
    assert page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone") == "Asia/Shanghai"
    pictures = {page.locator(f"#{name}").screenshot() for name in "ab"}
    assert len(pictures) == 2, "both characters look alike: the Chinese font is missing"


def test_two_visitors_do_not_share_a_session(new_page: Callable[..., Page]) -> None:
    desk, phone = new_page(), new_page(width=390)
    assert desk.context != phone.context
    phone.set_content(PAGE)
    assert phone.evaluate("innerWidth") == 390


def test_pictures_of_both_widths(
    page: Page, shot: Callable[[Page, str], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.set_content(PAGE)
    shot(page, "nothing")
    monkeypatch.setenv("SHOTS_DIR", str(tmp_path))
    shot(page, "blank")
    assert {file.name for file in tmp_path.iterdir()} == {"blank-1440.png", "blank-390.png"}
    assert page.viewport_size == {"width": 1440, "height": 900}
