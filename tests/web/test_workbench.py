"""工作台: what waits for whom."""

from typing import Any

import pytest
from axes.models import AccessAttempt
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from spectown.accounts.permissions import Role
from spectown.audit.verification import verify
from spectown.certification.enums import State
from spectown.organisations.models import Unit
from spectown.web.workbench.parts import SHOWN, Part
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> Unit:
    return factories.UnitFactory.create(name="壶关县政府")


def parts(client: Client) -> dict[str, Part]:
    context = client.get(reverse("workbench:home")).context
    return {part.title: part for part in [*context["waiting"], *context["others"]]}


def application(unit: Unit, state: State, **more: Any) -> Any:
    if state in {State.CHECKING, State.CHECKED}:
        more |= {"submitted_at": timezone.now(), "submitted_by": factories.UserFactory.create()}
    if state == State.CHECKED:
        more |= {"checked_at": timezone.now(), "checked_by": factories.UserFactory.create()}
    return factories.ApplicationFactory.create(unit=unit, state=state, **more)


def test_returned_comes_first_with_its_reason(county: Unit) -> None:
    client = factories.client_for(Role.COUNTY_FILL, unit=county)
    application(county, State.DRAFT, town_name="甲")
    application(county, State.RETURNED, town_name="乙", return_reason="产值与年报不一致")
    application(county, State.CHECKING, town_name="丙")
    found = parts(client)
    assert list(found) == ["退回补正", "待填报的申报书", "在别处办理的申报书"]
    assert found["退回补正"].items[0].alarm == "退回理由:产值与年报不一致"
    assert (found["在别处办理的申报书"].items[0].title, found["在别处办理的申报书"].is_mine) == ("丙", False)
    assert found["在别处办理的申报书"].items[0].ball == "壶关县政府(审核)"
    assert "有 2 件等您办理" in client.get(reverse("workbench:home")).content.decode()


def test_checker_and_office(county: Unit) -> None:
    application(county, State.CHECKING, town_name="丙")
    application(county, State.CHECKED, town_name="丁")
    checker = parts(factories.client_for(Role.COUNTY_CHECK, unit=county))
    assert [i.title for i in checker["待审核的申报书"].items] == ["丙"]
    office = parts(factories.client_for(Role.OFFICE))
    assert [i.title for i in office["待判断的申报书"].items] == ["丁"]
    assert "待审核的申报书" not in office


def test_what_a_round_has_decided_waits_for_nobody(county: Unit) -> None:
    client = factories.client_for(Role.OFFICE)
    for name, states in {
        "未进批次": (),
        "研究中": ("deciding",),
        "已认定": ("certified",),
        "再申报": ("withdrawn", "accepted"),
    }.items():
        made = application(county, State.CHECKED, town_name=name)
        for state in states:
            factories.CaseFactory.create(application=made, unit=county, state=state)
    assert {item.title for item in parts(client)["待判断的申报书"].items} == {"未进批次", "研究中", "再申报"}


def test_other_counties_see_nothing(county: Unit) -> None:
    application(county, State.DRAFT)
    client = factories.client_for(Role.COUNTY_FILL)
    assert parts(client) == {}
    assert "没有等您办理的事项" in client.get(reverse("workbench:home")).content.decode()


def test_long_lists_are_counted_not_shown(county: Unit) -> None:
    for _ in range(SHOWN + 5):
        application(county, State.DRAFT)
    part = parts(factories.client_for(Role.COUNTY_FILL, unit=county))["待填报的申报书"]
    assert (len(part.items), part.total) == (SHOWN, SHOWN + 5)


def test_office_sees_what_the_plan_leaves_open() -> None:
    version = factories.PlanVersionFactory.create(is_current=True, problems=[{"message": "没有找到发文字号"}])
    factories.SeatFactory.create(version=version)
    factories.UnitFactory.create(name="未核对的局", reviewed=False)
    found = parts(factories.client_for(Role.OFFICE))
    assert {"方案体检中的未决问题", "方案装入", "待核对的单位名称"} <= found.keys()
    assert found["待核对的单位名称"].items[0].title == "未核对的局"
    assert not {"方案体检中的未决问题", "待核对的单位名称"} & parts(factories.client_for(Role.LEADER)).keys()


def test_department_sees_its_duties_also_those_of_its_collective() -> None:
    unit, all_units = factories.UnitFactory.create(), factories.UnitFactory.create()
    all_units.members.add(unit)
    version = factories.PlanVersionFactory.create(is_current=True)
    for holder in (unit, all_units, factories.UnitFactory.create()):
        factories.DutyFactory.create(unit=holder, task__clause__version=version)
    part = parts(factories.client_for(Role.DEPARTMENT, unit=unit))["本单位在方案中的任务"]
    assert len(part.items) == 2
    assert not part.is_mine


def test_leader_sees_targets_against_what_is() -> None:
    factories.TargetFactory.create(clause__version__is_current=True)
    factories.LevelRecordFactory.create()
    item = parts(factories.client_for(Role.LEADER))["目标完成情况"].items[0]
    assert (item.title, item.state, item.note) == ("市级专业镇 不少于 30 个", "未达到", "2025 年目标,现有 1 个")


def test_administrators(settings: Any) -> None:
    person = factories.UserFactory.create(username="zhang")
    AccessAttempt.objects.create(
        username="zhang", failures_since_start=settings.AXES_FAILURE_LIMIT, ip_address="10.0.0.1"
    )
    security = parts(factories.client_for(Role.SECURITY_ADMIN))
    assert [item.title for item in security["没有角色的用户"].items] == [str(person)]
    assert "被锁定的账号" not in security
    assert "被锁定的账号" in parts(factories.client_for(Role.SYSTEM_ADMIN))


def test_auditor_verifies_when_it_is_due() -> None:
    client = factories.client_for(Role.AUDIT_ADMIN)
    assert parts(client)["操作日志"].is_mine
    verify(by=factories.actor(Role.AUDIT_ADMIN))
    assert not parts(client)["操作日志"].is_mine


@pytest.mark.parametrize("role", Role)
def test_empty_system_still_answers(role: Role) -> None:
    assert factories.client_for(role).get(reverse("workbench:home")).status_code == 200


def test_queries_do_not_grow(county: Unit) -> None:
    client, counts = factories.client_for(Role.COUNTY_FILL, unit=county), []
    for number in (1, 5):
        for _ in range(number):
            application(county, State.DRAFT)
            application(county, State.RETURNED)
        client.get(reverse("workbench:home"))  # the first request also writes the session
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("workbench:home"))
        counts.append(len(captured))
    assert counts[0] == counts[1]
