"""Every page of monitoring without a fault that axe finds: loaded once, then made as narrow as a phone."""

import json
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.e2e.conftest import Site
from tests.e2e.test_accessibility import ALL, CONTRAST, Rules
from tests.e2e.test_precheck_journey import log_in
from tools.browser import WIDTHS, context_options

AXE = Axe()
LAYOUT: Rules = {"runOnly": ["scrollable-region-focusable", "target-size"]}
CUT = "document.querySelectorAll('tbody tr:nth-child(n+6)').forEach(row => row.remove())"
SUM = "rows=territory&columns=period&i=output&row=*"
PAGES = {
    "demo-office": [
        "",
        "table/",
        "pivot/",
        f"pivot/cells/?{SUM}",
        "series/?p=all&p=t1&year=1",
        "towns/lucheng-carbon/",
        "counties/",
        "targets/",
        "missing/",
        "sheets/1/",
        "values/1/",
        "indicators/",
        "indicators/checks/",
        "indicators/output/version/",
        "forms/monthly/",
        "forms/monthly/edit/",
    ],
    "demo-department": ["certify/"],
    "demo-county-fill": ["tr:has-text('填报中') a", "books/1/"],
}


def test_no_fault_and_nothing_wider_than_the_window(browser: Browser, site: Site) -> None:
    assert [each for user in PAGES for each in _of_user(browser, site, user)] == []


def _of_user(browser: Browser, site: Site, user: str) -> list[str]:
    context = browser.new_context(base_url=site.url, bypass_csp=True, **context_options(1440))
    page = context.new_page()
    log_in(page, user)
    found = [fault for address in PAGES[user] for fault in _faults(page, address)]
    context.close()
    return found


def _faults(page: Page, address: str) -> list[str]:
    """At both widths. An address without a slash: a link on the page of sheets."""
    if address.endswith(" a"):
        page.goto("/monitoring/")
        page.locator(address).first.click()
        page.wait_for_selector("#sheet-form")
    else:
        answer = page.goto(f"/monitoring/{address}")
        assert answer is not None
        assert answer.status == 200, address
    return [f"{address}: {each}" for each in faults_of(page)]


def faults_of(page: Page) -> list[str]:
    """What is wrong with the page that stands open, at both widths. Rows of long tables are gone afterwards."""
    return [*_on_a_phone(page), *_axe(page, ALL), *_told(page.evaluate(CONTRAST))]


def _on_a_phone(page: Page) -> list[str]:
    """Whether it fits, and what the layout alone may do wrong; long tables are cut, since their rows are alike."""
    usual = page.viewport_size
    page.set_viewport_size({"width": 390, "height": WIDTHS["390"]})
    window, wide = page.evaluate("[innerWidth, document.documentElement.scrollWidth]")
    page.evaluate(CUT)
    page.evaluate(AXE.axe_script)
    found = _axe(page, LAYOUT)
    page.set_viewport_size(usual or {"width": 1440, "height": WIDTHS["1440"]})
    return [*found, f"{wide} px wide"] if wide > window else found


def _axe(page: Page, rules: Rules) -> list[str]:
    options = json.dumps({"resultTypes": ["violations"], **rules})
    return _told(page.evaluate(f"axe.run({options}).then(told => told.violations)"))


def _told(found: list[Any]) -> list[str]:
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]
