"""A whole round in a browser, five roles: a correction, a conflict of interest, an objection, a refusal, two titles.

The steps that every town takes alike are done once here and through the services for the other towns.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from spectown.rounds.models import Objection, PublicityEntry, RulesVersion, Title
from spectown.rounds.services import deciding
from tests import factories
from tests.e2e.rounds.people import Visit, press, told
from tests.review_world import SEED, SOURCE, Review, pool_of, reviewed
from tests.round_course import accepted, beside, hall, judged, later
from tests.round_world import PDF, World

pytestmark = pytest.mark.django_db(transaction=True)


def sends(here: World, visit: Visit, file: Path) -> None:
    """The county fills and sends, two persons."""
    here.fill()
    county = visit(here.fills)
    county.goto(f"/rounds/cases/{here.case.pk}/")
    row = county.locator("#material-plan")
    row.locator("summary", has_text="更换").click()
    row.locator("input[type=file]").set_input_files(file)
    row.get_by_role("button", name="保存").click()
    expect(county.locator("#material-plan")).to_contain_text(file.name)
    press(county, "提交审核")
    told(county, "县(区)审核中")
    second = visit(here.checks)
    second.goto(f"/rounds/cases/{here.case.pk}/")
    press(second, "县(区)提交")
    told(second, "已提交")


def corrects(here: World, visit: Visit, file: Path) -> None:
    """The office finds one material incomplete; only that one opens; it is made good and accepted."""
    office, county, second = visit(here.office), visit(here.fills), visit(here.checks)
    office.goto(f"/rounds/cases/{here.case.pk}/")
    press(office, "开始审查")
    here.judge_all(material__plan="缺第二年的支持政策")
    office.goto(f"/rounds/cases/{here.case.pk}/check/?item=material:plan")
    told(office, "缺第二年的支持政策")
    press(office, "通知补正")
    county.goto(f"/rounds/cases/{here.case.pk}/")
    told(county, "审查期限已暂停计时")
    assert county.locator("form.material-form").count() == 1
    row = county.locator("#material-plan")
    row.locator("summary", has_text="更换").click()
    row.locator("input[type=file]").set_input_files(file)
    row.get_by_role("button", name="保存").click()
    press(county, "补正交审核")
    second.goto(f"/rounds/cases/{here.case.pk}/")
    press(second, "提交补正")
    here.judge_all()
    office.goto(f"/rounds/cases/{here.case.pk}/")
    press(office, "受理")
    told(office, "已受理")


def draws(here: World, visit: Visit) -> None:
    """By a published seed; the panel that is drawn may begin."""
    office = visit(here.office)
    office.goto(f"/experts/cases/{here.case.pk}/")
    office.fill("#id_seed", SEED)
    office.fill("#id_source", SOURCE)
    press(office, "抽取")
    told(office, "按记录复算,结果一致")
    office.goto(f"/rounds/cases/{here.case.pk}/")
    press(office, "送专家评审")
    told(office, "专家评审中")


def reviews(here: World, found: Review, visit: Visit) -> None:
    """One has a conflict of interest and leaves; one scores on a phone; the others hand in too."""
    away, first, *_others = found.seats()
    leaves = visit(found.by(away), 390)
    leaves.goto(f"/experts/mine/{away.pk}/")
    told(leaves, "先作声明")
    leaves.get_by_role("link", name="申报回避").click()
    leaves.locator("dialog[open] textarea").fill("为申报企业提供技术服务")
    leaves.locator("dialog[open]").get_by_role("button", name="申报回避").click()
    expect(leaves).to_have_url(re.compile("/experts/mine/$"))
    expect(leaves.locator("main")).not_to_contain_text("壶关县专业镇")
    scores = visit(found.by(first), 390)
    scores.goto(f"/experts/mine/{first.pk}/")
    press(scores, "声明没有上述情形,开始评审")
    for item in here.case.rules.rules.sheet:
        scores.fill(f"#points_{item.code}", "88")
        scores.fill(f"#reason_{item.code}", "有据")
    press(scores, "保存并提交")
    told(scores, "加权总分 88")
    for seat in found.seats():
        if seat.pk != first.pk:
            found.score(seat)
    office = visit(here.office)
    office.goto(f"/rounds/cases/{here.case.pk}/")
    press(office, "评审结束")
    told(office, "研究拟定意见")


def decides(one: World, two: World, three: World, visit: Visit) -> None:
    """The table, one proposal on the page, votes for one, signed off for two, one of them refused."""
    office, leader = visit(one.office), visit(one.leader)
    office.goto(f"/decisions/rounds/{one.round.pk}/")
    told(office, "拟认定 2")
    told(office, "拟不予认定 1")
    office.get_by_role("link", name="壶关县专业镇").click()
    office.select_option("#proposal", "certify")
    office.fill("#reasons", "按标准条件符合条件。")
    press(office, "报领导小组审定")
    for here, choice, reason in (
        (one, "certify", ""),
        (two, "certify", ""),
        (three, "refuse", "历史传承的材料不能证明。"),
    ):
        leader.goto(f"/decisions/cases/{here.case.pk}/")
        leader.select_option("#choice", choice)
        leader.fill("#meeting", "领导小组2026年第2次会议")
        leader.fill("#decided-reasons", reason)
        if here is one:
            leader.select_option("#vote-rest", "for")
        press(leader, "记录审定")
        told(leader, f"审定:{'不予认定' if reason else '认定'}")


def objects(one: World, two: World, visit: Visit, public: Page, file: Path) -> None:
    """Both are put up; somebody objects to one of them, without an account."""
    office = visit(one.office)
    office.goto(f"/decisions/rounds/{one.round.pk}/publicity/")
    office.fill("#contact", "市工信局 0355-2000000")
    press(office, "开始公示")
    told(office, "公示已开始")
    public.goto("/public/publicity/")
    public.get_by_role("link", name="公示", exact=False).last.click()
    entry = PublicityEntry.objects.get(case=two.case)
    public.locator(f'a[href$="/entries/{entry.pk}/objection/"]').click()
    public.fill("#id_name", "王小明")
    public.fill("#id_contact", "13800000000")
    public.fill("#id_text", "产值把外县企业算了进去")
    public.set_input_files("input[type=file]", file)
    press(public, "提交异议")
    told(public, Objection.objects.get().receipt)


def certifies(one: World, two: World, visit: Visit) -> None:
    """The objection stops its own town and no other, until a second person has answered it."""
    office, second = visit(one.office), visit(one.second)
    address = f"/decisions/rounds/{one.round.pk}/publicity/"
    office.goto(address)
    for box in office.get_by_role("checkbox").all():
        box.check()
    press(office, "认定勾选的专业镇")
    told(office, "尚未办结")
    assert Title.objects.count() == 1
    second.goto(f"/decisions/objections/{Objection.objects.get().pk}/")
    press(second, "受理异议")
    form = second.locator("form", has=second.get_by_role("button", name="认定异议不成立"))
    form.locator("[name=answer]").fill("经核对,产值均在本县。")
    form.locator("[name=reason]").fill("已核")
    press(second, "认定异议不成立")
    told(second, "异议不成立")
    office.goto(address)
    office.get_by_role("checkbox").check()
    press(office, "认定勾选的专业镇")
    told(office, "已认定")
    assert Title.objects.count() == 2


def test_a_whole_round(
    visit: Visit, page: Page, faults: list[str], shot: Callable[[Page, str], None], tmp_path: Path
) -> None:
    factories.InstallationFactory.create()
    one = hall(review=True)
    smaller(one)
    two, three = beside(one, "上党区"), beside(one, "黎城县")
    people = pool_of(one.office, 5)
    for each, points, unmet in ((two, "90", ()), (three, "70", ("heritage_product",))):
        accepted(each)
        reviewed(each, people, [points])
        judged(each, *unmet)
        proposal = "refuse" if unmet else "certify"
        deciding.propose(case=each.fresh(), proposal=proposal, reasons=["按标准条件判断。"], by=each.office)
    file = tmp_path / "规划.pdf"
    file.write_bytes(PDF + b"one")
    sends(one, visit, file)
    file.write_bytes(PDF + b"two")
    corrects(one, visit, file)
    draws(one, visit)
    reviews(one, Review(one, people), visit)
    judged(one)
    decides(one, two, three, visit)
    objects(one, two, visit, page, file)
    with later(20):
        assert [fault for fault in faults if "422" not in fault] == []
        certifies(one, two, visit)
        assert [fault for fault in faults if "422" not in fault] == []  # certifying one of two is told as a refusal
        faults.clear()
        page.goto("/public/towns/")
        for title in Title.objects.all():
            told(page, title.number)
        expect(page.locator("main")).not_to_contain_text("黎城县专业镇")
        shot(page, "round-public-list")


def smaller(here: World) -> None:
    """Panels of three: the other two say nothing new in a browser."""
    rules = RulesVersion.objects.get(round=here.round)
    RulesVersion.objects.filter(pk=rules.pk).update(content={**rules.content, "panel": {"size": 3, "minimum": 3}})
