"""A visit from its plan to its end; what becomes of what was found."""

import datetime
from typing import Any

import pytest

from spectown.audit.models import Event
from spectown.lib.refusal import Refused
from spectown.organisations.actors import NotAllowed
from spectown.supervision.models import Finding, Problem, Visit
from spectown.supervision.notices.matters import weighed
from spectown.supervision.services import visits
from spectown.supervision.services.visits import Plan
from tests import factories
from tests.notice_world import World, on

pytestmark = [pytest.mark.django_db, pytest.mark.data]
DAY = datetime.date(2026, 11, 23)


@pytest.fixture
def world() -> World:
    return World()


def plan(world: World, **over: Any) -> Plan:
    values: dict[str, Any] = {
        "title": "认定后专项检查(第一批)",
        "checklist": "after_title",
        "starts": DAY,
        "ends": DAY,
        "participants": "市工信局张三、市发改委李四",
        "towns": [world.town],
    }
    return Plan(**{**values, **over})


def filled(visit: Visit, **verdicts: tuple[str, str]) -> dict[str, tuple[str, str]]:
    codes = [item["code"] for item in visit.items if item["code"] != "other"]
    return dict.fromkeys(codes, ("fine", "")) | verdicts


def test_from_plan_to_end(world: World) -> None:
    visit = visits.plan_visit(plan=plan(world), by=world.office)
    place = visit.towns.get()
    with on(DAY):
        assert "沁州黄小米专业镇还有 7 项没有填写。" in visits.refusals(visit, "finish", world.office)
        answers = filled(visit, output=("finding", "产值与统计不一致"), projects=("finding", "一个项目虚报"))
        visits.fill_in(place=place, answers=answers, by=world.second)
        assert visits.refusals(visit, "finish", world.office) == ["还有 2 个发现的问题没有处理。"]
        one, two = Finding.objects.order_by("pk")
        assert one.unit == world.county
        visits.settle(finding=one, way="notice", said="", by=world.office)
        with pytest.raises(Refused, match="请写明情况"):
            visits.settle(finding=two, way="spot", said=" ", by=world.office)
        visits.settle(finding=two, way="spot", said="当场更正", by=world.office)
        with pytest.raises(Refused, match="已经处理:当场解决"):
            visits.settle(finding=two, way="notice", said="", by=world.office)
        visits.move(visit=visit, code="finish", by=world.office)
        found = {p.matter.key: p for p in weighed(DAY)}[f"finding:{one.pk}"]
    assert found.stands
    assert (found.matter.unit, found.matter.town) == (world.county.pk, world.town.pk)
    assert "产值与统计不一致" in found.matter.evidence[0].actual
    assert Visit.objects.get().state == "done"
    assert Event.objects.filter(action__startswith="visit.").count() == 5


def test_a_finding_becomes_a_problem(world: World) -> None:
    visit = visits.plan_visit(plan=plan(world, checklist="research", title="小米产业调研"), by=world.office)
    with on(DAY):
        answer = {"enterprises": ("finding", "三户企业缺流动资金\n银行续贷慢")}
        visits.fill_in(place=visit.towns.get(), answers=answer, by=world.office)
        row = visits.settle(
            finding=Finding.objects.get(), way="problem", said="", by=world.office, problem_kind="finance"
        )
    problem = Problem.objects.get()
    assert row.problem == problem
    assert (problem.title, problem.kind, problem.origin, problem.town) == (
        "三户企业缺流动资金",
        "finance",
        "visit",
        world.town,
    )


def test_what_is_refused(world: World) -> None:
    with pytest.raises(NotAllowed):
        visits.plan_visit(plan=plan(world), by=world.checks)
    for wrong in ({"towns": []}, {"participants": " "}, {"checklist": "nothing"}):
        with pytest.raises(Refused, match="请写明名称、检查单"):
            visits.plan_visit(plan=plan(world, **wrong), by=world.office)
    with pytest.raises(Refused, match="结束日期早于开始日期"):
        visits.plan_visit(plan=plan(world, ends=DAY - datetime.timedelta(1)), by=world.office)
    visit = visits.plan_visit(plan=plan(world), by=world.office)
    place = visit.towns.get()
    with on(DAY - datetime.timedelta(1)), pytest.raises(Refused, match="还不能填写"):
        visits.fill_in(place=place, answers=filled(visit), by=world.office)
    with on(DAY):
        with pytest.raises(Refused, match="有问题的,请写明情况"):
            visits.fill_in(place=place, answers={"output": ("finding", "")}, by=world.office)
        with pytest.raises(Refused, match="没有这一项"):
            visits.fill_in(place=place, answers={"nothing": ("fine", "")}, by=world.office)
        with pytest.raises(Refused, match="取消须写明理由"):
            visits.move(visit=visit, code="cancel", by=world.office)
        visits.move(visit=visit, code="cancel", by=world.office, reason="大雪封路")
        with pytest.raises(Refused, match="已取消,不能再填写"):
            visits.fill_in(place=place, answers=filled(visit), by=world.office)


def test_the_cap_counts_visits_of_the_year(world: World) -> None:
    for _ in range(2):
        factories.VisitTownFactory.create(town=world.town, visit__starts=DAY, visit__ends=DAY)
    gone = {"visit__state": "cancelled", "visit__reason": "大雪"}
    factories.VisitTownFactory.create(town=world.town, visit__starts=DAY, visit__ends=DAY, **gone)
    with pytest.raises(Refused, match=r"沁州黄小米专业镇\(2 次\)"):
        visits.plan_visit(plan=plan(world), by=world.office)
    visits.plan_visit(plan=plan(world, excess_reason="群众举报"), by=world.office)


def test_a_finding_can_be_taken_back_until_it_is_settled(world: World) -> None:
    visit = visits.plan_visit(plan=plan(world), by=world.office)
    place = visit.towns.get()
    with on(DAY):
        visits.fill_in(place=place, answers={"output": ("finding", "没有佐证")}, by=world.office)
        visits.fill_in(place=place, answers={"output": ("fine", "")}, by=world.office)
        assert not Finding.objects.exists()
        visits.fill_in(place=place, answers={"output": ("finding", "没有佐证")}, by=world.office)
        visits.settle(finding=Finding.objects.get(), way="notice", said="", by=world.office)
        with pytest.raises(Refused, match="已经处理,不能再改"):
            visits.fill_in(place=place, answers={"output": ("fine", "")}, by=world.office)
        visits.fill_in(place=place, answers={"output": ("finding", "没有佐证")}, by=world.office)


def test_who_sees_which(world: World) -> None:
    own = visits.plan_visit(plan=plan(world), by=world.office)
    factories.VisitTownFactory.create()
    for by, count in (
        (world.office, 2),
        (world.leader, 2),
        (world.checks, 1),
        (world.affected, 1),
        (world.stranger, 0),
    ):
        assert Visit.objects.visible_to(by).count() == count, by.role
    assert Visit.objects.visible_to(world.fills).get() == own
