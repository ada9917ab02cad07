"""A problem raised by an enterprise on the phone: wrongly routed, refused, answered, rejected, answered, solved."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.test_precheck_journey import log_in

TITLE = "厂区天然气压力不足,窑炉降温"
Shot = Callable[[Page, str], None]


class People:
    """A browser for each who takes part; the problem is found on the work bench or by its address."""

    def __init__(self, new_page: Callable[..., Page], shot: Shot) -> None:
        self.shot, self.new_page, self.pages, self.address = shot, new_page, dict[str, Page](), ""

    def page(self, user: str) -> Page:
        if user not in self.pages:
            self.pages[user] = self.new_page(width=390 if user == "demo-enterprise" else 1440)
            log_in(self.pages[user], user)
        return self.pages[user]

    def opened(self, user: str) -> Page:
        """The problem as this person finds it waiting on the work bench."""
        page = self.page(user)
        page.goto("/workbench/")
        page.get_by_role("link", name=TITLE).first.click()
        return page

    def step(self, user: str, button: str, **fields: str) -> Page:
        """Open the form of a step, fill it in and send it."""
        page = self.opened(user)
        page.get_by_role("link", name=button, exact=True).click()
        for label, text in fields.items():
            page.get_by_label(re.compile(label)).fill(text)
        self.shot(page, f"problem-{user}-{button}")
        page.get_by_role("button", name=button, exact=True).click()
        return page

    def route(self, unit: str) -> Page:
        """The office gives it to a unit other than the one that is proposed."""
        page = self.opened("demo-office")
        expect(page.get_by_text("建议:")).to_be_visible()
        page.get_by_role("link", name="分办", exact=True).click()
        page.locator("select[name=unit]").evaluate(
            "(select, name) => { const found = [...select.options].find(o => o.text.startsWith(name));"
            " if (select.tomselect) select.tomselect.setValue(found.value); else select.value = found.value; }",
            unit,
        )
        page.get_by_role("button", name="分办", exact=True).click()
        expect(page.get_by_text(":已分办。")).to_be_visible()
        return page


def raised(people: People) -> None:
    page = people.page("demo-enterprise")
    page.goto("/lists/problems/")
    page.get_by_role("link", name="提出问题").click()
    page.get_by_label(re.compile("^问题")).fill(TITLE)
    page.get_by_label("情况说明").fill("晚高峰压力只有平时一半,产品报废。")
    page.get_by_label(re.compile("^类别")).select_option(label="用能")
    people.shot(page, "problem-raise")
    page.get_by_role("button", name="提出", exact=True).click()
    if page.get_by_role("button", name="仍然提出").count():
        page.get_by_role("button", name="仍然提出").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(TITLE)
    expect(page.get_by_text("分办给承办单位")).to_be_visible()


def test_a_problem_from_being_raised_to_solved(new_page: Callable[..., Page], shot: Shot) -> None:
    people = People(new_page, shot)
    raised(people)
    people.route("市农业农村局")
    page = people.step("demo-department", "不予受理", 理由="天然气归县里的燃气主管部门")
    expect(page.get_by_text("已办理“不予受理”")).to_be_visible()
    expect(people.opened("demo-office").get_by_text("市农业农村局已不予受理,不再建议")).to_be_visible()
    people.route("壶关县政府")
    people.step("demo-county-check", "受理")
    people.step("demo-county-check", "答复", 答复="已请燃气公司排查")
    page = people.step("demo-enterprise", "未解决,退回重办", 哪里="压力还是不够")
    expect(page.get_by_text("已办理“未解决,退回重办”")).to_be_visible()
    people.step("demo-county-check", "答复", 答复="已更换调压站,压力恢复")
    page = people.step("demo-enterprise", "确认解决")
    expect(page.get_by_text("确认已解决")).to_be_visible()
    expect(page.get_by_text("已请燃气公司排查").first).to_be_visible()
    people.shot(page, "problem-solved")
