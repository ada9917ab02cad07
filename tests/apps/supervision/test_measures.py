"""Measures from the draft to 已核实: list, work beside it, what each move needs, who sees what."""

import datetime
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from spectown.accounts.permissions import Role
from spectown.lib.refusal import Refused
from spectown.lists.importing import services as importing
from spectown.lists.models import ImportRun
from spectown.lists.scope import changeable, visible
from spectown.lists.services import records
from spectown.organisations.actors import Actor
from spectown.organisations.enums import UnitKind
from spectown.supervision.coverage import coverage
from spectown.supervision.lists.measures import MEASURES
from spectown.supervision.mine import came_back, turn_of
from spectown.supervision.models import Measure, Milestone, Work
from spectown.supervision.services.measures import copy_year, moved, rate
from spectown.supervision.services.moves import move_many
from tests import factories
from tests.apps.import_world import workbook
from tests.apps.supervision.measure_world import DAY, World, on
from tests.kept_rows import kept_rows

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """One for all tests of the module."""
    with kept_rows(django_db_blocker):
        with on(DAY(2026, 6, 1)):
            made = World()
        yield made


@pytest.fixture
def world(built: World, db: None) -> World:
    return deepcopy(built)


@pytest.mark.data
def test_a_draft_has_its_work_and_its_milestones(world: World) -> None:
    work = world.work
    assert (work.kind, work.state, work.holder, work.deadline) == ("measure", "draft", world.unit, DAY(2026, 9, 30))
    assert not work.runs
    assert list(world.measure.nodes.values_list("title", "percent")) == [("完成选址", 40), ("主体完工", 80)]
    records.change(
        ledger=MEASURES,
        pk=world.measure.pk,
        values={"title": "建成项目库", "milestones": "2026-08-01 上线", "deadline": DAY(2026, 8, 31)},
        version=1,
        by=world.office,
    )
    assert (world.work.title, world.work.deadline) == ("建成项目库", DAY(2026, 8, 31))
    assert [node.title for node in Milestone.objects.all()] == ["上线"]
    assert Work.objects.count() == 1


def test_a_deleted_draft_asks_nothing(world: World) -> None:
    records.delete(ledger=MEASURES, pk=world.measure.pk, reason="重复", by=world.office)
    assert world.work.ended_on is not None
    assert not Work.objects.visible_to(world.office).exists()
    records.restore(ledger=MEASURES, pk=world.measure.pk, reason="", by=world.office)
    assert world.work.ended_on is None


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"lead": None}, "请确定一个牵头单位"),
        ({"deliverable": ""}, "请写明成果"),
        ({"target": "明显提高"}, "须写出数"),
        ({"deadline": None, "milestones": ""}, "请填写完成期限"),
        ({"sentence": 3}, r"三\(四\)只有 2 句,没有第 3 句"),
        ({"participants": "市工信局"}, "是牵头单位,请不要再列为配合单位"),
    ],
)
def test_what_proposing_needs(world: World, values: dict[str, Any], said: str) -> None:
    other = world.drafted(title="另一项", **values)
    with on(DAY(2026, 6, 1)), pytest.raises(Refused, match=said):
        world.move("propose", world.office, work=Work.objects.get(measure=other))


def test_a_kind_of_units_leads_nothing_nor_does_an_enterprise(world: World) -> None:
    for kind, said in ((UnitKind.COLLECTIVE, "是一类单位,请拆成几项措施"), (UnitKind.ENTERPRISE, "是企业,不能牵头")):
        lead = factories.UnitFactory.create(name=f"某{kind}", kind=kind)
        other = world.drafted(title=f"另一项{kind}", lead=lead)
        with on(DAY(2026, 6, 1)), pytest.raises(Refused, match=said):
            world.move("propose", world.office, work=Work.objects.get(measure=other))


def test_a_leader_who_does_not_agree_gives_it_back_with_the_reason(world: World) -> None:
    with on(DAY(2026, 6, 1)):
        world.move("propose", world.office)
        with pytest.raises(Refused, match="须写明理由"):
            world.move("leader_return", world.leader)
        world.move("leader_return", world.leader, "指标偏低,改为 80 个")
    assert changeable(MEASURES, world.office).filter(pk=world.measure.pk).exists()
    office = Work.objects.visible_to(world.office)
    assert office.filter(came_back()).get() == office.filter(turn_of(world.office)).get() == world.work


@pytest.mark.parametrize(
    ("values", "column", "said"),
    [
        ({"clause": "九(九)"}, "clause", "没有这一条款"),
        ({"participants": "市工信局、不存在的局"}, "participants", "不认识的单位名称"),
        ({"milestones": "完成选址"}, "milestones", "日期在前"),
        ({"milestones": "2027-01-31 完成选址"}, "milestones", "之间"),
        ({"deadline": DAY(2026, 5, 1), "milestones": ""}, "deadline", "早于"),
    ],
)
def test_what_the_list_refuses(world: World, values: dict[str, Any], column: str, said: str) -> None:
    with pytest.raises(ValidationError) as fault:
        world.drafted(title="另一项", **values)
    assert said in str(fault.value.message_dict[column])


@pytest.mark.data
def test_the_whole_way(world: World) -> None:
    with on(DAY(2026, 6, 1)):
        world.move("propose", world.office)
        assert not changeable(MEASURES, world.office).exists()
        world.move("approve", world.leader)
        world.move("object", world.checker, "没有经费")
        world.move("uphold", world.office, "经费已列入预算")
        world.move("sign", world.checker)
    world.measure.refresh_from_db()
    assert (world.measure.state, world.work.state, world.work.runs) == ("running", "running", True)
    assert world.work.light == "green"
    nodes = list(world.measure.nodes.all())
    with on(DAY(2026, 7, 1)), pytest.raises(Refused, match=r"完成选址、主体完工.*还没有证明材料"):
        world.move("finish", world.checker)
    world.report(DAY(2026, 7, 1), reached={nodes[0].pk: DAY(2026, 6, 30)})
    world.report(DAY(2026, 8, 3), percent=40, figure="入库 52 个", reached={nodes[1].pk: DAY(2026, 7, 31)})
    with on(DAY(2026, 8, 3)), pytest.raises(Refused, match="累计完成是 40%:全部完成的,请先报送累计完成 100%"):
        world.move("finish", world.checker)
    world.report(DAY(2026, 9, 1), percent=100)
    with on(DAY(2026, 9, 2)):
        world.move("finish", world.checker)
        assert not world.work.runs
        with pytest.raises(Refused, match="当前角色不能核实"):
            world.move("verify", world.filler)
        world.move("not_verified", world.office, "只有 40 个在库")
        assert world.work.runs
        world.move("finish", world.checker)
        world.move("verify", world.office)
    world.measure.refresh_from_db()
    assert (world.measure.state, world.work.ended_on, world.work.light) == ("verified", DAY(2026, 9, 2), "none")


@pytest.mark.data
def test_what_is_not_verified_comes_back_with_the_days_that_it_lay(world: World) -> None:
    world.running()
    nodes = list(world.measure.nodes.all())
    said = {"percent": 100, "figure": "入库 52 个", "reached": {node.pk: DAY(2026, 7, 31) for node in nodes}}
    world.report(DAY(2026, 8, 3), **said)
    with on(DAY(2026, 9, 21)):
        world.move("finish", world.checker)
    with on(DAY(2026, 10, 12)):  # the office took its time, over 中秋 and 国庆
        world.move("not_verified", world.office, "只有 40 个在库")
    assert (world.work.first_deadline, world.work.deadline) == (DAY(2026, 9, 30), DAY(2026, 10, 20))
    assert world.work.runs
    assert world.work.light_rule != "deadline"


def test_many_are_approved_at_once(world: World) -> None:
    others = [world.drafted(title=f"第{number}项") for number in range(3)]
    works = [Work.objects.get(measure=each) for each in others]
    with on(DAY(2026, 6, 1)):
        move_many(works=works, code="propose", by=world.office)
        made, refused = move_many(works=[*works, world.work], code="approve", by=world.leader)
    assert (len(made), [work for work, _ in refused]) == (3, [world.work])


def test_who_sees_what(world: World) -> None:
    here, there = (factories.TerritoryFactory.create(name=name) for name in ("沁县", "襄垣县"))
    county = factories.UnitFactory.create(kind=UnitKind.COUNTY, territory=here)
    runs = factories.UnitFactory.create(kind=UnitKind.TOWN_BODY)
    millet = factories.TownFactory.create(name="沁州黄小米专业镇", territory=here, operator=runs)
    factories.TownFactory.create(name="长治酒镇", territory=there)
    actors = {
        "county": factories.actor(Role.COUNTY_CHECK, unit=county),
        "town": factories.actor(Role.TOWN, unit=runs),
        "enterprise": factories.actor(Role.ENTERPRISE),
        "expert": factories.actor(Role.EXPERT),
        "own": world.checker,
        "department": world.stranger,
        "leader": world.leader,
    }
    rows = {
        "citywide": world.measure,
        "here": world.drafted(title="本县", counties="襄垣县、沁县"),
        "there": world.drafted(title="外县", counties=there.name),
        "county leads": world.drafted(title="县里牵头", counties=there.name, lead=county),
        "county helps": world.drafted(title="县里配合", towns="长治酒镇", participants=county.name),
        "towns": world.drafted(title="两个镇", towns="长治酒镇,沁州黄小米专业镇"),
        "other town": world.drafted(title="外镇", towns="长治酒镇"),
    }
    assert (rows["there"].territory, rows["here"].territory, rows["towns"].town) == (there, None, None)
    assert (rows["other town"].territory, set(rows["towns"].of_towns.values_list("pk", flat=True)) > {millet.pk}) == (
        there,
        True,
    )

    def seen(actor: Actor) -> set[str]:
        listed = {name for name, row in rows.items() if visible(MEASURES, actor).filter(pk=row.pk).exists()}
        works = {name for name, row in rows.items() if Work.objects.visible_to(actor).filter(measure=row).exists()}
        assert listed == works
        return listed

    assert {name: seen(actor) for name, actor in actors.items() if seen(actor)} == {"leader": set(rows)}
    with on(DAY(2026, 6, 1)):
        for row in rows.values():
            work = Work.objects.get(measure=row)
            world.move("propose", world.office, work=work)
            world.move("approve", world.leader, work=work)
    everything = set(rows)
    assert {name: seen(actor) for name, actor in actors.items()} == {
        "county": {"citywide", "here", "county leads", "county helps", "towns"},
        "town": {"towns"},
        "enterprise": set(),
        "expert": set(),
        "own": everything,
        "department": everything,
        "leader": everything,
    }


def test_the_next_year_begins_with_what_is_open(world: World) -> None:
    world.running()
    done = world.drafted(title="已办结的")
    Measure.objects.filter(pk=done.pk).update(state="verified")
    Measure.objects.filter(pk=world.drafted(title="等核实的").pk).update(state="reported")
    Milestone.objects.filter(title="完成选址").update(done_on=DAY(2026, 7, 1))
    made, left = copy_year(year=2027, by=world.office)
    assert not left
    assert [(m.title, m.year, m.state, m.source, m.deadline) for m in made] == [
        ("建成专业镇重点项目库", 2027, "draft", world.measure, DAY(2027, 9, 30))
    ]
    assert made[0].milestones == "2027-08-31 主体完工 80%"
    assert made[0].work is None or made[0].work.state == "draft"
    with pytest.raises(Refused, match="没有未完成"):
        copy_year(year=2027, by=world.office)


def test_milestones_of_a_deadline_beyond_the_year_go_no_further_than_it(world: World) -> None:
    nodes = "2026-07-31 选址 40%\n2026-11-20 主体 80%\n2027-01-11 验收 90%"
    long = world.drafted(title="跨年的", deadline=DAY(2027, 2, 24), milestones=nodes)
    gone = world.drafted(title="条款已没有的")
    Measure.objects.filter(pk__in=(long.pk, gone.pk)).update(state="running")
    Measure.objects.filter(pk=gone.pk).update(clause="九(九)")
    Work.objects.filter(measure=long).update(deadline=DAY(2027, 3, 31))  # extended: the deadline in force is taken over
    (made,), (said,) = copy_year(year=2027, by=world.office)
    assert (made.title, made.deadline) == ("跨年的", DAY(2027, 3, 31))
    assert made.milestones == "2027-01-11 选址 40%\n2027-01-11 主体 80%\n2027-01-11 验收 90%"
    assert said.startswith("“条款已没有的”没有转入:")


def test_the_29th_of_february_is_moved() -> None:
    assert moved(DAY(2028, 2, 29), 2029) == DAY(2029, 2, 28)
    assert moved(DAY(2030, 2, 28), 2029) == DAY(2030, 2, 28)


@pytest.mark.data
def test_a_leader_says_what_they_think(world: World) -> None:
    rate(measure=world.measure, confidence="sure", note="", by=world.leader)
    with pytest.raises(Refused, match="写明疑虑"):
        rate(measure=world.measure, confidence="doubtful", note=" ", by=world.leader)
    rate(measure=world.measure, confidence="doubtful", note="用地没有落实", by=world.leader)
    assert [each.confidence for each in world.measure.ratings.all()] == ["doubtful", "sure"]


def test_which_sentences_have_no_measure(world: World) -> None:
    world.drafted(title="整条的", sentence=None)
    [found] = coverage(list(Measure.objects.alive()))
    assert [(each.number, each.text, len(each.measures)) for each in found.sentences] == [
        (1, "建立完善重点项目库。", 1),
        (2, "增强要素保障能力。", 0),
    ]
    assert (found.open, [each.title for each in found.whole]) == (1, ["整条的"])


def test_an_extension_is_the_measures_new_deadline(world: World) -> None:
    from spectown.supervision.services.terms import ask_extension, decide_extension, pause, resume

    world.running()
    with on(DAY(2026, 9, 30)):
        asked = ask_extension(work=world.work, new=DAY(2026, 10, 30), reason="审批未完", by=world.checker)
        decide_extension(extension=asked, code="grant", by=world.office)
    world.measure.refresh_from_db()
    # The plan's list says the deadline in force, also while a pause is open; the work keeps the first.
    with on(DAY(2026, 10, 8)):
        pause(work=world.work, reason="等批复", by=world.office)
    world.measure.refresh_from_db()
    assert (world.measure.deadline, world.work.first_deadline) == (DAY(2026, 10, 30), DAY(2026, 9, 30))
    with on(DAY(2026, 10, 8)):
        resume(work=world.work, by=world.office)
    assert world.work.deadline == DAY(2026, 10, 30)
    assert isinstance(world.work.light_on, datetime.date)


def imported(world: World, *rows: list[object]) -> ImportRun:
    head = (
        "编号",
        "年度",
        "方案条款",
        "措施",
        "可衡量的目标",
        "完成期限",
        "时间节点",
        "涉及专业镇",
        "配合单位",
        "版本",
    )
    rows = tuple([*row[:7], *(row[7:-1] or (None, None)), row[-1]] for row in rows)
    run = importing.upload(ledger=MEASURES, data=workbook(rows, head), file_name="计划.xlsx", by=world.office)
    importing.start_check(run=run, by=world.office)
    run.refresh_from_db()
    return run


@pytest.mark.data
def test_drafts_come_by_workbook_and_have_their_works(world: World) -> None:
    nodes = "2026-07-31 完成选址 40%\n2026-08-31 上线"
    for name in ("甲镇", "乙镇"):
        factories.TownFactory.create(name=name)
    said = [None, 2026, "三(四)", "第二项", "入库 10 个", "2026-09-30", nodes, "甲镇、乙镇", "市工信局", None]
    run = imported(world, said)
    assert run.faults == []
    importing.apply(run=run, by=world.office)
    made = Measure.objects.get(title="第二项")
    assert made.work is not None
    assert (made.work.state, made.work.deadline, made.nodes.count()) == ("draft", DAY(2026, 9, 30), 2)
    assert set(made.of_towns.values_list("name", flat=True)) == {"甲镇", "乙镇"}
    assert list(made.helpers.all()) == [world.unit]
    number = MEASURES.number(made.pk)
    imported_again = imported(world, [number, *said[1:7], "乙镇", "", made.version])
    importing.apply(run=imported_again, by=world.office)
    assert [town.name for town in made.of_towns.all()] == ["乙镇"]
    assert not made.helpers.exists()


def test_the_preview_refuses_what_a_workbook_names_and_nobody_knows(world: World) -> None:
    wrong = [None, 2026, "九(九)", "第二项", "入库 10 个", "2026-09-30", None, "没有的镇", "市工信局、没有的局", None]
    told = {fault["heading"]: fault["reason"] for fault in imported(world, wrong).faults}
    assert told.keys() == {"方案条款", "涉及专业镇", "配合单位"}
    assert "现行方案中没有这一条款" in told["方案条款"]
    assert "“没有的镇”" in told["涉及专业镇"]
    assert "“没有的局”" in told["配合单位"]


def test_a_workbook_does_not_change_what_was_sent_out(world: World) -> None:
    with on(DAY(2026, 6, 1)):
        world.sent_out()
    world.measure.refresh_from_db()
    number = MEASURES.number(world.measure.pk)
    same = [world.measure.clause, world.measure.title, "入库 500 个", "2026-09-30", world.measure.milestones]
    run = imported(world, [number, 2026, *same, world.measure.version])
    assert [fault["reason"] for fault in run.faults] == [
        "这项措施已提请审定,不能在表中改“可衡量的目标”:退回修改后再改,期限用延期办理。"
    ]
