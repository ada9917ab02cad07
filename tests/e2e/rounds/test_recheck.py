"""A recheck in a browser: who is drawn, two phases, a rectification that is kept, a withdrawal with its appeal."""

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from spectown.accounts.permissions import Role
from spectown.rounds.enums import NoteKind
from spectown.rounds.models import Case, RecheckSample, Title
from spectown.rounds.services import deciding
from tests import factories
from tests.criteria import checker, filler
from tests.e2e.rounds.people import Visit, give_reason, press, told
from tests.recheck_world import answered, decided, noted, recheck_round, reported, title_of, titled
from tests.review_world import SEED, SOURCE
from tests.round_course import later
from tests.round_world import DAY, PDF, World, plan

pytestmark = pytest.mark.django_db(transaction=True)
WRONG = "产值与统计部门核定数不一致"


def hall() -> tuple[World, Title]:
    """An open recheck; one title that ends soon, another that can only be drawn."""
    soon, drawn = titled("壶关县", "市级〔2023〕001号"), titled("沁县", "市级〔2023〕002号")
    Title.objects.filter(pk=soon.pk).update(valid_to=timezone.localdate() + 60 * DAY)
    Title.objects.filter(pk=drawn.pk).update(valid_to=timezone.localdate() + 800 * DAY)
    office, second, leader = (factories.actor(role) for role in (Role.OFFICE, Role.OFFICE, Role.LEADER))
    unit = soon.town.responsible_unit
    round_ = recheck_round(plan(), office, second)
    return World(round_, Case(), filler(unit), checker(unit), office, second, leader), drawn


def calls(here: World, drawn: Title, visit: Visit, public: Page) -> tuple[World, World]:
    """Drawn by a published seed that anybody repeats; both are called."""
    office = visit(here.office)
    office.goto(f"/decisions/rounds/{here.round.pk}/recheck/")
    office.fill("#seed", SEED)
    office.fill("#source", SOURCE)
    press(office, "抽取")
    told(office, "已抽取 1 个")
    public.goto(f"/public/samples/{RecheckSample.objects.get().pk}/")
    told(public, "按记录复算,结果一致")
    press(office, "通知复核勾选的专业镇")
    told(office, "已通知 2 件复核")
    unit = drawn.town.responsible_unit
    cases = {case.unit_id: case for case in Case.objects.all()}
    other = cases.pop(unit.pk)
    (own,) = cases.values()
    return (
        World(here.round, own, here.fills, here.checks, here.office, here.second, here.leader),
        World(here.round, other, filler(unit), checker(unit), here.office, here.second, here.leader),
    )


def examines(here: World, visit: Visit) -> None:
    """Something is wrong: to the formal phase, where the county is heard."""
    answered(here)
    here.fill()
    here.go("hand_in", here.fills)
    here.go("county_submit", here.checks)
    office = visit(here.office)
    office.goto(f"/rounds/cases/{here.case.pk}/")
    press(office, "开始审查")
    here.judge_all()
    office.goto(f"/rounds/cases/{here.case.pk}/check/?item=material:output_proof")
    office.get_by_role("radio", name="错误").check()
    office.locator("textarea[name=note]").fill(WRONG)
    press(office, "保存,看下一项")
    give_reason(office, "转入正式复核", "产值证明不实")
    told(office, "第二阶段正式复核中")
    county = visit(here.checks)
    county.goto(f"/rounds/cases/{here.case.pk}/")
    county.fill("#note-statement", "两家企业的外购坯料计入了产值,愿意更正。")
    press(county, "登记")
    office.goto(f"/rounds/cases/{here.case.pk}/")
    press(office, "正式复核结束")
    office.goto(f"/decisions/cases/{here.case.pk}/")
    told(office, f"“主导产业产值证明”有问题:{WRONG}。")


def rectifies(here: World, visit: Visit, file: Path) -> None:
    """The leading group gives a term; only the item at fault opens, and only it is looked at again."""
    deciding.propose(case=here.fresh(), proposal="rectify", reasons=["按核定口径更正。"], by=here.office)
    leader, county, office = visit(here.leader), visit(here.fills), visit(here.office)
    leader.goto(f"/decisions/cases/{here.case.pk}/")
    told(leader, "两家企业的外购坯料计入了产值")
    leader.select_option("#choice", "rectify")
    leader.fill("#meeting", "领导小组2026年第2次会议")
    press(leader, "记录审定")
    told(leader, "审定:限期整改")
    county.goto(f"/rounds/cases/{here.case.pk}/")
    assert county.locator("form.material-form").count() == 1
    row = county.locator("#material-output_proof")
    row.locator("summary", has_text="更换").click()
    row.locator("input[type=file]").set_input_files(file)
    row.get_by_role("button", name="保存").click()
    county.fill("#note-rectified", "已按核定口径更正。")
    press(county, "登记")
    checks = visit(here.checks)
    checks.goto(f"/rounds/cases/{here.case.pk}/")
    press(checks, "报告整改完成")
    told(checks, "整改待验收")
    office.goto(f"/rounds/cases/{here.case.pk}/check/")
    expect(office.locator("#item")).to_contain_text("主导产业产值证明")
    office.get_by_role("radio", name="符合").check()
    press(office, "保存,看下一项")
    press(office, "整改验收通过")
    told(office, "保留称号")
    assert title_of(here).state == "valid"


def appeals(here: World, visit: Visit) -> None:
    """Withdrawn after a hearing; the county appeals; the leading group reads why, and dismisses it."""
    reported(here, applicant_county="沁县", counties=["沁县"])
    here.judge_all(material__output_proof=WRONG)
    here.go("second", here.office, "产值证明不实")
    noted(here, NoteKind.STATEMENT, here.checks)
    here.go("end_second", here.office)
    decided(here, "revoke", "产值证明不实。")
    county, leader = visit(here.checks), visit(here.leader)
    county.goto(f"/rounds/cases/{here.case.pk}/")
    give_reason(county, "申诉", "统计口径当年有调整")
    told(county, "申诉处理中")
    leader.goto(f"/decisions/cases/{here.case.pk}/")
    told(leader, "统计口径当年有调整")
    give_reason(leader, "驳回申诉", "没有新的证据")
    told(leader, "维持撤销")
    leader.goto(f"/decisions/titles/{title_of(here).pk}/")
    told(leader, "已撤销")


def test_a_recheck(visit: Visit, page: Page, tmp_path: Path) -> None:
    factories.InstallationFactory.create()
    here, drawn = hall()
    kept, lost = calls(here, drawn, visit, page)
    examines(kept, visit)
    file = tmp_path / "证明.pdf"
    file.write_bytes(PDF + b"two")
    rectifies(kept, visit, file)
    appeals(lost, visit)
    with later(1):  # the day of the withdrawal is the last of its level
        page.goto("/public/towns/")
        told(page, "壶关县专业镇")
        expect(page.locator("main")).not_to_contain_text("沁县专业镇")
