"""A sheet without a network: what is typed stays on this machine, comes back, and writes over nobody."""

import pytest
from playwright.sync_api import Page, expect

from spectown.monitoring.services.filling import Entry, save_cells
from tests import factories
from tests.apps.documents.conftest import issued_rows_can_be_flushed as issued_rows_can_be_flushed
from tests.apps.monitoring.world import World
from tests.e2e.test_monitoring_month import Visit
from tests.e2e.test_monitoring_month import base_url as base_url
from tests.e2e.test_monitoring_month import opened as opened
from tests.e2e.test_monitoring_month import visit as visit

pytestmark = pytest.mark.django_db(transaction=True)


def typed(page: Page, code: str, text: str) -> None:
    page.locator(f"#v-{code}").fill(text)
    page.locator(f"#v-{code}").press("Enter")


def test_what_is_typed_without_a_network_comes_back_and_writes_over_nobody(
    opened: World, visit: Visit, faults: list[str]
) -> None:
    world, page = opened, visit(opened.fill, 390)
    address = f"/monitoring/sheets/{world.sheet().pk}/"
    page.goto(address)
    saved = page.locator("[data-saved]")
    page.context.set_offline(True)
    for code, text in (("output", "1250"), ("tax", "90"), ("jobs", "120")):
        typed(page, code, text)
    expect(saved).to_have_text("网络不通,3 格存在本机,连上后自动保存")
    page.get_by_role("button", name="提交审核").click()
    assert page.url.endswith(address), "nothing is handed in without a network"
    faults.clear()  # the browser reports what did not go out
    save_cells(sheet=world.sheet(), entries={"output": Entry("1200"), "tax": Entry("95")}, by=world.fill)
    page.goto("about:blank")  # closed without a network, opened with one
    page.context.set_offline(False)
    page.goto(address)
    expect(page.locator("#f-output")).to_have_text(f"您打开之后,这一格{_name(world)}已改为 1,200,没有覆盖。")
    expect(page.locator("#v-jobs")).to_have_value("120")
    row = page.locator("tr", has=page.locator("#v-output"))
    row.get_by_role("button", name="仍用我填的 1250").click()
    expect(page.locator("#f-output")).to_have_text("")
    page.get_by_role("button", name="用现在的 95").click()
    expect(page.locator("#v-tax")).to_have_value("95")
    expect(saved).to_have_text("已保存")
    assert page.evaluate("localStorage.length") == 0
    shown = [world.cell(code).reported.shown for code in ("output", "tax", "jobs")]
    assert shown == ["1,250", "95", "120"]
    assert [each for each in faults if "422" not in each] == []
    faults.clear()
    _closed_meanwhile(world, page, address, faults)


def _closed_meanwhile(world: World, page: Page, address: str, faults: list[str]) -> None:
    """Handed in by somebody else: the rest is shown. Another person at the same machine does not get it."""
    page.context.set_offline(True)
    typed(page, "tax", "99")
    expect(page.locator("[data-saved]")).to_contain_text("1 格存在本机")
    faults.clear()
    world.filled()
    world.go("hand_in", world.fill)
    page.context.set_offline(False)
    page.goto(address)
    left = page.locator("#sheet-left")
    expect(left).to_contain_text("税收 99")
    left.get_by_role("button", name="清除").click()
    expect(left).to_be_hidden()
    assert page.evaluate("localStorage.length") == 0
    assert [each for each in faults if "409" not in each] == [], "back online, the page tried and was refused"
    faults.clear()


def _name(world: World) -> str:
    return str(factories.UserFactory._meta.model.objects.get(pk=world.fill.person).name)
