"""Take the pictures of README and the user guides from a running demonstration server.

`python tools/doc_images.py --base http://127.0.0.1:8000 --password …`: writes docs/user/images/*.png (1280 x 800);
`--only round_ case_` only those whose names begin so. An address may name a link that is then opened: `/rounds/>壶关`.
"""

import argparse
import io
import sys
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tools.browser import launch_options

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "user" / "images"
PICTURES = {
    "demo-office": {
        "workbench": "/workbench/",
        "plan": "/plan/#" + "三(一)",
        "matrix": "/plan/matrix/",
        "checkup": "/plan/checkup/",
        "audit": "/system/audit/",
        "list": "/lists/enterprises/?status=active&chain_role=leading",
        "lists": "/lists/",
        "batches": "/projects/",
        "dispatch": "/projects/dispatch/",
        "functions": "/ledgers/functions/",
        "problem": "/lists/problems/>分拣包装线",
        "problem-common": "/problems/common/",
        "document-batch": "/documents/batches/1/",
        "document-template": "/documents/templates/1/",
        "coverage": "/supervision/coverage/",
        "works": "/supervision/",
        "measure": "/lists/measures/>旱地蔬菜标准化",
        "notice_proposals": "/supervision/notices/proposals/",
        "notice": "/supervision/notices/>壶关旱地",
        "visit": "/supervision/visits/>认定后专项检查",
        "meeting": "/supervision/meetings/>全市专业镇工作推进会",
        "meeting_agenda": "/supervision/meetings/>全市专业镇工作推进会>议程",
        "sheets_missing": "/monitoring/missing/",
        "one_table": "/monitoring/table/?against=year",
        "pivot": "/monitoring/pivot/",
        "series": "/monitoring/series/?i=output&p=t1&p=t2&year=1",
        "counties": "/monitoring/counties/?i=output&i=entities&i=above_scale&i=tax",
        "town_monitoring": "/monitoring/table/>旱地蔬菜",
        "monitoring_targets": "/monitoring/targets/",
        "indicator_change": "/monitoring/indicators/output/version/",
        "evaluation": "/evaluation/>2025",
        "evaluation_league": "/evaluation/>2025>名次",
        "evaluation_town": "/evaluation/>2025>沁州黄小米",
        "evaluation_trend": "/evaluation/>2025>历年名次",
        "evaluation_decisions": "/evaluation/>2024>临界决定",
        "evaluation_scheme": "/evaluation/schemes/>年度起评估方案",
        "evaluation_scheme_weights": "/evaluation/schemes/>年度起评估方案>产业规模下的权重",
        "evaluation_scheme_pairs": "/evaluation/schemes/>年度起评估方案>产业规模下的权重>两两比较",
        "evaluation_scheme_trial": "/evaluation/schemes/>年度起评估方案>体检和试算",
        "round_office": "/rounds/>第二批",
        "round_progress": "/experts/rounds/>第二批",
        "round_table": "/rounds/>第二批>决定表",
        "round_publicity": "/rounds/>第二批>决定表>公示和认定",
        "round_objection": "/decisions/objections/>武乡",
        "round_titles": "/decisions/titles/",
        "round_panel": "/rounds/>第二批>长子>评审专家",
        "recheck_titles": "/rounds/>市级专业镇复核>复核对象",
        "recheck_case": "/rounds/>市级专业镇复核>太行陶瓷",
        "recommendation": "/rounds/>省级专业镇推荐>推荐对象和材料包",
    },
    "demo-department": {"progress_report": "/duties/>潞党参"},
    "demo-leader": {"document-sign": "/documents/2/", "round_decision": "/rounds/>第二批>决定表>沁县"},
    "demo-county-fill": {
        "sheet": "/monitoring/>太行陶瓷",
        "sheet_cell": "/monitoring/>太行陶瓷>主导产业产值的历次",
        "applications": "/certification/",
        "application": "/certification/1/",
        "edit": "/certification/1/edit/",
        "case_filling": "/rounds/>第二批>特种玻璃",
        "case_correction": "/rounds/>第二批>旱地番茄",
        "recheck_county": "/rounds/>市级专业镇复核>太行陶瓷",
    },
    "demo-enterprise": {"problem-raise": "/problems/raise/"},
    "demo-expert": {
        "expert_mine": "/experts/mine/",
        "expert_sheet": "/experts/mine/>长子",
    },
}
PUBLIC = {"public": "/", "round_public": "/public/publicity/>第二批"}


def open_page(page: Page, base: str, address: str) -> None:
    """Go to an address, then through the links that it names."""
    start, *links = address.split(">")
    page.goto(base + start, wait_until="networkidle")
    for link in links:
        page.locator("main").get_by_role("link", name=link).first.click()
        page.wait_for_load_state("networkidle")
    if page.locator("object").count():
        page.wait_for_timeout(2500)  # the browser's own viewer draws a moment later


def log_in(page: Page, base: str, user: str, password: str) -> None:
    """Log in by the form."""
    page.goto(f"{base}/account/login/")
    page.fill("input[name=login]", user)
    page.fill("input[name=password]", password)
    page.click("main button[type=submit], form button.btn-primary")
    page.wait_for_url("**/workbench/")


def faulty_workbook(page: Page, base: str) -> bytes:
    """The empty template with two values that cannot be read."""
    content = page.request.get(f"{base}/certification/template/").body()
    book = openpyxl.load_workbook(io.BytesIO(content))
    for name, value in {"town_name": "示例专业镇", "output_wan": "约两千", "leading_enterprises": "一两家"}.items():
        sheet, cell = next(iter(book.defined_names[f"in_{name}"].destinations))
        book[sheet][cell.replace("$", "")] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def upload(page: Page, base: str) -> None:
    """Bring the faulty workbook and stay on the page that says what is wrong."""
    data = faulty_workbook(page, base)
    page.goto(f"{base}/certification/upload/")
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.set_input_files("input[type=file]", {"name": "申报书.xlsx", "mimeType": kind, "buffer": data})
    page.click("main form button.btn-primary")
    page.wait_for_load_state()


def main() -> None:
    """Every picture."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--base", default="http://127.0.0.1:8000")
    parser.add_argument("--password", required=True)
    parser.add_argument("--only", nargs="+", default=[""], metavar="开头")
    given = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, playwright.chromium.launch(**launch_options()) as browser:
        for user, pictures in PICTURES.items():
            page = browser.new_page(viewport={"width": 1280, "height": 800}, locale="zh-CN")
            log_in(page, given.base, user, given.password)
            for name, address in pictures.items():
                if name.startswith(tuple(given.only)):
                    open_page(page, given.base, address)
                    page.screenshot(path=FOLDER / f"{name}.png")
            if user == "demo-county-fill" and "preview".startswith(tuple(given.only)):
                upload(page, given.base)
                page.screenshot(path=FOLDER / "preview.png")
            page.close()
        page = browser.new_page(viewport={"width": 1280, "height": 800}, locale="zh-CN")
        for name, address in PUBLIC.items():
            if name.startswith(tuple(given.only)):
                open_page(page, given.base, address)
                page.screenshot(path=FOLDER / f"{name}.png")
    sys.stdout.write(f"{len(list(FOLDER.glob('*.png')))} 张\n")


if __name__ == "__main__":
    main()
