"""Every page of the lists without a fault that axe finds, at both widths, and none wider than the window."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from spectown.lists.registry import ledgers
from tests.e2e.conftest import Site
from tests.e2e.test_precheck_journey import log_in
from tools.browser import context_options

WIDE = 1440
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
    axe = wide or area in OTHERS or area in WHOLE  # at the other width the remaining lists differ by nothing but words
    faults = [fault for address in {**LISTS, **OTHERS}[area] for fault in _faults(office, address, axe=axe)]
    assert faults == []


def test_the_inbox_of_a_receiver(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.url, bypass_csp=True, **context_options(390))
    page = context.new_page()
    log_in(page, "demo-department")
    assert _faults(page, "/documents/inbox/") == []
    context.close()


def _faults(page: Page, address: str, *, axe: bool = True) -> list[str]:
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200, address
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"] if axe else []
    shown = [f"{address} {each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]
    window, wide = page.evaluate("[innerWidth, document.documentElement.scrollWidth]")
    return [*shown, f"{address}: {wide} px wide"] if wide > window else shown


def test_axe_sees_what_it_is_there_to_see(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<html lang=zh><title>x</title><main><h1>x</h1><img src='data:,'></main></html>")
    assert [each["id"] for each in Axe().run(page).response["violations"]] == ["image-alt"]
    page.close()
