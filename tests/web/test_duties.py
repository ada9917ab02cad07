"""我的工作 and 办理情况 on screen: whose turn, what is late; figures by group, workbook, drafts of 通报."""

import datetime
import io
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from spectown.accounts.permissions import Role
from spectown.core.periods import Every, period_of
from spectown.documents.models import OfficialDocument
from spectown.monitoring.catalogue import keep_indicators
from spectown.organisations.models import Unit
from spectown.supervision.models import Work
from spectown.supervision.outcomes import BY, outcomes
from spectown.web.duties.keyfigures import key_figures
from spectown.web.duties.standing import standing
from tests import factories
from tests.supervision_factories import supervised_plan

pytestmark = pytest.mark.django_db
Day = datetime.date
ONE = datetime.timedelta(1)


@pytest.fixture
def unit() -> Unit:
    supervised_plan()
    made: Unit = factories.UnitFactory.create(name="市工信局", territory=factories.TerritoryFactory.create(name="沁县"))
    return made


def measure(unit: Unit, *, state: str = "running", **facts: Any) -> Work:
    """A measure with its work."""
    work: Work = factories.WorkFactory.create(holder=unit, running=True, **{"state": state, **facts})
    plain = {"lead": unit, "title": work.title, "deadline": work.deadline, "state": state, "year": 2026}
    factories.MeasureFactory.create(work=work, territory=unit.territory, **plain)
    return work


def text(client: Client, name: str, query: str = "") -> str:
    answer = client.get(reverse(name) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def today() -> Day:
    return timezone.localdate()


@pytest.mark.data
def test_each_sees_what_is_the_own_turn(unit: Unit) -> None:
    signing = measure(unit, state="approved", anchored_on=None, started_on=None)
    reported = measure(unit, state="reported", anchored_on=None)
    elsewhere = measure(factories.UnitFactory.create(), state="approved", anchored_on=None, started_on=None)
    department = text(factories.client_for(Role.DEPARTMENT, unit=unit), "duties:mine")
    assert [w.title in department for w in (signing, reported, elsewhere)] == [True, False, False]
    office = text(factories.client_for(Role.OFFICE), "duties:mine")
    assert reported.title in office


def test_parts(unit: Unit) -> None:
    client = factories.client_for(Role.DEPARTMENT, unit=unit)
    late = measure(unit, deadline=today() - ONE, light="red", light_why="期限已超过")
    soon = measure(unit, deadline=today() + ONE, light="blue")
    back = measure(unit, deadline=today() + 90 * ONE, light="green")
    factories.WorkStepFactory.create(work=back, move="finish")
    factories.WorkStepFactory.create(work=back, move="not_verified")
    done = measure(unit, state="verified", ended_on=today(), anchored_on=None)
    for part, wanted in (("overdue", [late]), ("soon", [soon]), ("back", [back]), ("all", [late, soon, back])):
        found = text(client, "duties:mine", f"?part={part}")
        assert [w for w in (late, soon, back, done) if w.title in found] == wanted, part
    assert client.get(reverse("duties:mine") + "?part=nothing").status_code == 404


def test_a_leader_sees_the_three_worst_first(unit: Unit) -> None:
    late = [measure(unit, deadline=today() - n * ONE, light="red", light_why=f"超过 {n} 天") for n in (2, 9, 5, 1)]
    told = {"deadline": today() - 30 * ONE, "light": "red", "light_why": "没有报"}
    paper = factories.WorkFactory.create(holder=unit, running=True, kind="sheet", state="filling", **told)
    factories.SheetFactory.create(work=paper)
    found = text(factories.client_for(Role.LEADER), "duties:mine")
    shown = found[found.index("最需要过问的三件") :]
    places = [shown.index(late[n].title) for n in (1, 2, 0)]
    assert places == sorted(places)
    assert shown.index(paper.title) > places[-1]  # a paper that was not handed in is not what a leader looks at first
    assert "最需要过问" not in text(factories.client_for(Role.OFFICE), "duties:mine")


@pytest.mark.data
@pytest.mark.parametrize("role", [Role.OFFICE, Role.LEADER, Role.DEPARTMENT, Role.COUNTY_CHECK])
def test_at_most_ten_queries_at_any_size(unit: Unit, role: Role) -> None:
    client, counts = factories.client_for(role, unit=unit), []
    for number in (3, 60):
        for _ in range(number):
            measure(unit, light="red", light_why="x", deadline=today() - ONE)
        client.get(reverse("duties:mine"))
        for part in ("all", "turn", "back"):
            with CaptureQueriesContext(connection) as captured:
                assert client.get(reverse("duties:mine") + f"?part={part}").status_code == 200
            counts.append(len(captured))
    assert max(counts) <= 10, "\n".join(query["sql"][:300] for query in captured)


@pytest.mark.data
def test_a_message_leads_to_the_page_of_its_kind(unit: Unit) -> None:
    work = measure(unit)
    client = factories.client_for(Role.DEPARTMENT, unit=unit)
    target = client.get(reverse("duties:work", args=[work.pk])).headers["Location"]
    assert client.get(target).status_code == 200
    stranger = factories.client_for(Role.ENTERPRISE)
    assert stranger.get(reverse("duties:work", args=[work.pk])).status_code == 404


PERIOD = "?period=2026-09"
ON = Day(2026, 10, 20)


def played(unit: Unit) -> None:
    """September 2026: one in time (handed in, verified later), one late, one open; one of another unit cancelled."""
    for handed, ended in ((Day(2026, 9, 25), Day(2026, 10, 12)), (Day(2026, 10, 9), None), (None, None)):
        waits = {"anchored_on": None} if handed else {}
        state = "verified" if ended else "reported" if handed else "running"
        work = measure(unit, state=state, ended_on=ended, **waits)
        if handed:
            factories.WorkStepFactory.create(work=work, move="finish", on=handed)
    measure(factories.UnitFactory.create(), state="cancelled", ended_on=Day(2026, 9, 2), anchored_on=None)


@pytest.mark.data
def test_figures_of_a_month(unit: Unit) -> None:
    played(unit)
    period = period_of(Day(2026, 9, 1), Every.MONTH)
    found = outcomes(Work.objects.all(), period, "unit", Day(2026, 10, 1))
    assert [(row.label, row.figures.due, row.figures.on_time, row.figures.open) for row in found.rows] == [
        ("市工信局", 3, 1, 2)
    ]
    assert (str(found.total.rate), found.total.overdue, found.total.finished) == ("33.3", 0, 1)
    later = outcomes(Work.objects.all(), period_of(Day(2026, 10, 1), Every.MONTH), "county", ON)
    assert [(row.label, row.figures.overdue, row.figures.finished) for row in later.rows] == [("沁县", 1, 1)]


def test_a_measure_counts_in_every_county_and_town_that_it_names(unit: Unit) -> None:
    there = factories.TownFactory.create(name="甲镇", territory=factories.TerritoryFactory.create(name="襄垣县"))
    work = measure(unit, deadline=Day(2026, 9, 10), anchored_on=Day(2026, 9, 10))
    work.measure.of_towns.set([there, factories.TownFactory.create(name="乙镇", territory=unit.territory)])
    period = period_of(Day(2026, 9, 1), Every.MONTH)

    def groups(by: str) -> dict[str, int]:
        found = outcomes(Work.objects.all(), period, by, Day(2026, 10, 1))
        assert found.total.due == 1
        return {row.label: row.figures.due for row in found.rows}

    assert groups("town") == {"甲镇": 1, "乙镇": 1}
    assert groups("county") == {"襄垣县": 1, "沁县": 1}
    assert groups("unit") == {"市工信局": 1}


def test_what_is_due_today_is_not_late_today(unit: Unit) -> None:
    played(unit)
    period = period_of(Day(2026, 9, 1), Every.MONTH)
    found = outcomes(Work.objects.all(), period, "unit", Day(2026, 9, 30))
    assert (found.last, found.total.due, found.total.rate) == (Day(2026, 9, 29), 0, None)


@pytest.mark.parametrize("by", list(BY))
def test_groups_and_their_queries(unit: Unit, by: str) -> None:
    client, counts = factories.client_for(Role.OFFICE), []
    for number in (1, 12):
        for _ in range(number):
            played(factories.UnitFactory.create(territory=factories.TerritoryFactory.create()))
        client.get(reverse("duties:figures"))
        with CaptureQueriesContext(connection) as captured:
            assert BY[by] in text(client, "duties:figures", f"{PERIOD}&by={by}")
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_workbook_says_the_same(unit: Unit) -> None:
    played(unit)
    answer = factories.client_for(Role.OFFICE).get(reverse("duties:export") + f"{PERIOD}&by=unit")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    rows = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    assert ["市工信局", 3] in [row[:2] for row in rows]
    assert ["合计", 3] in [row[:2] for row in rows]


def test_an_empty_period_says_so_and_a_wrong_one_is_the_present(unit: Unit) -> None:
    client = factories.client_for(Role.OFFICE)
    assert "没有列入督办的事项" in text(client, "duties:figures", PERIOD)
    assert f"{today().year}年{today().month}月" in text(client, "duties:figures", "?period=x&by=y")


@pytest.mark.parametrize(("kind", "period"), [("monthly_report", "2026-09"), ("quarterly_report", "2026-Q3")])
def test_a_notice_begins_with_the_figures(kind: str, period: str) -> None:
    from django.conf import settings

    from spectown.plans.folder import read_folder
    from spectown.towns.management.commands.load_plan import load

    load(read_folder(settings.PLAN_DIR))
    unit = factories.UnitFactory.create(name="沁县人民政府", territory=factories.TerritoryFactory.create(name="某县"))
    played(unit)
    work = factories.WorkFactory.create(
        holder=unit, running=True, kind="report", state="draft", first_deadline=Day(2026, 9, 7), light="red"
    )
    factories.ReportFactory.create(work=work, measure=Work.objects.filter(kind="measure").first().measure)  # type: ignore[union-attr]  # made above
    told_by_towns()
    client = factories.client_for(Role.OFFICE)
    answer = client.post(reverse("duties:draft", args=[kind]) + f"?period={period}", follow=True)
    assert answer.status_code == 200
    made = OfficialDocument.objects.get()
    assert made.kind == kind
    assert made.title in ("关于2026年9月专业镇工作情况的通报", "关于2026年第三季度专业镇工作进展情况的通报")
    given = made.facts
    assert given["units"] == [{"name": "沁县人民政府", "due": 4, "on_time": 1, "rate": 25.0, "overdue": 1}]
    assert given["works_said"].startswith("本期到期的督办事项4件,按期办结1件,按期办结率25.0%;期末逾期1件")
    assert "计算到2026年9月30日" in given["works_source"]
    figures = {
        row["town"]: (row["output"], row["growth"], row["jobs"], row["jobs_growth"]) for row in given["indicators"]
    }
    assert figures == {"甲镇": (1200.0, 20.0, 110.0, 10.0), "乙镇": (300.0, None, None, None)}
    assert [row["state"] for row in given["indicators"]] == ["已核定", "未报"]
    assert "取自2026年9月专业镇运行月报" in given["figures_source"]
    assert "由市统计局核定" in given["figures_source"]
    assert "2个专业镇中已核定1个、未报1个" in given["figures_source"]
    if kind == "quarterly_report":
        assert given["ranking"][0]["county"] == "某县"


def told_by_towns() -> None:
    """September 2026: one town with all figures, one whose jobs nobody filled in."""
    indicators = keep_indicators()
    opened = factories.FormPeriodFactory.create(form="monthly", name="专业镇运行月报", ordinal=20260901)
    now, then = {"output": 200, "jobs": 110, "output_ytd": 1200, "output_growth": 20}, {"jobs": 100}
    for place, (name, told) in enumerate((("甲镇", now), ("乙镇", {"output": 300, "output_ytd": 300}))):
        sheet = factories.SheetFactory.create(
            form_period=opened, town=factories.TownFactory.create(name=name, order=place), sent_on=Day(2026, 10, 8)
        )
        for ordinal, values in ((20260901, told), (20250901, then if told is now else {})):
            for code, number in values.items():
                own = sheet if ordinal == 20260901 and "_" not in code else None
                factories.CellFactory.create(
                    sheet=own, town=sheet.town, indicator=indicators[code], ordinal=ordinal, number=number,
                    state="agreed", origin="web" if own else "formula",
                )  # fmt: skip


def test_a_notice_without_figures_says_so(unit: Unit) -> None:
    """No plan that knows the kind, no form was ever opened: nothing is made up."""
    found = key_figures(None, period_of(Day(2026, 9, 1), Every.MONTH), factories.actor(Role.OFFICE), ON)
    assert found == {"indicators": [], "figures_source": "系统中还没有开过专业镇运行月报,没有可用的数据"}
    said = standing(Work.objects.all(), period_of(Day(2026, 9, 1), Every.MONTH), ON)
    assert (said["works_said"], said["units"]) == ("本期没有到期、逾期的督办事项", [])


def test_a_kind_that_does_not_exist(unit: Unit) -> None:
    client = factories.client_for(Role.OFFICE)
    assert client.post(reverse("duties:draft", args=["nothing"])).status_code == 404
