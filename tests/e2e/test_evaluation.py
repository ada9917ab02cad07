"""A year's evaluation in a browser, seven people: an objection that changes a rank, decisions about critical towns,
sign-off, publication, consequences; the sealed package verified by the command in a fresh process, and refused when
somebody has touched it. The county works on a phone."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from spectown.accounts.models import User
from spectown.core.evaluation.sealing import seal, unseal
from spectown.evaluation.models import Evaluation, Reply
from spectown.organisations.actors import Actor
from tests.apps.documents.conftest import issued_rows_can_be_flushed as issued_rows_can_be_flushed
from tests.apps.evaluation.world import PDF, YEAR, World

pytestmark = pytest.mark.django_db(transaction=True)
Visit = Callable[..., Page]
PATIENCE_MS = 40_000
AT = f"/evaluation/{YEAR}/"


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
            name = settings.SESSION_COOKIE_NAME
            cookie: Any = {"name": name, "value": client.cookies[name].value, "url": base_url}
            page.context.add_cookies([cookie])
            page.context.set_default_timeout(PATIENCE_MS)
        return windows[by.person]

    return window


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def told(page: Page, text: str) -> None:
    expect(page.get_by_text(text).first).to_be_visible(timeout=PATIENCE_MS)


def move(page: Page, button: str) -> None:
    page.goto(AT)
    press(page, button)
    told(page, f"已{button}")


def verified(package: Path, *more: str) -> tuple[int, str]:
    """The command in a process that has neither our settings nor a database."""
    command = [sys.executable, "-c", "from config.manage import main; main()", "verify_evaluation", str(package), *more]
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    clean = {**kept, "DATA_DIR": "/dev/null/nowhere", "LANG": "C.UTF-8", "PYTHONPATH": str(settings.BASE_DIR)}
    done = subprocess.run(command, env=clean, cwd=package.parent, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def test_a_year(visit: Visit, new_page: Visit, tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    world = World()
    office, leader = visit(world.office), visit(world.leader)
    office.goto("/evaluation/")
    office.get_by_label("评估年度").fill(str(YEAR))
    press(office, "建立")
    told(office, "已建立2025年度市级专业镇评估")
    for button in ("冻结数据", "初算", "反馈各县(区)"):
        move(office, button)
    first = world.ranks("first")["示例0专业镇"]
    _objected(visit(world.fill, 390), visit(world.check), world, tmp_path)
    _answered(office, world)
    for _, person in world.people[1:]:
        page = visit(person)
        page.goto(f"{AT}replies/")
        press(page, "确认数据无误")
        told(page, "已确认本单位各专业镇的评估数据")
    for button in ("结束反馈", "定稿"):
        move(office, button)
    final = world.ranks()["示例0专业镇"]
    assert final != first
    office.goto(f"{AT}league/")
    told(office, f"初算 {first}")
    _decided(leader)
    move(leader, "审定")
    for button in ("公布结果", "运用结果"):
        move(office, button)
    told(office, "结果运用")
    _verified(new_page(), tmp_path)


def _objected(page: Page, check: Page, world: World, folder: Path) -> None:
    """On a phone: our town, its output, what it should be, the file and the page; a second person sends it."""
    page.goto(AT)
    page.get_by_role("link", name="示例0专业镇").click()
    page.get_by_role("link", name="对主导产业产值提出意见").click()
    asked = (world.value("output").now or 0) * 5
    page.get_by_label("认为应为").fill(str(asked))
    page.get_by_label("理由").fill("漏报两户规上企业")
    (folder / "报表.pdf").write_bytes(PDF)
    page.get_by_label("证明材料").set_input_files(folder / "报表.pdf")
    page.get_by_label("所在页码").fill("3")
    press(page, "提交审核")
    told(page, "请本单位审核人审核后提出")
    check.goto(f"{AT}replies/")
    press(check, "提出意见")
    told(check, "已提出意见")


def _answered(office: Page, world: World) -> None:
    office.goto(f"{AT}replies/")
    told(office, "漏报两户规上企业")
    office.get_by_label("答复").fill("与统计局核对,属实")
    press(office, "采纳")
    told(office, "已采纳")
    assert Reply.objects.get().after == (world.value("output").now or 0) * 5


def _decided(leader: Page) -> None:
    """Every critical town, one after the other; before that nobody can sign."""
    leader.goto(AT)
    expect(leader.get_by_role("button", name="审定", exact=True)).to_be_disabled()
    leader.goto(f"{AT}decisions/")
    while (form := leader.locator("form.decision-form:has(.btn-primary)")).count():
        form.first.get_by_label("决定").select_option("0")
        form.first.get_by_label("理由").fill("区间过宽,本年度不适用")
        with leader.expect_navigation():
            form.first.get_by_role("button").click()
        told(leader, "已记下")


def _verified(stranger: Page, folder: Path) -> None:
    """Anybody downloads the package from the public page and verifies it; a touched one names the place."""
    stranger.goto(f"/public/evaluations/{YEAR}/")
    told(stranger, Evaluation.objects.get().package.sha256)
    with stranger.expect_download() as download:
        stranger.get_by_role("link", name="下载封存包").click()
    package = folder / "封存包.zip"
    download.value.save_as(package)
    code, said = verified(package, "--sha256", Evaluation.objects.get().package.sha256)
    assert (code, "核验通过" in said) == (0, True)
    opened = unseal(package.read_bytes())
    parts = json.loads(json.dumps(dict(opened.parts)))
    next(f for f in parts["snapshot.json"]["figures"] if (f["town"], f["column"]) == ("demo-3", "jobs"))["now"] = "1"
    package.write_bytes(seal(parts, {"year": YEAR, "seed": opened.manifest["seed"]}))
    code, said = verified(package)
    assert (code, "“示例3专业镇”的“从业人数”的“原值”" in said) == (1, True)
