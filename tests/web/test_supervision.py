"""Pages of dated work: the list at any size, the page of a measure, reports, coverage, what is refused."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from spectown.accounts.models import User
from spectown.organisations.actors import Actor
from spectown.plans.calendar import stored_calendar
from spectown.supervision.lighting import relight
from spectown.supervision.models import Measure, Report, Work
from spectown.supervision.reporting import open_reports
from spectown.supervision.settings import settings_of
from tests import factories
from tests.apps.supervision.measure_world import DAY, World, on

pytestmark = pytest.mark.django_db
WORKS = "/supervision/"


def client_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.person))
    return client


@pytest.fixture
def world() -> World:
    with on(DAY(2026, 6, 1)):
        return World()


def queries(client: Client, url: str, of: str = "") -> int:
    """How many queries the page costs; `of`: those that ask this table."""
    client.get(url)  # the first request also writes the session
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return sum(1 for each in captured if of in each["sql"])


def page_text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def more(world: World, count: int) -> None:
    for number in range(count):
        work = factories.WorkFactory.create(running=True, holder=world.unit, percent=20)
        measure = factories.MeasureFactory.create(work=work, lead=world.unit, state="running")
        factories.MilestoneFactory.create(measure=measure, number=number + 1)
        done = factories.WorkFactory.create(kind="report", state="sent", holder=world.unit)
        factories.ReportFactory.create(work=done, measure=measure)


def test_the_list_costs_the_same_at_any_size(world: World) -> None:
    client = client_of(world.office)
    factories.InstallationFactory.create()
    more(world, 3)
    few = queries(client, WORKS)
    more(world, 20)
    assert queries(client, WORKS) == few
    assert few <= 10  # session, user, roles and the counts of the navigation among them


def test_the_page_of_a_measure_costs_the_same(world: World) -> None:
    world.running()
    client = client_of(world.office)
    url = f"/lists/measures/{world.measure.pk}/"
    few = queries(client, url)
    for month in range(1, 9):
        work = factories.WorkFactory.create(kind="report", state="sent", holder=world.unit)
        factories.ReportFactory.create(work=work, measure=world.measure, month=month)
    assert queries(client, url) <= few + 1


def test_the_list_says_why(world: World) -> None:
    world.running()
    with on(DAY(2026, 9, 1)):
        relight([world.work], settings_of(DAY(2026, 9, 1)), stored_calendar(), DAY(2026, 9, 1))
        text = page_text(client_of(world.office), WORKS)
    assert "节点严重滞后" in text
    assert "“完成选址”应于 2026-07-31 完成" in text
    assert "未报" in text
    assert "市工信局" in text


@pytest.mark.parametrize(
    ("query", "seen"), [("which=mine", False), ("which=all", True), ("kind=report", False), ("q=重点项目", True)]
)
def test_filters(world: World, query: str, seen: bool) -> None:
    world.running()
    assert (world.measure.title in page_text(client_of(world.office), f"{WORKS}?{query}")) is seen


def test_an_address_for_every_work(world: World) -> None:
    answer = client_of(world.office).get(reverse("duties:work", args=[world.work.pk]))
    assert answer.headers["Location"] == f"/lists/measures/{world.measure.pk}/"


def test_a_form_that_is_older_than_the_last_step_is_refused(world: World) -> None:
    office, other = client_of(world.office), client_of(world.leader)
    url = f"/supervision/works/{world.work.pk}/move/"
    with on(DAY(2026, 6, 1)):
        office.post(f"{url}propose/", {"seen": "0"})
    answer = other.post(f"{url}approve/", {"seen": "0"}, follow=True)
    assert "办理“提请审定”,请看现在的内容后再办理" in answer.content.decode()
    assert world.work.state == "proposed"


def test_many_at_once_says_what_was_refused(world: World) -> None:
    bad = world.drafted(title="没有目标", target="")
    client = client_of(world.office)
    with on(DAY(2026, 6, 1)):
        answer = client.post("/supervision/measures/decide/", {"pick": [world.measure.pk, bad.pk]}, follow=True)
    text = answer.content.decode()
    assert "已提请审定 1 项" in text
    assert "没有目标”没有办成" in text
    assert "请至少选一项" in client.post("/supervision/measures/decide/", follow=True).content.decode()


def test_a_measure_begins_at_its_sentence(world: World) -> None:
    client = client_of(world.office)
    text = page_text(client, "/lists/measures/new/?year=2026&clause=三(四)&sentence=2")
    assert '<li class="chosen">增强要素保障能力。' in text
    cover = page_text(client, "/supervision/coverage/?year=2026")
    assert '2026 年还有 <b class="text-alarm">1</b> 句没有措施' in cover
    assert "写一项措施" in cover
    assert "写一项措施" not in page_text(client_of(world.leader), "/supervision/coverage/?year=2026")


def test_several_counties_and_towns_by_the_form_the_filters_and_the_coverage(world: World) -> None:
    client, towns = client_of(world.office), [factories.TownFactory.create(name=name) for name in ("甲镇", "乙镇")]
    form = client.get("/lists/measures/new/").context["form"]
    asked = {name: value for name in form.fields if (value := form[name].value())}
    given = asked | {
        "year": "2026",
        "clause": "三(四)",
        "sentence": "2",
        "title": "两镇共建",
        "towns": ["甲镇", "乙镇"],
    }
    answer = client.post("/lists/measures/new/", given)
    made = Measure.objects.get(title="两镇共建")
    assert (answer.status_code, made.towns) == (302, "甲镇、乙镇")
    assert '<option value="乙镇" selected data-keys="yizhen yz">' in page_text(
        client, f"/lists/measures/{made.pk}/edit/"
    )
    edited = client.get(f"/lists/measures/{made.pk}/edit/").context["form"]
    first = {name: value for name in edited.fields if (value := edited[name].value())}
    again = {**first, "towns": ["乙镇"], **{f"initial-{name}": value for name, value in first.items()}}
    client.post(f"/lists/measures/{made.pk}/edit/", again)
    made.refresh_from_db()
    assert (made.towns, list(made.of_towns.all())) == ("乙镇", [towns[1]])
    for query, count in (
        (f"towns={towns[1].pk}", 1),
        (f"towns={towns[0].pk}", 0),
        ("towns=-", 1),
        ("clause=三(四)", 2),
    ):
        assert client.get(f"/lists/measures/?{query}").context["choice"].queryset.count() == count
    assert "年度行动计划" in page_text(client, f"/towns/{towns[1].code}/")
    whole = page_text(client, "/supervision/coverage/?year=2026")
    there = page_text(client, f"/supervision/coverage/?year=2026&town={towns[1].pk}&county={towns[1].territory_id}")
    elsewhere = page_text(client, f"/supervision/coverage/?year=2026&town={towns[0].pk}")
    assert ["两镇共建" in page for page in (whole, there, elsewhere)] == [True, True, False]


def test_the_next_year_by_a_button(world: World) -> None:
    world.running()
    client = client_of(world.office)
    answer = client.post("/supervision/coverage/copy/", {"year": "2027"}, follow=True)
    assert "已把 1 项未完成的措施转入 2027 年" in answer.content.decode()
    assert "共 1 项" in answer.content.decode()  # the list shows what was made, of that year alone
    assert Measure.objects.filter(year=2027, state="draft").count() == 1


def test_a_report_from_the_form_to_the_office(world: World) -> None:
    world.running()
    with on(DAY(2026, 7, 1)):
        open_reports(DAY(2026, 7, 1))
        report, node = Report.objects.get(), world.measure.nodes.first()
        assert node is not None
        url, filler = f"/supervision/reports/{report.pk}/", client_of(world.filler)
        empty = filler.post(url, {"hand_in": "1", "percent": "120"})
        assert (empty.status_code, "不能大于 100" in empty.content.decode()) == (422, True)
        late = {"done": "选址", "percent": "40", f"node_{node.pk}": "2026-07-02", "hand_in": "1"}
        assert "不能晚于今天" in filler.post(url, late).content.decode()
        answer = filler.post(url, {**late, f"node_{node.pk}": "2026-06-30"}, follow=True)
        assert "已提交本单位审核" in answer.content.decode()
        assert "不能由填报人自己" in page_text(filler, url)
        client_of(world.checker).post(f"/supervision/works/{report.work_id}/move/send/", follow=True)
        office = client_of(world.office)
        assert "已报送" in page_text(office, url)
        refused = office.post(f"{url}back/", {"reason": "请写数"}, follow=True)
        assert "请填写重新报送的期限" in refused.content.decode()
        back = office.post(f"{url}back/", {"reason": "请写数", "again_on": "2026-07-08"}, follow=True)
        assert "已退回" in back.content.decode()  # the office still sees what it sent back
    report.work.refresh_from_db()
    assert (report.work.state, str(report.work.deadline)) == ("returned", "2026-07-08")


def test_less_than_the_period_before_is_seen_by_who_fills_checks_and_reads(world: World) -> None:
    world.running()
    world.report(DAY(2026, 7, 1), percent=40)
    with on(DAY(2026, 8, 3)):
        open_reports(DAY(2026, 8, 3))
        url = f"/supervision/reports/{Report.objects.get(work__state='draft').pk}/"
        assert "2026年6月报送的累计完成是 40%" in page_text(client_of(world.filler), url)
        world.report(DAY(2026, 8, 3), percent=30)
        assert "低于2026年6月的 40%" in page_text(client_of(world.office), url)
        first = f"/supervision/reports/{Report.objects.earliest('pk').pk}/"
        assert "低于" not in page_text(client_of(world.office), first)


def test_nothing_to_report_in_one_click(world: World) -> None:
    world.running()
    open_reports(DAY(2026, 7, 1))
    report = Report.objects.get()
    answer = client_of(world.filler).post(f"/supervision/reports/{report.pk}/nothing/", follow=True)
    assert "本期无进展" in answer.content.decode()
    assert Work.objects.get(pk=report.work_id).state == "checking"


def test_the_workbench_says_what_waits_for_whom(world: World) -> None:
    with on(DAY(2026, 6, 1)):
        world.move("propose", world.office)
        assert world.measure.title in page_text(client_of(world.leader), "/workbench/")
        world.move("approve", world.leader)
        assert "签收,或提出异议" in page_text(client_of(world.checker), "/workbench/")
        world.move("sign", world.checker)
    with on(DAY(2026, 10, 12)):
        open_reports(DAY(2026, 10, 12))
        relight(list(Work.objects.running()), settings_of(DAY(2026, 10, 12)), stored_calendar(), DAY(2026, 10, 12))
        world.move(
            "propose",
            world.office,
            work=Work.objects.get(measure=world.drafted(title="待审定的一项", deadline=DAY(2026, 12, 31))),
        )
        leader = page_text(client_of(world.leader), "/workbench/")
        assert leader.index("最需要过问的三件事") < leader.index("待办的措施")  # before what the leader must do
        assert "期限 2026-09-30,已超过" in leader
        assert "待填报、审核或阅的进展报告" in page_text(client_of(world.filler), "/workbench/")


def test_extension_and_pause_by_the_page(world: World) -> None:
    world.running()
    checker, office = client_of(world.checker), client_of(world.office)
    with on(DAY(2026, 9, 1)):
        url = f"/supervision/works/{world.work.pk}/"
        asked: Any = checker.post(f"{url}extension/", {"new": "2026-10-30", "reason": "审批未完"}, follow=True)
        assert "已申请延至 2026-10-30" in asked.content.decode()
        assert "待答复的延期申请" in page_text(office, "/workbench/")
        extension = world.work.extensions.get()
        office.post(f"{url}extension/{extension.pk}/grant/")
        assert str(world.work.deadline) == "2026-10-30"
        office.post(f"{url}pause/", {"reason": "等批复"})
        assert world.work.paused_on is not None
        office.post(f"{url}resume/")
        assert world.work.runs


def test_everything_open_of_a_unit_is_handed_over_by_the_page(world: World) -> None:
    world.running()
    office, other = client_of(world.office), factories.UnitFactory.create(name="市发改委")
    assert "未办结的事项全部转交" not in page_text(office, WORKS)
    assert "未办结的事项全部转交" in page_text(office, f"{WORKS}?unit={world.unit.pk}")
    assert "未办结的事项全部转交" not in page_text(client_of(world.checker), f"{WORKS}?unit={world.unit.pk}")
    data = {"source": world.unit.pk, "target": other.pk, "reason": "机构改革"}
    answer = office.post("/supervision/handover/", data, follow=True)
    assert "已把市工信局未办结的 1 件转交给市发改委" in answer.content.decode()
    assert "请选择接办单位" in office.post("/supervision/handover/", {}, follow=True).content.decode()
