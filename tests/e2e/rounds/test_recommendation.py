"""A recommendation to the province in a browser: who is asked, the decision, the package, the letter, the title."""

import zipfile

import pytest

from spectown.documents.models import OfficialDocument
from spectown.jobs.worker import run_waiting
from spectown.rounds.models import Case, Title
from spectown.rounds.services import deciding
from tests import factories
from tests.criteria import checker, filler
from tests.e2e.rounds.people import Visit, press, told
from tests.recheck_world import answered, titled
from tests.recommendation_world import answers, ready
from tests.round_course import judged
from tests.round_world import World

pytestmark = pytest.mark.django_db(transaction=True)


def asks(here: World, title: Title, visit: Visit) -> World:
    """The office ticks the town on the page; its county begins anew."""
    office = visit(here.office)
    office.goto(f"/decisions/rounds/{here.round.pk}/recommendation/")
    office.get_by_label(title.town.name).check()
    press(office, "通知勾选的专业镇申报")
    told(office, "已通知 1 个专业镇申报")
    unit = title.town.responsible_unit
    case = Case.objects.get(town=title.town)
    return World(here.round, case, filler(unit), checker(unit), here.office, here.second, here.leader)


def sends(here: World, title: Title) -> None:
    """Filled, sent, examined, judged and proposed: as in a first certification."""
    answered(here, **answers(here, title))
    here.fill()
    for code, by in (("hand_in", here.fills), ("county_submit", here.checks), ("examine", here.office)):
        here.go(code, by)
    here.judge_all()
    here.go("accept", here.office)
    here.go("consider", here.office)
    judged(here)
    deciding.propose(case=here.fresh(), proposal="recommend", reasons=["产业链完整。"], by=here.office)


def recommends(here: World, visit: Visit) -> None:
    """The leading group agrees; the package is made and can be opened."""
    leader, office = visit(here.leader), visit(here.office)
    leader.goto(f"/decisions/cases/{here.case.pk}/")
    leader.select_option("#choice", "recommend")
    leader.fill("#meeting", "领导小组2026年第3次会议")
    press(leader, "记录审定")
    told(leader, "审定:推荐")
    run_waiting()
    office.goto(f"/decisions/rounds/{here.round.pk}/recommendation/")
    with office.expect_download() as download:
        office.locator("#package a", has_text=".zip").click()
    names = zipfile.ZipFile(download.value.path()).namelist()
    assert names == ["推荐情况表.xlsx", "01_沁县专业镇/申报材料汇编.pdf", "文件清单.txt"]


def writes(here: World, visit: Visit) -> None:
    """The letter begins with the town in it; the province's answer gives the town its new title."""
    office = visit(here.office)
    press(office, "起草推荐函")
    told(office, "已按本件情况起草")
    letter = OfficialDocument.objects.get(kind="recommendation_letter")
    assert [row["town"] for row in letter.facts["towns"]] == ["沁县专业镇"]
    office.goto(f"/rounds/cases/{here.case.pk}/")
    office.fill("#note-province", "晋专镇〔2026〕3号,2026年11月20日")
    press(office, "登记")
    press(office, "登记省级认定")
    told(office, "省级已认定")


def test_a_recommendation(visit: Visit) -> None:
    factories.InstallationFactory.create()
    hall = ready()
    title = titled("沁县", "市级〔2026〕002号")
    here = asks(hall, title, visit)
    sends(here, title)
    recommends(here, visit)
    writes(here, visit)
    assert Title.objects.filter(level="province", town=title.town).exists()
