"""A scheme for a new year in a browser: copied, weights from comparing each with each, checked, tried, approved by
the leading group; the evaluation of that year goes by it. No page has a fault that axe finds."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from spectown.accounts.models import User
from spectown.core.evaluation.drafting import place_of
from spectown.core.evaluation.yearreading import clauses_of
from spectown.evaluation.models import Evaluation, Scheme
from spectown.organisations.actors import Actor
from tests import factories
from tests.apps.documents.conftest import issued_rows_can_be_flushed as issued_rows_can_be_flushed
from tests.apps.evaluation.world import YEAR, World
from tests.e2e.test_monitoring_accessibility import faults_of

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE_MS = 40_000
PAGES = ("", "{pk}/", "{pk}/trial/", "{pk}/node/output/", "{pk}/node/total/weights/", "{pk}/part/groups/")


@pytest.fixture
def base_url(live_server: Any) -> str:
    """Rows of our own."""
    return str(live_server.url)


def opened(page: Page, by: Actor, base_url: str) -> Page:
    """A window in which this person is logged in."""
    client = Client()
    client.force_login(User.objects.get(pk=by.person))
    name = settings.SESSION_COOKIE_NAME
    cookie: Any = {"name": name, "value": client.cookies[name].value, "url": base_url}
    page.context.add_cookies([cookie])
    page.context.set_default_timeout(PATIENCE_MS)
    return page


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def told(page: Page, text: str) -> None:
    expect(page.get_by_text(text).first).to_be_visible(timeout=PATIENCE_MS)


def test_a_scheme_for_a_new_year(new_page: Callable[..., Page], base_url: str) -> None:
    world = World(towns=4)
    for ref in clauses_of(world.plan.evaluation):
        factories.ClauseFactory.create(version=world.plan, ref=ref, level=2)
    world.begin()
    world.go("freeze")
    office = opened(new_page(width=1440), world.office, base_url)
    leader = opened(new_page(width=390), world.leader, base_url)
    _copied(office)
    _compared(office)
    office.get_by_role("link", name="体检和试算").click()
    told(office, "不是评估结果")
    told(office, "名义权重")
    office.goto(f"/evaluation/schemes/{Scheme.objects.get().pk}/")
    _reasoned(office, "提请审定", "领导小组第三次会议议定")
    told(office, "已提请审定")
    leader.goto(f"/evaluation/schemes/{Scheme.objects.get().pk}/")
    told(leader, "产业规模")
    _reasoned(leader, "审定", "同意")
    told(leader, "已审定")
    office.goto("/evaluation/")
    office.get_by_label("评估年度").fill(str(YEAR + 1))
    press(office, "建立")
    told(office, f"已建立{YEAR + 1}年度市级专业镇评估")
    assert place_of(Evaluation.objects.get(year=YEAR + 1).scheme, "output").node["weight"] == 55


def _copied(office: Page) -> None:
    office.goto("/evaluation/schemes/")
    office.get_by_role("link", name="拟定评估方案").click()
    office.get_by_label("依据").fill("领导小组第三次会议")
    press(office, "抄来一稿")
    told(office, "已抄来一稿")
    draft = Scheme.objects.get().pk
    assert [f"{at}: {fault}" for at in PAGES for fault in _faults(office, at.format(pk=draft))] == []
    office.goto(f"/evaluation/schemes/{draft}/")


def _faults(page: Page, address: str) -> list[str]:
    page.goto(f"/evaluation/schemes/{address}")
    return faults_of(page)


def _compared(office: Page) -> None:
    """产值 twice as important as each of the others; the sum is told while one types."""
    office.get_by_role("link", name="产业规模下的权重").click()
    weight = office.get_by_label("主导产业产值", exact=True)
    weight.fill("40")
    told(office, "合计 90,还差 10")
    office.get_by_role("link", name="两两比较").click()
    selects = office.locator(".pairs select")
    for place, value in enumerate(("3", "2", "1")):
        selects.nth(place).select_option(value)
    press(office, "保存比较")
    told(office, "前后一致")
    assert faults_of(office) == []
    office.get_by_role("link", name="采用为权重").click()
    told(office, "合计 100")
    press(office, "保存权重")
    told(office, "已保存“产业规模”下的权重")


def _reasoned(page: Page, move: str, reason: str) -> None:
    page.get_by_role("link", name=move, exact=True).click()
    dialog = page.locator("dialog[open]")
    dialog.get_by_label("依据或理由").fill(reason)
    dialog.get_by_role("button", name=move, exact=True).click()
