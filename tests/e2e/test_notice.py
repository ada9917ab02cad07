"""A notice in a browser, five roles: from its trigger to 销号, with one extension, the unit on a phone."""

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from spectown.accounts.models import User
from spectown.organisations.actors import Actor
from spectown.supervision.models import Extension, Notice, NoticeFigure, Work
from tests.apps.documents.conftest import issued_rows_can_be_flushed as issued_rows_can_be_flushed
from tests.notice_world import World
from tests.round_world import PDF

pytestmark = pytest.mark.django_db(transaction=True)
Visit = Callable[..., Page]
PATIENCE_MS = 40_000


@pytest.fixture
def base_url(live_server: Any) -> str:
    """Rows of our own."""
    return str(live_server.url)


@pytest.fixture
def visit(new_page: Visit, base_url: str) -> Visit:
    """`visit(actor)`: a window in which this person is logged in, the same one each time."""
    windows: dict[int, Page] = {}

    def window(by: Actor, width: int = 1440) -> Page:
        if by.person not in windows:
            client = Client()
            client.force_login(User.objects.get(pk=by.person))
            page = windows[by.person] = new_page(width=width)
            cookie: Any = {
                "name": settings.SESSION_COOKIE_NAME,
                "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
                "url": base_url,
            }
            page.context.add_cookies([cookie])
            page.context.set_default_timeout(PATIENCE_MS)
        return windows[by.person]

    return window


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def told(page: Page, text: str) -> None:
    expect(page.get_by_text(text).first).to_be_visible(timeout=PATIENCE_MS)


def day(after: int) -> str:
    """A working day at least so many days from now: the world's calendar knows no holidays then."""
    found = timezone.localdate() + datetime.timedelta(after)
    while found.weekday() > 4:  # Friday
        found += datetime.timedelta(1)
    return found.isoformat()


def test_from_trigger_to_closed(visit: Visit, tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    world = World()
    _written(visit(world.office), world)
    notice = Notice.objects.get()
    address = f"/supervision/notices/{notice.pk}/"

    def at(by: Actor, width: int = 1440) -> Page:
        page = visit(by, width)
        page.goto(address)
        return page

    for by, button, said in (
        (world.office, "送核", "已送核"),
        (world.second, "核稿", "已核稿"),
        (world.leader, "签发", "已签发"),
        (world.checks, "签收", "已签收"),
    ):
        page = at(by)
        press(page, button)
        told(page, said)
    assert NoticeFigure.objects.get().before == 2
    _planned(at(world.fills, 390))
    press(at(world.checks), "报整改方案")
    told(visit(world.checks), "整改中")
    _extended(at(world.checks), lambda: at(world.office))
    _reported(at(world.fills, 390), tmp_path)
    press(at(world.checks), "报整改结果")
    told(visit(world.checks), "待核查")
    press(at(world.second), "核查通过")
    told(visit(world.second), "已核查通过")
    press(at(world.affected), "确认并销号")
    told(visit(world.affected), "已销号")
    page = at(world.office)
    press(page, "起草销号通知")
    told(page, "已按整改和核查情况起草")
    page.wait_for_load_state("networkidle")
    assert Work.objects.get(kind="notice").state == "closed"


def _written(page: Page, world: World) -> None:
    """From the proposal; what the system knows is there already."""
    page.goto("/workbench/")
    told(page, "督办建议")
    page.goto("/supervision/notices/proposals/")
    page.get_by_role("link", name="拟写督办通知书").first.click()
    expect(page.get_by_label("督办事由")).to_have_value("沁州黄小米专业镇建设进度较慢")
    page.get_by_label("第1行 要求").fill("查明滞后原因,报赶工计划")
    page.get_by_label("第1行 期限").fill(day(10))
    page.get_by_label("报整改方案期限").fill(day(10))
    page.get_by_label("报整改结果期限").fill(day(40))
    page.locator("#id_affected").evaluate("(e, v) => { e.value = v; e.tomselect?.sync(); }", str(world.body.pk))
    page.get_by_label("联系电话").fill("0355-2020202")
    press(page, "保存拟稿")
    told(page, "已保存拟稿")


def _planned(page: Page) -> None:
    expect(page.get_by_text("现在没有要您办理的")).to_have_count(0)
    page.get_by_role("link", name="填写整改方案").click()
    page.get_by_label("整改措施").fill("成立专班,倒排工期")
    page.get_by_label("整改责任人").fill("李某(副县长)")
    page.get_by_label("计划完成日期").fill(day(38))
    press(page, "保存草稿")
    told(page, "已保存整改方案草稿")


def _extended(page: Page, office: Callable[[], Page]) -> None:
    page.get_by_text("申请延期", exact=True).click()
    page.get_by_label("希望延至").fill(day(60))
    page.locator("#terms textarea[name=reason]").fill("设备供货推迟")
    press(page, "申请")
    told(page, "答复以前仍按原期限")
    granted = office()
    press(granted, "同意延期")
    told(granted, "已同意延期")
    assert str(Extension.objects.get(state="granted").new) == day(60)


def _reported(page: Page, folder: Path) -> None:
    page.get_by_role("link", name="填写整改报告").click()
    (folder / "施工许可证.pdf").write_bytes(PDF)
    page.locator("#id_file").set_input_files(folder / "施工许可证.pdf")
    press(page, "上传")
    told(page, "已保存 1 个文件")
    page.get_by_label("整改情况").fill("两个项目都已开工")
    page.get_by_label("第 1 条完成情况").fill("赶工计划已报")
    press(page, "保存草稿")
    told(page, "已保存整改报告草稿")
