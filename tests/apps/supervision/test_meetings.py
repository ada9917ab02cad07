"""A meeting: agenda from what is red, decisions become measures, minutes are drafted from it."""

import datetime
from dataclasses import replace

import pytest

from spectown.core.supervision.agenda import agenda
from spectown.documents import services as documents
from spectown.lib.refusal import Refused
from spectown.organisations.actors import NotAllowed
from spectown.supervision.models import Decision, Measure, Meeting, Work
from spectown.supervision.notices.reds import reds
from spectown.supervision.services import meetings
from spectown.supervision.services.meetings import Decided, Facts
from tests import factories
from tests.notice_world import World, on

pytestmark = [pytest.mark.django_db, pytest.mark.data]
DAY = datetime.date(2026, 11, 24)
DUE = datetime.date(2026, 12, 31)


@pytest.fixture
def world() -> World:
    made = World()
    factories.ClauseFactory.create(version=made.version, ref="三(四)")
    return made


def begun(world: World) -> Meeting:
    facts = Facts("全市专业镇工作推进会", DAY, "市政府会议室", "副市长张某", present="钱某(市工信局)\n孙某(市发改委)")
    return meetings.begin(facts=facts, by=world.office)


def decided(world: World, text: str = "协调精深加工项目用地", target: str = "办结1宗") -> Decided:
    return Decided(text, "三(四)", world.county, DUE, target)


def test_the_agenda_is_what_is_red(world: World) -> None:
    work = factories.WorkFactory.create(running=True, light="red", light_why="逾期", first_deadline=DAY)
    factories.WorkFactory.create(running=True, light="yellow")
    late = DAY + datetime.timedelta(10)
    found = agenda(reds(late), 9)
    projects = [f"project:{p.pk}" for p in world.projects]
    assert [red.key for red in found] == [f"measure:{work.pk}", *projects]
    assert found[0].days == 8
    assert found[1].unit == "沁县人民政府"
    meeting = begun(world)
    meetings.set_agenda(meeting=meeting, items=found[:2], by=world.office)
    meetings.set_agenda(meeting=meeting, items=found, by=world.office)
    assert list(meeting.agenda.values_list("number", flat=True)) == [1, 2, 3]


def test_decisions_become_measures(world: World) -> None:
    meeting = begun(world)
    with on(DAY):
        first = meetings.decide(meeting=meeting, decided=decided(world), by=world.office)
        second = meetings.decide(meeting=meeting, decided=decided(world, "月调度一次"), by=world.office, propose=True)
    measure = Measure.objects.select_related("work").get(pk=first.measure_id)
    assert (measure.lead, measure.deadline, measure.clause, measure.year) == (world.county, DUE, "三(四)", 2026)
    assert "全市专业镇工作推进会(2026-11-24)议定" in measure.note
    assert measure.decision == first
    assert Measure.objects.get(pk=second.measure_id).state == "proposed"
    assert set(Work.objects.filter(kind="measure").values_list("state", flat=True)) == {"draft", "proposed"}


def test_what_a_measure_lacks_stops_the_decision(world: World) -> None:
    meeting = begun(world)
    with on(DAY):
        with pytest.raises(Refused, match="须写出数"):
            meetings.decide(meeting=meeting, decided=decided(world, target=""), by=world.office, propose=True)
        assert not Decision.objects.exists()
        assert not Measure.objects.exists()
        with pytest.raises(Refused, match="请写明议定事项"):
            meetings.decide(meeting=meeting, decided=decided(world, " "), by=world.office)
        with pytest.raises(Refused, match="完成时限 2026-11-23 早于会议日期 2026-11-24"):
            meetings.decide(
                meeting=meeting, decided=replace(decided(world), deadline=datetime.date(2026, 11, 23)), by=world.office
            )
        meetings.decide(meeting=meeting, decided=decided(world), by=world.office)
        with pytest.raises(Refused):
            meetings.decide(meeting=meeting, decided=decided(world), by=world.office)
    assert Decision.objects.count() == 1
    with pytest.raises(NotAllowed):
        meetings.decide(meeting=meeting, decided=decided(world), by=world.checks)


def test_a_decision_names_whom_it_concerns_and_can_be_taken_out(world: World) -> None:
    meeting, helper, town = begun(world), factories.UnitFactory.create(), factories.TownFactory.create()
    named = replace(decided(world), participants=helper.name, counties=town.territory.name, towns=town.name)
    with on(DAY):
        first = meetings.decide(meeting=meeting, decided=named, by=world.office)
        second = meetings.decide(meeting=meeting, decided=decided(world, "月调度一次"), by=world.office, propose=True)
    measure = Measure.objects.get(pk=first.measure_id)
    assert ([*measure.helpers.all()], [*measure.of_towns.all()]) == ([helper], [town])
    assert meetings.minutes_of(meeting)["decisions"][0]["unit"] == f"沁县人民政府({helper.name}配合)"
    with pytest.raises(Refused, match="理由"):
        meetings.undecide(decision=first, reason=" ", by=world.office)
    with pytest.raises(Refused, match="待审定"):
        meetings.undecide(decision=second, reason="记错", by=world.office)
    meetings.undecide(decision=first, reason="会上没有定", by=world.office)
    assert [*meeting.decisions.all()] == [second]
    assert not Measure.objects.alive().filter(pk=measure.pk).exists()
    with on(DAY):
        meetings.draft_minutes(meeting=meeting, by=world.office)
    with pytest.raises(Refused, match="会议纪要已经起草"):
        meetings.undecide(decision=second, reason="记错", by=world.office)


def test_minutes(world: World) -> None:
    meeting = begun(world)
    with on(DAY):
        meetings.set_agenda(meeting=meeting, items=agenda(reds(DAY), 1), by=world.office)
        meetings.decide(meeting=meeting, decided=decided(world), by=world.office)
        document = meetings.draft_minutes(meeting=meeting, by=world.office)
    facts = document.facts
    assert facts["decisions"] == [
        {"decision": "协调精深加工项目用地", "unit": "沁县人民政府", "due": "2026年12月31日前"}
    ]
    assert facts["heard"] == ["关于精深加工情况的汇报"]
    assert facts["present"] == ["钱某(市工信局)", "孙某(市发改委)"]
    with pytest.raises(Refused, match="会议纪要已经起草"):
        meetings.decide(meeting=meeting, decided=decided(world, "另一件"), by=world.office)
    documents.move(document=document, code="submit", by=world.office)  # nothing lacks
    documents.discard(document=document, reason="补一项", by=world.office)
    changed = meetings.change(meeting=meeting, facts=Facts("推进会", DAY), by=world.office)
    assert changed.title == "推进会"
