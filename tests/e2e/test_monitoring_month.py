"""A month in a browser: filled in by pasting and by workbook, ×10⁴ caught, a bureau disagrees, two cells go back.

Then who is missing, lock, a late exception; and what stands in the one table is followed to its cell and person.
"""

import datetime
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from spectown.accounts.models import User
from spectown.monitoring.models import Cell
from spectown.monitoring.reach import asked_cells
from spectown.monitoring.services.certifying import agree_all
from spectown.organisations.actors import Actor
from spectown.web.http import XLSX
from tests import factories
from tests.apps.documents.conftest import issued_rows_can_be_flushed as issued_rows_can_be_flushed
from tests.apps.monitoring.world import CLOSES, OPENS, World, on

pytestmark = pytest.mark.django_db(transaction=True)
Visit = Callable[..., Page]
PATIENCE_MS = 40_000
HEADING = 3  # row of the workbook's headings
PASTE = """(element, text) => {
  const data = new DataTransfer();
  data.setData('text', text);
  element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def base_url(live_server: Any) -> str:
    """Rows of our own."""
    return str(live_server.url)


@pytest.fixture
def opened() -> Iterator[World]:
    """The first day on which October is filled in; the server of this process hears it too."""
    with on(OPENS):
        yield World()


@pytest.fixture
def visit(new_page: Visit, base_url: str) -> Visit:
    """`visit(actor)`: a window in which this person is logged in."""

    def window(by: Actor, width: int = 1440) -> Page:
        client = Client()
        client.force_login(User.objects.get(pk=by.person))
        page = new_page(width=width)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookie: Any = {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": base_url}
        page.context.add_cookies([cookie])
        page.context.set_default_timeout(PATIENCE_MS)
        return page

    return window


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def told(page: Page, text: str) -> None:
    expect(page.get_by_text(text).first).to_be_visible(timeout=PATIENCE_MS)


def test_a_month(opened: World, visit: Visit, faults: list[str]) -> None:
    world = opened
    _filled(world, visit(world.fill))
    _by_workbook(world, visit(world.fill), faults)
    checks = visit(world.check)
    checks.goto(f"/monitoring/sheets/{world.sheet().pk}/")
    press(checks, "审核")
    told(checks, "已审核")
    press(checks, "报送")
    told(checks, "已报送")
    _certified(world, visit(world.bureaus["tongji"]))
    _given_back(world, visit(world.office))
    with on(CLOSES + datetime.timedelta(1)):
        _missing(world, visit(world.office))
    _locked(world, visit(world.office))
    _followed(world, visit(world.office))


def _filled(world: World, page: Page) -> None:
    """A column from Excel is pasted; one figure was meant in 亿元 and is caught."""
    sheet = world.sheet()
    output = factories.IndicatorFactory._meta.model.objects.get(code="output")
    factories.CellFactory.create(town=sheet.town, indicator=output, ordinal=20260901, number=1200)
    page.goto(f"/monitoring/sheets/{sheet.pk}/")
    codes = [item.code for item, _ in asked_cells(sheet)]
    first = page.locator(f"#v-{codes[0]}")
    figures = ["0.12", *["100"] * (len(codes) - 1)]
    first.evaluate(PASTE, "\n".join(figures))
    told(page, "已保存")
    expect(page.locator("[data-saved]")).to_have_text("已保存", timeout=PATIENCE_MS)
    page.reload()
    told(page, "亿元")
    page.locator("#v-output").fill("1250")
    page.locator("#v-output").press("Enter")
    expect(page.locator("[data-saved]")).to_have_text("已保存", timeout=PATIENCE_MS)
    for name, value in (("单位负责人", "赵某"), ("统计负责人", "钱某"), ("填表人", "孙某"), ("联系电话", "0355-1")):
        page.get_by_label(name).fill(value)
    page.get_by_label("报出日期").fill("2026-11-03")
    press(page, "提交审核")
    told(page, "已提交审核")


def _by_workbook(world: World, page: Page, faults: list[str]) -> None:
    """The other town in the county's workbook: one wrong cell keeps everything out, told with its place."""
    page.goto(f"/monitoring/books/{world.sheet().form_period_id}/")
    with page.expect_download() as taken:
        page.get_by_role("link", name="下载").click()
    data = Path(taken.value.path()).read_bytes()
    wrong, place = _typed(world, data, "约一百")
    _upload(page, wrong)
    told(page, "没有写入任何内容")
    fault = page.locator("tr", has_text="约一百")
    expect(fault).to_contain_text(f"第 {place} 行")
    assert not Cell.objects.filter(sheet=world.sheet(1)).exists(), "all or nothing"
    assert [each for each in faults if "422" not in each] == []
    faults.clear()  # the browser reports the refusal itself
    _upload(page, _typed(world, data, "120")[0])
    told(page, "已写入")
    assert world.cell("output", 1).reported.shown == "120"
    assert world.sheet(1).filler == "李某"


def _typed(world: World, data: bytes, output: str) -> tuple[bytes, int]:
    """The workbook with figures and a person at the end for the second town; the row of its output."""
    book = load_workbook(BytesIO(data))
    sheet = book.worksheets[0]
    at = {str(cell.value): cell.column or 0 for cell in sheet[HEADING]}
    place = 0
    for row in range(HEADING + 1, sheet.max_row + 1):
        name = str(sheet.cell(row, at["指标"]).value)
        if sheet.cell(row, at["专业镇"]).value != world.towns[1].name:
            continue
        if name == "主导产业产值":
            place = row
        if name == "表末:填表人":
            sheet.cell(row, at["说明"]).value = "李某"
        elif not name.startswith("表末"):
            sheet.cell(row, at["本期"]).value = output if row == place else 100
    into = BytesIO()
    book.save(into)
    return into.getvalue(), place


def _upload(page: Page, data: bytes) -> None:
    page.set_input_files("#id_file", files=[{"name": "月报.xlsx", "mimeType": XLSX, "buffer": data}])
    press(page, "上传")


def _certified(world: World, page: Page) -> None:
    """Statistics gives its own figure for one cell and agrees to the others; the other bureaus agree."""
    page.goto("/monitoring/certify/")
    row = page.locator("section", has_text="主导产业产值").locator("tr", has_text=world.towns[0].name)
    row.get_by_text("不一致或退回").click()
    row.get_by_label("本单位的数").fill("1200")
    row.get_by_label("理由和依据").fill("联网直报数")
    row.get_by_role("button", name="以本单位的数为准").click()
    told(page, "已核定为另一数")
    page.get_by_label("全部勾选").check()
    press(page, "勾选的核定一致")
    told(page, "已核定一致")
    for item, cell in asked_cells(world.sheet()):
        if cell is not None and cell.state == "reported":
            agree_all(cells=[cell], by=world.bureaus[item.source])
    cell = world.cell("output")
    assert (cell.reported.shown, cell.counts.shown) == ("1,250", "1,200")


def _given_back(world: World, page: Page) -> None:
    """Two cells go back; only these open, are filled in again and certified."""
    page.goto(f"/monitoring/sheets/{world.sheet().pk}/")
    page.get_by_role("link", name="退回", exact=True).click()
    dialog = page.locator("dialog[open]")
    for name in ("税收", "从业人数"):
        dialog.get_by_label(name).first.check()
    dialog.get_by_label("重新报送的期限").fill("2026-11-20")
    dialog.get_by_label("退回的理由").fill("与上月差距大")
    dialog.get_by_role("button", name="退回").click()
    told(page, "已退回 2 格")
    assert set(Cell.objects.filter(state="returned").values_list("indicator__code", flat=True)) == {"tax", "jobs"}
    world.filled(tax="90", jobs="120")


def _missing(world: World, page: Page) -> None:
    """After the closing day: who is missing, in words; a late exception for the other town."""
    page.goto("/monitoring/missing/")
    told(page, f"{world.county.name}({world.towns[0].name}、{world.towns[1].name})")
    press(page, "一键催报")
    told(page, "人发出催报")
    page.get_by_role("link", name=world.towns[1].name).first.click()
    page.get_by_role("link", name="办理逾期例外").click()
    dialog = page.locator("dialog[open]")
    dialog.get_by_label("可补报至").fill("2026-11-20")
    dialog.get_by_label("理由").fill("停电")
    dialog.get_by_role("button", name="办理").click()
    told(page, "已办理逾期例外")


def _locked(world: World, page: Page) -> None:
    for code, by in (("hand_in", world.fill), ("check", world.check), ("send", world.check)):
        world.go(code, by)
    for item, cell in asked_cells(world.sheet()):
        if cell is not None and cell.state == "resubmitted":
            agree_all(cells=[cell], by=world.bureaus[item.source])
    page.goto(f"/monitoring/sheets/{world.sheet().pk}/")
    press(page, "验收")
    told(page, "已验收")
    press(page, "锁定")
    told(page, "已锁定")


def _followed(world: World, page: Page) -> None:
    """From a figure of the one table to the cell with everybody who touched it."""
    page.goto("/monitoring/table/")
    row = page.locator("tr", has_text=world.towns[0].name)
    expect(row).to_contain_text("1,200")
    row.get_by_role("link", name="1,200").first.click()
    history = page.locator("main")
    expect(history).to_contain_text("联网直报数", timeout=PATIENCE_MS)
    expect(history).to_contain_text(world.bureaus["tongji"].name)
    expect(history).to_contain_text(world.fill.name)
