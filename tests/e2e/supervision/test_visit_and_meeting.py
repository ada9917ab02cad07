"""In a browser: a planned visit, its checklist on a phone, findings passed on; a meeting, its decision, its minutes."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from spectown.core.supervision.visits import WAYS
from spectown.supervision.models import Measure, Problem, Visit, Work
from tests import factories
from tests.apps.documents.conftest import issued_rows_can_be_flushed as issued_rows_can_be_flushed
from tests.e2e.rounds.people import PATIENCE_MS, press, told
from tests.e2e.rounds.people import Visit as Window
from tests.notice_world import World

pytestmark = pytest.mark.django_db(transaction=True)


def choose(page: Page, field: str, value: object) -> None:
    """Choose in a drop-down, searched or plain."""
    page.locator(field).evaluate("(e, v) => { e.value = v; e.tomselect?.sync(); }", str(value))


def test_from_a_planned_visit_to_a_problem_and_a_notice(visit: Window) -> None:
    world = World()
    _planned(visit(world.office), world)
    county = visit(world.checks)
    county.goto("/workbench/")
    told(county, "安排好的检查调研")
    phone = visit(world.second, 390)
    _filled(phone)
    _settled(phone)
    office = visit(world.office)
    office.goto("/workbench/")
    told(office, "督办建议")
    told(office, "用地手续没有办")
    office.goto("/supervision/notices/proposals/")
    office.locator("section", has_text="用地手续没有办").get_by_role("link", name="拟写督办通知书").click()
    expect(office.get_by_label("第1行 问题")).not_to_be_empty()
    press(office, "保存拟稿")
    told(office, "已保存拟稿")
    assert Work.objects.get(kind="notice").notice.trigger == "inspection"
    office.goto("/lists/problems/")
    told(office, "产值没有统计台账")
    assert Problem.objects.get().origin == "inspection"
    county.goto(f"/supervision/visits/{Visit.objects.get().pk}/")
    told(county, "产值没有统计台账")  # closed: those visited see what was found


def _planned(page: Page, world: World) -> None:
    page.goto("/supervision/visits/plan/")
    page.get_by_label("名称").fill("认定后专项检查(第一批)")
    page.select_option("#id_checklist", "after_title")
    today = timezone.localdate().isoformat()
    page.get_by_label("开始日期").fill(today)
    page.get_by_label("结束日期").fill(today)
    page.get_by_label("参加人员").fill("市工信局某科长、市统计局某科长")
    page.get_by_label(world.town.name).check()
    press(page, "安排")
    told(page, "已安排")


def _filled(page: Page) -> None:
    """Item by item with the thumb, two of them not in order."""
    page.goto("/workbench/")
    page.locator("main").get_by_role("link", name="认定后专项检查").first.click()
    page.get_by_role("link", name="填写检查单").click()
    for label in page.get_by_label("正常").all():
        label.check()
    for number, said in ((0, "产值没有统计台账"), (1, "用地手续没有办")):
        page.get_by_label("有问题").nth(number).check()
        page.get_by_label("情况").nth(number).fill(said)
    press(page, "保存")
    told(page, "检查记录")
    window, wide = page.evaluate("[innerWidth, document.documentElement.scrollWidth]")
    assert wide <= window


def _settled(page: Page) -> None:
    """One becomes a problem, one calls for a notice; then the visit is closed."""
    for said, way in (("产值没有统计台账", "problem"), ("用地手续没有办", "notice")):
        place = page.locator(".check-item", has_text=said)
        place.get_by_label("怎么处理").select_option(way)
        place.get_by_role("button", name="处理").click()
        # What stands on the next page only: a page on its way has no buttons either.
        expect(place.locator("p.hint", has_text=WAYS[way])).to_be_visible(timeout=PATIENCE_MS)
    press(page, "办结")
    told(page, "已办结")


def test_a_meeting_from_its_agenda_to_the_minutes(visit: Window) -> None:
    world = World()
    factories.ClauseFactory.create(version=world.version, ref="三(四)", heading="实施重大项目攻坚行动")
    page = visit(world.office)
    page.goto("/supervision/meetings/new/")
    page.get_by_label("会议名称").fill("全市专业镇工作推进会")
    page.get_by_label("主持人").fill("副市长某某")
    press(page, "保存")
    expect(page.locator("tr", has_text="精深加工")).to_contain_text("进度严重滞后")
    page.get_by_label("列入 精深加工").check()
    page.get_by_label("一行一项").fill("明年的安排")
    press(page, "保存议程")
    told(page, "议程共 2 项")
    deadline = timezone.localdate() + timedelta(60)
    page.locator("#id_text").fill("协调精深加工项目用地")
    choose(page, "#id_clause", "三(四)")
    choose(page, "#id_unit", world.county.pk)
    page.get_by_label("完成时限").fill(deadline.isoformat())
    page.get_by_label("可衡量的目标").fill("办结用地手续 1 宗")
    press(page, "记下,继续下一项")
    told(page, "已记下,已列为措施草稿")
    measure = Measure.objects.get()
    assert (measure.title, measure.clause, measure.lead, measure.deadline) == (
        "协调精深加工项目用地",
        "三(四)",
        world.county,
        deadline,
    )
    page.goto("/workbench/")
    told(page, "待提请审定的会议议定事项")
    page.locator("main").get_by_role("link", name="全市专业镇工作推进会").first.click()
    press(page, "起草会议纪要")
    told(page, "已按会议记录起草纪要")
    expect(page.locator("main")).to_contain_text("纪要")
    assert "协调精深加工项目用地" in page.locator("main").inner_html()
