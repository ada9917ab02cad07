"""Pages of 项目: 三个一批 with the rows behind it, 每月调度, moves, from lead to project."""

import datetime
import io
from typing import Any

import openpyxl
import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from spectown.accounts.permissions import Role
from spectown.plans.folder import mapping
from spectown.plans.models import PlanVersion
from spectown.projects.enums import Course, LeadStage, Stage
from spectown.projects.models import Lead, Project
from tests import factories
from tests.criteria import FOLDER

pytestmark = pytest.mark.django_db
DAY = datetime.date
SETTINGS = {"projects": [{**g, "from": str(g["from"])} for g in mapping(FOLDER, "lights.yaml")["projects"]]}
BATCHES, DISPATCH = "/projects/", "/projects/dispatch/"


@pytest.fixture(autouse=True)
def plan() -> None:
    cache.clear()
    factories.PlanVersionFactory.create(is_current=True, lights=SETTINGS)


@pytest.fixture
def office() -> Client:
    return factories.client_for(Role.OFFICE)


def project(stage: Stage = Stage.STARTED, **facts: Any) -> Project:
    """A project at a stage, signed on 1 March 2024, started a month later."""
    dates = {"signed_on": DAY(2024, 3, 1), "started_on": DAY(2024, 4, 1), "producing_on": DAY(2025, 5, 1)}
    reached = {Stage.IDEA: 0, Stage.SIGNED: 1, Stage.STARTED: 2, Stage.PRODUCING: 3}[stage]
    made: Project = factories.ProjectFactory.create(
        stage=stage, **{**dict(list(dates.items())[:reached]), "investment": 1000, **facts}
    )
    return made


def report(of: Project, year: int, *months: int, completed: int | None = 100) -> None:
    for month in months:
        factories.ProjectMonthFactory.create(project=of, year=year, month=month, completed=completed)


def test_batches_with_their_rows(office: Client) -> None:
    started, signed = project(), project(Stage.SIGNED, investment=None)
    project(Stage.PRODUCING, signed_on=None)
    page = office.get(BATCHES)
    shown = page.context["shown"]
    assert [(r.label, r.numerator, r.denominator) for r in shown.rates[:2]] == [("开工率", 1, 2), ("投产率", 1, 2)]
    assert shown.rates[2].percent is None
    text = page.content.decode()
    assert "没有分母,不计算" in text
    assert "没有签约日期 1 个" in text
    assert "总投资未报" in text  # of the signed one: not 0
    rows = {p: office.get(f"{BATCHES}rows/?rate=start&part={p}").context["items"] for p in ("part", "whole", "left")}
    assert [p for p, _, _ in rows["part"]] == [started]
    assert {p for p, _, _ in rows["whole"]} == {started, signed}
    assert [reason for _, _, reason in rows["left"]] == ["没有签约日期"]


def test_batches_by_place_and_year(office: Client) -> None:
    town = factories.TownFactory.create(name="潞绸专业镇")
    factories.LevelRecordFactory.create(town=town)
    one = project(town=town)
    project()
    lines = office.get(BATCHES).context["shown"].lines
    assert [line.count for line in lines] == [1, 1]
    here = office.get(BATCHES, {"county": one.territory.code}).context["shown"]
    assert [(line.label, line.count) for line in here.lines] == [("潞绸专业镇", 1)]
    year = office.get(BATCHES, {"period": "2025", "town": town.code}).context["shown"]
    assert (year.rates[0].denominator, year.rates[1].denominator, year.year) == (0, 0, 2025)
    assert office.get(BATCHES, {"county": "unknown"}).context["shown"].count == 0


@pytest.mark.parametrize("query", ["rate=nothing", "rate=start&part=nothing", ""])
def test_rows_of_nothing(query: str, office: Client) -> None:
    assert office.get(f"{BATCHES}rows/?{query}").status_code == 404


def test_dispatch_shows_the_worst_first(office: Client) -> None:
    fine, behind, silent = project(name="不落后"), project(name="落后"), project(name="没报")
    for made in (fine, behind, silent):
        factories.ProjectYearFactory.create(project=made, year=2025, planned=1200)
    report(fine, 2025, *range(1, 7))
    report(behind, 2025, *range(1, 7), completed=10)
    report(silent, 2025, *range(1, 6))
    page = office.get(DISPATCH, {"month": "2025-06"})
    shown = page.context["shown"]
    assert [(f.project.name, str(f.light.level)) for f in shown.rows] == [
        ("落后", "red"),
        ("没报", "yellow"),
        ("不落后", "green"),
    ]
    assert (shown.planned, shown.done, shown.month, shown.alarms) == (3600, 1160, 110, 2)
    assert shown.silent == {silent.territory.name: [silent]}
    assert "月份:2025年6月" in page.content.decode()
    assert (shown.before, shown.after) == ("2025-05", "2025-07")


def test_what_is_missing_is_said(office: Client) -> None:
    project(name="没有计划")
    text = office.get(DISPATCH, {"month": "2025-06"}).content.decode()
    assert "没有填 2025 年计划投资" in text
    assert "light-green" not in text
    assert "未报" in text


def test_dispatch_filters(office: Client) -> None:
    project(name="要协调", needs_leader=True)
    project(name="已终止", course=Course.ENDED, halt_reason="撤资")
    idea = project(Stage.IDEA, name="谋划")

    def names(**query: str) -> set[str]:
        found = office.get(DISPATCH, {"month": "2025-06", **query}).context["shown"].rows
        return {f.project.name for f in found}

    assert names() == {"要协调", "谋划"}
    assert names(show="leader") == names(show="missing") == names(show="alarm") == {"要协调"}
    assert names(county=idea.territory.code) == {"谋划"}
    wrong = office.get(DISPATCH, {"month": "2025-13"})
    assert "月份应写成" in wrong.content.decode()
    assert wrong.context["shown"].rows == ()


def test_without_settings_nothing_is_judged(office: Client) -> None:
    PlanVersion.objects.update(lights={})
    project()
    page = office.get(DISPATCH, {"month": "2025-06"})
    assert "没有设定亮灯口径" in page.content.decode()
    assert [str(f.light.level) for f in page.context["shown"].rows] == ["grey"]


def test_a_county_sees_its_own() -> None:
    own, other = project(), project()
    client = factories.client_for(Role.COUNTY_FILL, unit=factories.UnitFactory.create(territory=own.territory))
    assert [f.project for f in client.get(DISPATCH).context["shown"].rows] == [own]
    assert client.get(BATCHES).context["shown"].count == 1
    text = client.get(f"{BATCHES}rows/?rate=start").content.decode()
    assert own.name in text
    assert other.name not in text


def test_workbook_is_the_page(office: Client) -> None:
    made = project(name="=1+1 项目", problem="供电未接入")
    factories.ProjectYearFactory.create(project=made, year=2025, planned="1200.5")
    report(made, 2025, 1, completed=50)
    answer = office.get(f"{DISPATCH}export/", {"month": "2025-01"})
    sheet: Any = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][0] == "专业镇重大项目调度表(2025年1月)"
    assert rows[3][1].endswith("1+1 项目")
    assert rows[3][9:14] == [1000, 1200.5, 50, 4.2, 50]
    assert rows[4][1] == "合计 1 个"


@pytest.mark.parametrize("url", [BATCHES, DISPATCH, f"{DISPATCH}export/", f"{BATCHES}rows/?rate=start"])
def test_queries_do_not_grow(url: str, office: Client) -> None:
    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert office.get(url).status_code == 200
        return len(queries)

    report(project(), 2025, 1)
    count()
    few = count()
    for _ in range(8):
        report(project(), 2025, 1, 2)
    assert count() == few


def test_part_of_the_page_for_htmx(office: Client) -> None:
    for url in (BATCHES, DISPATCH):
        text = office.get(url, headers={"HX-Request": "true"}).content.decode()
        assert text.strip().startswith('<div id="shown">')


def test_page_of_a_project(office: Client) -> None:
    made = project(plan_started=DAY(2024, 3, 1))
    text = office.get(reverse("lists:row", args=["projects", made.pk])).content.decode()
    assert "推进情况" in text
    assert "计划 2024-03-01" in text
    assert "未报日期" in text  # 落地 was left out
    assert reverse("projects:advance", args=[made.pk]) in text
    reader = factories.client_for(Role.LEADER).get(reverse("lists:row", args=["projects", made.pk])).content.decode()
    assert reverse("projects:advance", args=[made.pk]) not in reader


def test_advance(office: Client) -> None:
    made = project(Stage.SIGNED)
    url = reverse("projects:advance", args=[made.pk])
    assert "推进到落地" in office.get(url).content.decode()
    refused = office.post(url, {"to": "started", "version": 1, "skipping": "自有厂房"})
    assert (refused.status_code, "请填写开工日期" in refused.content.decode()) == (422, True)
    assert set(refused.context["form"].errors) == {"on", "evidence"}  # all at once, each at its field
    skipped = office.post(url, {"to": "started", "on": "2024-04-01", "evidence": "开工令", "version": 1})
    assert "跳过了落地" in skipped.content.decode()
    start = {"to": "started", "evidence": "开工令", "version": 1, "skipping": "自有厂房"}
    early = office.post(url, {**start, "on": "2024-01-01"})
    assert "不能早于前面各阶段" in early.content.decode()
    assert set(early.context["form"].errors) == {"on"}
    done = office.post(url, {**start, "on": "2024-04-01"})
    assert done["Location"] == reverse("lists:row", args=["projects", made.pk])
    made.refresh_from_db()
    assert made.stage == Stage.STARTED
    stale = office.post(url, {"to": "producing", "on": "2025-04-01", "evidence": "投产报告", "version": 1})
    assert "已被他人修改" in stale.content.decode()


def test_pause_on_the_page(office: Client) -> None:
    made = project()
    url = reverse("projects:course", args=[made.pk])
    assert office.post(url, {"code": "resume", "reason": "x", "version": 1}).status_code == 422
    assert office.post(url, {"code": "pause", "reason": "资金未到位", "version": 1}).status_code == 302
    text = office.get(reverse("lists:row", args=["projects", made.pk])).content.decode()
    assert "恢复推进" in text
    assert reverse("projects:advance", args=[made.pk]) not in text


def test_lead_becomes_a_project_without_retyping(office: Client) -> None:
    facts = {"stage": LeadStage.CONTRACT, "contract_on": DAY(2025, 5, 6), "intended": 3000}
    lead: Lead = factories.LeadFactory.create(name="饮料项目", **facts)
    row, url = reverse("lists:row", args=["leads", lead.pk]), reverse("projects:convert", args=[lead.pk])
    assert url in office.get(row).content.decode()
    form = office.get(url).context["form"]
    given = {name: value for name, value in form.initial.items() if name in form.fields and value is not None}
    assert given["name"] == "饮料项目"
    missing = office.post(url, {**given, "name": ""})
    assert missing.status_code == 422
    answer = office.post(url, {**given, "category": "shortfall"})
    made = Project.objects.get()
    assert answer["Location"] == reverse("lists:row", args=["projects", made.pk])
    assert (made.stage, made.category, made.investment) == (Stage.SIGNED, "shortfall", 3000)
    assert "这条线索已经转为项目" in office.get(row).content.decode()
    again = office.post(url, {**given, "category": "shortfall"}, follow=True)
    assert "已经转为项目" in again.content.decode()


def test_a_lead_without_a_contract_says_what_it_waits_for(office: Client) -> None:
    lead = factories.LeadFactory.create()
    row, url = reverse("lists:row", args=["leads", lead.pk]), reverse("projects:convert", args=[lead.pk])
    text = office.get(row).content.decode()
    assert "签订正式合同或落地以后才转为项目" in text
    assert url not in text
    assert "签订正式合同或落地以后" in office.get(url, follow=True).content.decode()


def test_stages_lead_to_their_rows_and_what_cannot_be_divided_says_so(office: Client) -> None:
    town = factories.TownFactory.create()
    factories.LevelRecordFactory.create(town=town)
    here = factories.ProjectFactory.create(name="本镇项目", stage=Stage.RESERVED, town=town, territory=town.territory)
    factories.ProjectFactory.create(name="他处项目", stage=Stage.RESERVED)
    text = office.get(BATCHES, {"town": town.code}).content.decode()
    address = f"/lists/projects/?town={town.pk}&stage=reserved"
    assert f'href="{address}"' in text.replace("&amp;", "&")
    assert "不适用" in text
    assert [line.pk for line in office.get(address).context["grid"].lines] == [here.pk]


def test_dispatch_shows_fifty_projects_at_a_time(office: Client) -> None:
    factories.ProjectFactory.create_batch(53, stage=Stage.RESERVED)
    assert len(office.get(DISPATCH).context["rows"]) == 50
    assert len(office.get(DISPATCH, {"page": "2"}).context["rows"]) == 3
