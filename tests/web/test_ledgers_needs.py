"""要素保障需求 on the pages: each role finds its own step, and only that."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from spectown.accounts.permissions import Role
from spectown.ledgers.models import Need
from spectown.organisations.enums import UnitKind
from spectown.organisations.models import Unit
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def land() -> Unit:
    found: Unit = factories.UnitFactory.create(name="市规划和自然资源局", kind=UnitKind.BUREAU)
    return found


@pytest.fixture
def county() -> Unit:
    found: Unit = factories.UnitFactory.create(name="甲县工信局", territory=factories.TerritoryFactory.create())
    return found


def step(client: Client, need: Need, code: str, **values: object) -> tuple[int, str]:
    need.refresh_from_db()
    url = reverse("ledgers:need_step", args=[need.pk, code])
    answer = client.post(url, {"version": need.version, **values})
    return answer.status_code, answer.content.decode()


def fields(client: Client, url: str) -> list[str]:
    text = client.get(url).content.decode()
    main = text[text.index("<main") :]
    return [n for n in re.findall(r'name="(\w+)"', main) if n not in {"csrfmiddlewaretoken", "version"}]


def test_from_raising_to_met(land: Unit, county: Unit) -> None:
    fills, office = factories.client_for(Role.COUNTY_FILL, unit=county), factories.client_for(Role.OFFICE)
    bureau = factories.client_for(Role.DEPARTMENT, unit=land)
    new = reverse("lists:row_create", args=["needs"])
    assert not {"state", "assigned", "answer", "met_on", "raiser"} & set(fields(fills, new))
    sent = {"title": "厂房用地", "kind": "land", "territory": county.territory_id, "raised_on": "2026-03-02"}
    assert fills.post(new, {**sent, "state": "met", "met_on": "2026-03-02"}).status_code == 302
    need = Need.objects.get()
    assert (need.state, need.raiser) == ("raised", county)
    page = reverse("lists:row", args=["needs", need.pk])
    assign = reverse("ledgers:need_step", args=[need.pk, "assign"])
    assert assign in office.get(page).content.decode()
    assert assign not in fills.get(page).content.decode()
    assert fields(office, assign) == ["assigned", "assigned_on", "due_on", "reason"]
    assert "待交办的要素需求" in office.get("/workbench/").content.decode()
    assert step(office, need, "assign", assigned=land.pk, assigned_on="2026-03-03", due_on="2026-03-20")[0] == 302
    bench = bureau.get("/workbench/").content.decode()
    assert "交办给本单位、待答复的要素需求" in bench
    assert "厂房用地" in bench
    assert "已超" in bench
    assert fields(bureau, reverse("ledgers:need_step", args=[need.pk, "answer"])) == ["answer", "answered_on", "reason"]
    assert step(bureau, need, "answer", answer="安排 60 亩", answered_on="2026-03-10")[0] == 302
    assert "已答复、待确认的要素需求" in fills.get("/workbench/").content.decode()
    assert step(fills, need, "reopen")[0] == 422
    assert step(fills, need, "meet", met_on="2026-03-12")[0] == 302
    need.refresh_from_db()
    assert need.state == "met"
    assert "确认已满足" in office.get(page).content.decode()


def test_another_bureau_is_told_whose_turn_it_is(land: Unit, county: Unit) -> None:
    need = factories.NeedFactory.create(
        territory=county.territory, raiser=county, state="assigned", assigned=land, assigned_on="2026-03-03"
    )
    other = factories.client_for(Role.DEPARTMENT)
    answer = other.get(reverse("ledgers:need_step", args=[need.pk, "answer"]), follow=True)
    assert "这一步由承办单位市规划和自然资源局办理" in answer.content.decode()
    assert "厂房" not in other.get("/workbench/").content.decode()
    assert other.get(reverse("ledgers:need_step", args=[need.pk, "leap"])).status_code == 404


def test_a_unit_without_an_account_is_told_before_and_after_it_is_given_a_need(land: Unit, county: Unit) -> None:
    need = factories.NeedFactory.create(territory=county.territory, raiser=county)
    office, page = factories.client_for(Role.OFFICE), reverse("lists:row", args=["needs", need.pk])
    assign = reverse("ledgers:need_step", args=[need.pk, "assign"])
    assert "市规划和自然资源局(尚无账号)" in office.get(assign).content.decode()
    assert step(office, need, "assign", assigned=land.pk, assigned_on="2026-03-03")[0] == 302
    assert "市规划和自然资源局在系统中还没有能答复的账号" in office.get(page).content.decode()
    user = factories.MembershipFactory.create(role=Role.DEPARTMENT, unit=land).user
    assert f"{land}(尚无账号)" not in office.get(assign).content.decode()
    assert "还没有能答复的账号" not in office.get(page).content.decode()
    user.is_active = False
    user.save()
    assert "还没有能答复的账号" in office.get(page).content.decode()


def test_what_came_back_says_why_beside_its_state(land: Unit, county: Unit) -> None:
    facts = {"state": "assigned", "assigned": land, "assigned_on": "2026-03-03"}
    need = factories.NeedFactory.create(territory=county.territory, raiser=county, **facts)
    bureau, page = factories.client_for(Role.DEPARTMENT, unit=land), reverse("lists:row", args=["needs", need.pk])
    assert step(bureau, need, "send_back", reason="不属本单位职责")[0] == 302
    text = factories.client_for(Role.OFFICE).get(page).content.decode()
    assert "<b>市规划和自然资源局</b> 退回交办:不属本单位职责" in text
    assert f"自 {timezone.localdate()} 起" in text


def test_a_town_that_leaves_out_its_town_is_told_so(county: Unit) -> None:
    runner = factories.UnitFactory.create(kind=UnitKind.TOWN_BODY)
    for _ in range(2):  # with one town alone the form begins with it
        factories.TownFactory.create(territory=county.territory, operator=runner)
    client = factories.client_for(Role.TOWN, unit=runner)
    sent = {"title": "冷库用地", "kind": "land", "territory": county.territory_id, "raised_on": "2026-03-02"}
    answer = client.post(reverse("lists:row_create", args=["needs"]), sent)
    assert answer.status_code == 422
    assert "请选择本单位的专业镇" in answer.content.decode()


def test_an_enterprise_raises_a_need(county: Unit) -> None:
    unit = factories.UnitFactory.create(kind=UnitKind.ENTERPRISE)
    firm = factories.EnterpriseFactory.create(territory=county.territory, unit=unit)
    client, url = factories.client_for(Role.ENTERPRISE, unit=unit), reverse("ledgers:need_raise")
    assert url in client.get(reverse("lists:list", args=["needs"])).content.decode()
    assert fields(client, url) == ["title", "kind", "amount", "measure", "raised_on", "note"]
    assert client.post(url, {"title": "融资", "kind": "finance", "raised_on": ""}).status_code == 422
    assert client.post(url, {"title": "融资", "kind": "finance", "raised_on": "2026-03-02"}).status_code == 302
    assert Need.objects.get().enterprise == firm


def test_the_work_bench_needs_the_same_queries_for_more(
    land: Unit, county: Unit, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    bureau = factories.client_for(Role.DEPARTMENT, unit=land)
    facts = {"territory": county.territory, "state": "assigned", "assigned": land, "assigned_on": "2026-03-03"}
    counts = []
    bureau.get("/workbench/")  # the first request of a session asks more
    for many in (1, 6):
        for _ in range(many):
            factories.NeedFactory.create(**facts)
        with django_assert_max_num_queries(40) as captured:
            bureau.get("/workbench/")
        counts.append(len(captured))
    assert counts[0] == counts[1]
