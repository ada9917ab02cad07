"""The second main job: a county edits its enterprises in LibreOffice, reads every fault, corrects it, and sees what
changed in its town's page and in the pre-check."""

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.test_precheck_journey import log_in, upload

TOWN, PLACE = "壶关旱地蔬菜专业镇(演示)", "壶关县"
SHEET = "企业清单"
NEW = {
    "统一社会信用代码": "91140427MA0K8ABC0Q",
    "名称": "壶关县晋庄蔬菜加工有限公司",
    "属地": PLACE,
    "专业镇": TOWN,
    "链上角色": "龙头",
    "主体类型": "企业",
    "注册资本(万元)": "1200",
}


class Book:
    """The enterprise workbook as downloaded: cells by heading and row, edits typed in Calc."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.sheet = openpyxl.load_workbook(path)[SHEET]
        heading = next(row for row in self.sheet.iter_rows() if row[0].value == "编号")
        self.first, self.letters = heading[0].row + 1, {str(c.value): c.column_letter for c in heading}
        self.rows = [n for n in range(self.first, self.sheet.max_row + 1) if self.text(n, "编号").startswith("QY")]

    def text(self, row: int, heading: str) -> str:
        return str(self.sheet[f"{self.letters[heading]}{row}"].value or "")

    def type_in_calc(self, edits: dict[tuple[int, str], str], folder: Path) -> None:
        cells = {f"{self.letters[heading]}{row}": text for (row, heading), text in edits.items()}
        told = folder / "edits.json"
        told.write_text(json.dumps({SHEET: cells}, ensure_ascii=False), "utf-8")
        script = Path(__file__).with_name("calc.py")
        subprocess.run(["/usr/bin/python3", script, self.path, told], check=True, capture_output=True, timeout=120)


def download(page: Page, name: str, path: Path) -> Book:
    with page.expect_download() as got:
        page.get_by_role("link", name=name).first.click()
    got.value.save_as(path)
    return Book(path)


def number(place: Locator) -> int:
    """The whole number that a link shows: 46 户."""
    return int("".join(filter(str.isdecimal, place.first.inner_text())))


def firms_of_town(page: Page) -> int:
    page.goto("/towns/demo-dry-vegetable/")
    return number(page.locator("main a[href^='/lists/enterprises/?town=']"))


def leading_of_town(page: Page) -> int:
    page.goto("/certification/")
    page.get_by_role("link", name=TOWN).first.click()
    return number(page.locator("#compared tr", has_text="龙头企业").locator("a"))


@pytest.fixture
def county(new_page: Callable[..., Page]) -> Page:
    page = new_page()
    log_in(page, "demo-county-fill")
    return page


def test_a_county_edits_its_enterprises_in_libreoffice(
    county: Page, shot: Callable[[Page, str], None], faults: list[str], tmp_path: Path
) -> None:
    firms, leading = firms_of_town(county), leading_of_town(county)

    county.goto("/lists/enterprises/")
    book = download(county, "下载模板", tmp_path / "企业.xlsx")
    ours = [n for n in book.rows if book.text(n, "专业镇") == TOWN and book.text(n, "链上角色") != "龙头"]
    coded = [n for n in book.rows if book.text(n, "统一社会信用代码")]
    changed, wrong_role = ours[:2]
    wrong_code, wrong_amount = [n for n in coded if n not in ours][:2]
    new = book.rows[-1] + 1
    code, role, amount = "统一社会信用代码", "链上角色", "注册资本(万元)"
    kept = {(wrong_code, code): book.text(wrong_code, code), (wrong_amount, amount): book.text(wrong_amount, amount)}
    kept[wrong_role, role] = book.text(wrong_role, role)
    edits = {(changed, role): "龙头", (changed, amount): "1,234.5"}
    edits |= {(new, heading): text for heading, text in NEW.items()}
    broken = {(wrong_code, code): "91140427MA0K8ABC00", (wrong_amount, amount): "约三千万", (wrong_role, role): "老大"}
    book.type_in_calc(edits | broken, tmp_path)

    county.get_by_role("link", name="导入").first.click()
    upload(county, book.path)
    main = county.locator("main")
    expect(main).to_contain_text("还不能导入")
    for row, heading in broken:
        fault = main.locator("tr", has_text=f"{book.letters[heading]}{row}")
        expect(fault).to_contain_text(broken[row, heading])
        expect(fault).to_contain_text(heading.partition("(")[0])
    shot(county, "import-faults")
    with county.expect_download() as got:
        county.get_by_role("link", name="下载标注副本").click()
    got.value.save_as(tmp_path / "标注.xlsx")
    assert "问题清单" in openpyxl.load_workbook(tmp_path / "标注.xlsx").sheetnames
    marked = Book(tmp_path / "标注.xlsx")
    assert [(row, heading) for row, heading in broken if marked.text(row, heading) != broken[row, heading]] == []
    marked.type_in_calc(kept, tmp_path)

    county.get_by_role("link", name="重新上传").first.click()
    upload(county, marked.path)
    expect(main.locator("tr", has_text=book.text(changed, "名称"))).to_contain_text("1,234.50 万元")
    county.get_by_role("link", name="新增1").click()
    expect(main).to_contain_text(NEW["名称"])
    shot(county, "import-preview")
    county.get_by_role("button", name=re.compile("确认导入 2 户")).click()
    expect(main).to_contain_text("已全部写入清单")
    shot(county, "import-done")

    assert firms_of_town(county) == firms + 1
    shot(county, "town-lists")
    assert leading_of_town(county) == leading + 2
    shot(county, "precheck-lists")
    assert faults == []


def test_the_same_workbook_twice_changes_nothing(county: Page, tmp_path: Path) -> None:
    county.goto("/lists/enterprises/")
    book = download(county, "下载模板", tmp_path / "企业.xlsx")
    county.goto("/lists/enterprises/import/")
    upload(county, book.path)
    expect(county.locator("main")).to_contain_text("没有要写入的")
