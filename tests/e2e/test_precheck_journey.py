"""The first main job: a county downloads the template, fills and uploads it, sees what is missing, opens the clause."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

SECRET = "demo-spectown-2026"
NAME = "壶关中药材专业镇"
ANSWERS: dict[str, object] = {
    "town_name": NAME,
    "applicant_county": "壶关县",
    "leading_industry": "中药材种植和加工",
    "category": "特优农业",
    "counties": "壶关县",
    "output_wan": "3.8亿元",
    "output_year": 2025,
    "leading_enterprises": 1,
    "chain_partners": "十来户",
    "traditional_origin": "否",
}


def log_in(page: Page, user: str) -> None:
    page.goto("/account/login/")
    page.fill("input[name=login]", user)
    page.fill("input[name=password]", SECRET)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "/login" not in url)


def fill(path: Path, answers: dict[str, object]) -> None:
    """Write into the named cells, as somebody would in Excel."""
    book = openpyxl.load_workbook(path)
    for code, value in answers.items():
        sheet, cell = next(iter(book.defined_names[f"in_{code}"].destinations))
        book[sheet][cell.replace("$", "")] = value
    book.save(path)


def upload(page: Page, path: Path) -> None:
    page.set_input_files("input[type=file]", path)
    page.get_by_role("button", name="上传并核对").click()


def test_from_the_template_to_the_office(
    new_page: Callable[..., Page], shot: Callable[[Page, str], None], faults: list[str], tmp_path: Path
) -> None:
    county = new_page()
    log_in(county, "demo-county-fill")
    county.goto("/certification/")
    with county.expect_download() as download:
        county.get_by_role("link", name="下载 Excel 模板").click()
    file = tmp_path / "申报书.xlsx"
    download.value.save_as(file)
    fill(file, ANSWERS)

    county.get_by_role("link", name="上传填好的 Excel").click()
    upload(county, file)
    expect(county.locator("main")).to_contain_text("十来户")
    shot(county, "precheck-faults")
    with county.expect_download() as download:
        county.get_by_role("link", name="下载标注副本").click()
    marked = tmp_path / "标注.xlsx"
    download.value.save_as(marked)
    assert "问题清单" in openpyxl.load_workbook(marked).sheetnames
    assert [fault for fault in faults if "422" not in fault] == []
    faults.clear()  # the browser reports the 422 itself

    fill(marked, {"chain_partners": 8})
    county.get_by_role("link", name="重新上传").click()
    upload(county, marked)
    expect(county.locator(".difference")).to_contain_text("38,000")
    shot(county, "precheck-preview")
    county.get_by_role("button", name="保存").click()

    expect(county.locator("h1")).to_have_text(NAME)
    missing = county.locator("#missing")
    expect(missing).to_contain_text("产值再增加 1.2亿元")
    expect(missing).to_contain_text("再补 2 户上下游配套企业")
    chip = missing.locator("li", has_text="产值再增加").locator(".clause")
    chip.locator(".clause-chip").click()
    expect(chip.locator(".clause-box")).to_contain_text("5亿元以上")
    shot(county, "precheck-result")

    county.get_by_role("link", name="看一遍再提交").click()
    county.get_by_role("button", name="提交审核").click()
    expect(county.locator(".ball")).to_contain_text("审核")
    address = county.url

    second = new_page()
    log_in(second, "demo-county-check")
    second.goto(address)
    second.get_by_role("button", name="审核通过").click()
    expect(second.locator(".ball")).to_contain_text("领导小组办公室")

    office = new_page()
    log_in(office, "demo-office")
    office.goto("/certification/")
    office.get_by_role("link", name=NAME).click()
    expect(office.locator("main")).to_contain_text("尚不符合")
    shot(office, "precheck-office")


def test_saving_as_one_types_keeps_focus_and_faults(new_page: Callable[..., Page]) -> None:
    county = new_page()
    log_in(county, "demo-county-fill")
    county.goto("/certification/")
    county.get_by_role("button", name="新建申报书").click()
    county.wait_for_url("**/edit/1/")
    county.goto(county.url.replace("/edit/1/", "/edit/3/"))
    partners, farms = county.locator("#id_chain_partners"), county.locator("#id_family_farms")
    started = int(county.locator("#revision").input_value())
    partners.fill("十来户")
    partners.press("Tab")
    expect(farms).to_be_focused()
    expect(county.locator("#fault-chain_partners")).to_contain_text("应为数字")
    expect(county.locator("#saved")).to_contain_text("已自动保存")
    partners.fill("12")
    farms.fill("3")
    farms.press("Tab")
    expect(county.locator("#fault-chain_partners")).to_be_empty()
    expect(county.locator("#revision")).to_have_value(str(started + 3))  # one revision per field left
    county.reload()
    expect(partners).to_have_value("12")
    expect(farms).to_have_value("3")
