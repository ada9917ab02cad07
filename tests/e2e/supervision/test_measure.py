"""A measure in a browser: from the plan's sentence to 已核实, with an objection and a returned report on the way."""

import calendar
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from spectown.supervision.models import Measure
from spectown.supervision.reporting import open_reports
from tests.apps.supervision.measure_world import World
from tests.e2e.rounds.people import Visit, give_reason, press, told

pytestmark = pytest.mark.django_db(transaction=True)
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"
SENTENCE = "增强要素保障能力。"


def month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def at_work(page: Page, text: str) -> None:
    """Open what waits on the workbench."""
    page.goto("/workbench/")
    page.locator("main").get_by_role("link", name=text).first.click()


def writes(office: Page, world: World) -> None:
    """From the sentence that nobody carries out to a draft, with the plan's words beside the form."""
    office.goto("/supervision/coverage/")
    told(office, f"{timezone.localdate().year} 年还有")
    office.locator("li", has_text=SENTENCE).get_by_role("link", name="写一项措施").click()
    expect(office.locator(".plan-sentences .chosen")).to_contain_text(SENTENCE)
    expect(office.locator("#id_clause")).to_have_value("三(四)")
    office.fill("#id_title", "落实项目用地")
    office.fill("#id_deliverable", "用地批复")
    office.fill("#id_target", "落实用地 45 亩")
    office.select_option("#id_lead", label=world.unit.name)
    office.fill("#id_deadline", (timezone.localdate() + timedelta(60)).isoformat())
    press(office, "保存")
    told(office, "已新增")


def is_sent_out(office: Page, leader: Page, checker: Page) -> None:
    """Put before the leading group, approved, objected to, upheld, signed."""
    office.goto("/supervision/measures/decide/")
    office.locator("tr", has_text="建成专业镇重点项目库").get_by_role("checkbox").uncheck()
    press(office, "提请审定所选措施")
    told(office, "已提请审定 1 项")
    leader.goto("/supervision/measures/decide/")
    press(leader, "审定所选措施")
    told(leader, "已审定 1 项")
    at_work(checker, "落实项目用地")
    give_reason(checker, "提出异议", "没有用地指标")
    told(checker, "有异议")
    at_work(office, "落实项目用地")
    give_reason(office, "维持", "指标已落实")
    at_work(checker, "落实项目用地")
    press(checker, "签收")
    told(checker, "办理中")


def is_reported(filler: Page, checker: Page, office: Page) -> None:
    """Filled in on a phone, checked by the other, sent back by the office, sent again, read."""
    open_reports(month_end(timezone.localdate()))
    at_work(filler, "落实项目用地")
    filler.set_input_files("#id_file", {"name": "批复.pdf", "mimeType": "application/pdf", "buffer": PDF})
    press(filler, "上传")
    told(filler, "批复.pdf")
    filler.fill("#id_done", "用地报批完成。")
    filler.fill("#id_percent", "100")
    press(filler, "提交审核")
    told(filler, "单位审核中")
    at_work(checker, "落实项目用地")
    press(checker, "报送")
    told(checker, "已报送")
    at_work(office, "落实项目用地")
    office.get_by_role("link", name="退回", exact=True).click()
    dialog = office.locator("dialog[open]")
    dialog.locator("input[name=again_on]").fill((timezone.localdate() + timedelta(30)).isoformat())
    dialog.locator("textarea").fill("请写明亩数")
    dialog.get_by_role("button", name="退回").click()
    told(office, "已退回")
    at_work(filler, "落实项目用地")
    expect(filler.locator("#id_done")).to_have_value("用地报批完成。")  # what was written is still there
    filler.fill("#id_figure", "已批 45 亩")
    press(filler, "提交审核")
    at_work(checker, "落实项目用地")
    press(checker, "报送")
    at_work(office, "落实项目用地")
    press(office, "阅")
    told(office, "已阅")


def test_from_the_plans_sentence_to_verified(visit: Visit) -> None:
    world = World()
    Measure.objects.filter(pk=world.measure.pk).update(year=timezone.localdate().year)
    office, leader, checker = (visit(by) for by in (world.office, world.leader, world.checker))
    filler = visit(world.filler, width=390)
    writes(office, world)
    is_sent_out(office, leader, checker)
    is_reported(filler, checker, office)
    measure = Measure.objects.get(title="落实项目用地")
    checker.goto(f"/lists/measures/{measure.pk}/")
    press(checker, "报告完成")
    told(checker, "已报完成")
    at_work(office, "落实项目用地")
    press(office, "核实")
    told(office, "已核实")
    expect(office.locator("body")).to_contain_text("维持")  # the whole course stands on the page
    office.goto("/supervision/coverage/")
    expect(office.locator("li", has_text=SENTENCE)).to_contain_text("落实项目用地")
