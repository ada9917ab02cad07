"""Every page of the lists without a fault that axe finds, at both widths, and none wider than the window."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from spectown.lists.registry import ledgers
from tests.e2e.conftest import Site
from tests.e2e.test_precheck_journey import log_in
from tools.browser import context_options

WIDE = 1440
Rules = dict[str, Any]
ALL: Rules = {}
# What a style sheet may do to a page; the rest follows from the same HTML at both widths.
LOOKS: Rules = {"runOnly": ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]}
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


@pytest.fixture(scope="module", params=[WIDE, 390])
def office(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[Page]:
    """The office at one width. axe is put into the page as a script, which our own policy would refuse."""
    context = browser.new_context(base_url=site.url, bypass_csp=True, **context_options(request.param))
    page = context.new_page()
    log_in(page, "demo-office")
    yield page
    context.close()


@pytest.mark.parametrize("area", [*LISTS, *OTHERS])
def test_no_fault_and_nothing_wider_than_the_window(area: str, office: Page) -> None:
    wide = bool(office.viewport_size and office.viewport_size["width"] == WIDE)
    phone = LOOKS if area in OTHERS or area in WHOLE else None  # the remaining lists differ by nothing but words
    faults = [f for address in {**LISTS, **OTHERS}[area] for f in _faults(office, address, ALL if wide else phone)]
    assert faults == []


def test_the_inbox_of_a_receiver(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.url, bypass_csp=True, **context_options(390))
    page = context.new_page()
    log_in(page, "demo-department")
    assert _faults(page, "/documents/inbox/") == []
    context.close()


def _faults(page: Page, address: str, rules: Rules | None = ALL) -> list[str]:
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200, address
    options = {"resultTypes": ["violations"], **(rules or {})}
    found = [] if rules is None else Axe().run(page, options=options).response["violations"]
    shown = [f"{address} {each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]
    window, wide = page.evaluate("[innerWidth, document.documentElement.scrollWidth]")
    return [*shown, f"{address}: {wide} px wide"] if wide > window else shown


def test_axe_sees_what_it_is_there_to_see(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<html lang=zh><title>x</title><main><h1>x</h1><img src='data:,'></main></html>")
    assert [each["id"] for each in Axe().run(page).response["violations"]] == ["image-alt"]
    page.close()
