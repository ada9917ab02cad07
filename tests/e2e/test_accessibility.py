"""Every page of the lists without a fault that axe finds, at both widths, and none wider than the window."""

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from spectown.lists.registry import ledgers
from tests.e2e.conftest import Site
from tests.e2e.test_precheck_journey import log_in
from tools.browser import context_options

WIDE = 1440
OFFICE, PHONE = {"width": WIDE, "height": 900}, {"width": 390, "height": 844}
Rules = dict[str, Any]
ALL: Rules = {"rules": {"color-contrast": {"enabled": False}}}  # which contrast.js looks at
# What a style sheet may do to a page; the rest follows from the same HTML at both widths.
LOOKS: Rules = {"runOnly": ["link-in-text-block", "scrollable-region-focusable", "target-size"]}
CONTRAST = Path(__file__).with_name("contrast.js").read_text("utf-8")
PARTS = ("", "new/", "import/", "deleted/", "?q=zzzz", "1/", "1/edit/")
WHOLE = (
    "enterprises",
    "projects",
    "enterprise-honours",
    "project-months",
    "leads",
)  # all other lists share their templates
LISTS = {
    ledger.slug: [f"/lists/{ledger.slug}/{part}" for part in (PARTS if ledger.slug in WHOLE else PARTS[:2])]
    for ledger in ledgers()
}
EVALUATED = datetime.datetime.now(tz=datetime.UTC).year - 1  # the year of the demonstration's evaluation
OTHERS = {
    "lists": ["/lists/", "/ledgers/functions/", "/enterprises/duplicates/", "/jobs/"],
    "projects": ["/projects/", "/projects/dispatch/", "/projects/1/advance/", "/projects/1/course/"],
    "towns": ["/towns/", "/towns/lucheng-carbon/", "/enterprises/counted/lucheng-carbon/leading_enterprises/"],
    "documents": [
        "/documents/",
        "/documents/draft/",
        "/documents/batches/",
        "/documents/draft/free_notice/",
        "/documents/templates/",
        "/documents/templates/upload/",
        "/documents/templates/fields/supervision_notice/",
        "/bundles/",
    ],
    "supervision": [
        "/supervision/",
        "/supervision/coverage/",
        "/duties/figures/",
        "/lists/measures/1/",
        "/supervision/notices/1/",
        "/supervision/notices/proposals/",
        "/lists/problems/1/",
        "/problems/common/",
        "/messages/",
    ],
    "visits and meetings": [
        "/supervision/visits/",
        "/supervision/visits/plan/",
        "/supervision/visits/1/",
        "/supervision/visits/2/towns/2/",
        "/supervision/meetings/new/",
        "/supervision/meetings/1/",
        "/supervision/meetings/1/agenda/",
    ],
    "evaluation": [
        "/evaluation/",
        f"/evaluation/{EVALUATED}/",
        f"/evaluation/{EVALUATED}/league/",
        f"/evaluation/{EVALUATED}/towns/qinzhou-millet/",
        f"/evaluation/{EVALUATED}/decisions/",
        f"/evaluation/{EVALUATED}/playground/",
    ],
    "plan": ["/plan/", "/plan/matrix/", "/certification/", "/workbench/"],
}


@pytest.fixture(scope="module")
def office(browser: Browser, site: Site) -> Iterator[Page]:
    """The office. axe is put into the page as a script, which our own policy would refuse."""
    context = browser.new_context(base_url=site.url, bypass_csp=True, **context_options(WIDE))
    page = context.new_page()
    log_in(page, "demo-office")
    yield page
    context.close()


@pytest.mark.parametrize("area", [*LISTS, *OTHERS])
def test_no_fault_and_nothing_wider_than_the_window(area: str, office: Page) -> None:
    """Each page is loaded once and looked at in both widths; a list that is only other words is measured only."""
    rules = (ALL, LOOKS) if area in OTHERS or area in WHOLE else (None, None)
    faults = [f for address in {**LISTS, **OTHERS}[area] for f in _twice(office, address, *rules)]
    assert faults == []


def test_the_lists_that_are_looked_at_have_every_kind_of_column() -> None:
    kinds = {each.slug: {bound.kind for bound in each.bound} for each in ledgers()}
    assert set().union(*kinds.values()) == set().union(*(kinds[slug] for slug in WHOLE))


def test_the_inbox_of_a_receiver(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.url, bypass_csp=True, **context_options(390))
    page = context.new_page()
    log_in(page, "demo-department")
    _opened(page, "/documents/inbox/")
    assert _faults(page, "/documents/inbox/", 390) == []
    context.close()


def _opened(page: Page, address: str) -> None:
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200, address


def _twice(page: Page, address: str, wide: Rules | None, phone: Rules | None) -> list[str]:
    """Faults on the screen of the office, then on a phone, which the same page becomes."""
    _opened(page, address)
    found = _faults(page, address, WIDE, wide)
    screen = page.context.new_cdp_session(page)  # what Playwright itself does for a context with is_mobile
    screen.send("Emulation.setDeviceMetricsOverride", {**PHONE, "deviceScaleFactor": 1, "mobile": True})
    screen.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    found += _faults(page, address, PHONE["width"], phone)
    screen.send("Emulation.setDeviceMetricsOverride", {**OFFICE, "deviceScaleFactor": 1, "mobile": False})
    screen.send("Emulation.setTouchEmulationEnabled", {"enabled": False})
    screen.detach()
    return found


def _faults(page: Page, address: str, window: int, rules: Rules | None = ALL) -> list[str]:
    found = [] if rules is None else _seen_by_axe(page, rules)
    shown = [f"{address} {each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]
    wide = page.evaluate("document.documentElement.scrollWidth")
    return [*shown, f"{address}: {wide} px wide in {window}"] if wide > window else shown


def _seen_by_axe(page: Page, rules: Rules) -> list[Any]:
    found: list[Any] = Axe().run(page, options={"resultTypes": ["violations"], **rules}).response["violations"]
    return found + list(page.evaluate(CONTRAST))


def _with(page: Page, html: str) -> list[str]:
    """Faults of a page with something more in it."""
    _opened(page, "/lists/")
    page.evaluate("html => document.querySelector('main').insertAdjacentHTML('beforeend', html)", html)
    return _faults(page, "", WIDE)


def test_what_is_too_pale_or_too_wide_is_seen(office: Page) -> None:
    assert _with(office, "<p>看得清的文字</p>") == []
    pale = '<p style="color: #bbb">看不清的文字</p>'
    assert _with(office, pale) == _with(office, pale) == [f" color-contrast: {pale}"]
    dark = "<p>看得清的文字</p>"
    assert _with(office, f'<div style="background: #444">{dark}</div>') == [f" color-contrast: {dark}"]
    assert _with(office, '<hr style="width: 1500px">')[0].endswith("px wide in 1440")


def test_axe_sees_what_it_is_there_to_see(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<html lang=zh><title>x</title><main><h1>x</h1><img src='data:,'></main></html>")
    assert [each["id"] for each in Axe().run(page).response["violations"]] == ["image-alt"]
    page.close()
