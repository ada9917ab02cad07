"""A year's evaluation from the plan's scheme to its consequences, through the services; what is refused and why."""

import datetime
import json
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from spectown.audit.models import Event
from spectown.core.evaluation.sealing import canonical, digest
from spectown.core.evaluation.verifying import verify
from spectown.evaluation import models
from spectown.evaluation.gathering import gather
from spectown.evaluation.papers import commendation_facts, lists_of, report_facts
from spectown.evaluation.services import beginning, deciding, moves, replying
from spectown.evaluation.standing import calls_of, snapshot_row, undecided, units_to_answer
from spectown.lib.refusal import Refused
from spectown.monitoring.models import Cell
from spectown.organisations.actors import NotAllowed
from spectown.supervision.notices.matters import weighed
from tests import factories
from tests.apps.evaluation.world import PDF, YEAR, World
from tests.apps.supervision.measure_world import on

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World()


@pytest.mark.data
def test_a_whole_year(world: World) -> None:
    """Freeze, first result, an objection that changes a rank, decisions, seal, publication, consequences."""
    beginning.begin(year=YEAR, by=world.office)
    beginning.enter(evaluation=world.evaluation, town=world.towns[5], code="accident", amount=Decimal(1),
                    reason="安委会通报", by=world.office)  # fmt: skip
    assert world.go("freeze", "compute") == "computed"
    snapshot = snapshot_row(world.evaluation)
    assert snapshot.sha256 == digest(canonical(snapshot.content))
    assert snapshot.participants.count() == 6
    assert Event.objects.filter(action="evaluation.freeze").get().after["snapshot_sha256"] == snapshot.sha256
    first = world.ranks("first")
    assert first["示例5专业镇"] is None
    world.go("open_replies")
    assert world.evaluation.reply_until == datetime.date(2026, 12, 11)
    with pytest.raises(Refused, match="还有 3 个单位没有确认"):
        world.go("close_replies")
    ours = world.value("output")
    reply = world.sent("output", (ours.now or 0) * 5)
    with pytest.raises(Refused, match="还有 1 件意见没有答复"):
        world.go("close_replies")
    replying.move_reply(reply=reply, code="accept", by=world.office, reason="核对无误", after=reply.asked)
    again = world.sent("high_tech", 900)
    replying.move_reply(reply=again, code="refuse", by=world.second, reason="证书已过期")
    world.confirm_rest()
    assert world.go("close_replies", "finalise") == "final"
    final = world.ranks()
    assert final["示例0专业镇"] != first["示例0专业镇"]
    assert [c["after"] for c in world.result().corrections] == [
        str((ours.now or Decimal()) * 5).rstrip("0").rstrip(".")
    ]
    with pytest.raises(Refused, match="件临界事项没有决定"):
        world.go("sign", by=world.leader)
    decided = world.decide_all()
    assert decided
    assert world.go("sign", by=world.leader) == "signed"
    with world.evaluation.package.file.open() as file:
        content = file.read()
    verdict = verify(content)
    assert (verdict.faults, verdict.digest, verdict.towns) == ((), world.evaluation.package.sha256, 6)
    assert world.go("publish") == "published"
    commended, supervised = lists_of(world.result())
    assert "示例5专业镇" in supervised
    found = [p for p in weighed(datetime.date(2026, 11, 27)) if p.matter.trigger == "evaluation"]
    assert {p.matter.town for p in found} == {t.pk for t in world.towns if t.name in supervised}
    assert all(p.stands and p.matter.evidence and p.matter.unit for p in found)
    assert not {call.town for call in decided if call.line == "supervise"} & set(supervised) - {"示例5专业镇"} - {
        call.town for call in calls_of(world.result()) if not call.critical}  # fmt: skip
    praise = commendation_facts(world.evaluation, world.result())
    assert [each["town"] for each in praise["praised"]] == list(commended)
    assert world.go("follow") == "closed"
    assert [step.move for step in world.evaluation.steps.all()] == [
        "freeze", "compute", "open_replies", "close_replies", "finalise", "sign", "publish", "follow",
    ]  # fmt: skip


@pytest.mark.data
def test_figures_of_the_year_come_from_cells(world: World) -> None:
    """Flows are summed, stocks are the last month, ratios are worked out of sums; a lacking month leaves a gap."""
    town = world.towns[0]
    world.begin()
    cells = {c.ordinal: c.number for c in Cell.objects.filter(town=town, indicator__code="output") if c.number}
    Cell.objects.filter(town=town, indicator__code="tax", ordinal=20250301).delete()
    Cell.objects.filter(town=town, indicator__code="online_sales").update(kind=1, number=None)
    Cell.objects.filter(town=town, indicator__code="jobs", ordinal=20251201).update(
        state="differs", certified_kind=2, certified=77
    )
    found = {(f.town, f.column): f for f in gather(world.evaluation, datetime.date(2026, 1, 20)).snapshot.figures}
    output = found["demo-0", "output"]
    assert output.now == sum(n for o, n in cells.items() if o // 10000 == 2025)
    assert output.last == sum(n for o, n in cells.items() if o // 10000 == 2024)
    jobs = found["demo-0", "jobs"]
    reported = Cell.objects.get(town=town, indicator__code="jobs", ordinal=20251201).number
    assert (jobs.now, jobs.reported) == (77, reported)
    assert (found["demo-0", "tax"].now, found["demo-0", "tax"].state) == (None, "absent")
    assert (found["demo-0", "online_sales"].now, found["demo-0", "online_sales"].state) == (None, "unfit")
    assert found["demo-0", "high_tech"].state == "derived"
    assert found["demo-0", "wage_per_job"].now is not None
    assert (output.state, output.source) == ("certified", "填报数 12 个,已核定 12 个")
    Cell.objects.filter(town=town, indicator__code="output", ordinal=20250401).update(state="reported")
    again = {(f.town, f.column): f for f in gather(world.evaluation, datetime.date(2026, 1, 20)).snapshot.figures}
    assert (again["demo-0", "output"].state, again["demo-0", "output"].now) == ("partly", output.now)


def test_the_number_of_queries_does_not_grow_with_the_towns(world: World) -> None:
    world.begin()
    evaluation = world.evaluation
    with CaptureQueriesContext(
        connection,
    ) as few:
        gather(evaluation, datetime.date(2026, 1, 20))
    for number in range(6, 9):
        town = factories.TownFactory.create(name=f"示例{number}专业镇", responsible_unit=world.counties[0])
        factories.LevelRecordFactory.create(town=town, level="city", valid_from=datetime.date(2023, 3, 31))
    with CaptureQueriesContext(connection) as many:
        assert len(gather(evaluation, datetime.date(2026, 1, 20)).towns) == 9
    assert len(many) == len(few)


def test_nobody_makes_both_moves_or_replies_for_another(world: World) -> None:
    world.to_replies()
    with pytest.raises(Refused, match="不是本单位专业镇"):
        world.object_to("output", 5, town=1)
    reply = world.object_to("output", 5)
    both = factories.actor(world.check.role, unit=world.counties[0])
    reply.raised_by_id = both.person
    reply.save()
    with pytest.raises(Refused, match="填写和审核须由两人"):
        replying.move_reply(reply=reply, code="send", by=both)
    with pytest.raises(Refused, match="没有这件意见"):
        replying.move_reply(reply=reply, code="send", by=world.people[1][1])
    with pytest.raises(Refused, match="没有这件意见"):  # not sent yet: the office does not see it
        replying.move_reply(reply=reply, code="accept", by=world.office, reason="属实", after=Decimal(5))
    with pytest.raises(NotAllowed):
        replying.confirm(evaluation=world.evaluation, by=world.fill)
    with pytest.raises(Refused, match="还有意见没有办完"):
        replying.confirm(evaluation=world.evaluation, by=world.check)
    assert world.counties[0] in units_to_answer(world.evaluation)


def test_the_county_of_a_zone_sees_its_town_but_does_not_speak_for_it(world: World) -> None:
    zone = factories.UnitFactory.create(territory=world.counties[0].territory)
    world.towns[0].responsible_unit = zone
    world.towns[0].save()
    world.to_replies()
    assert world.participant() in models.Participant.objects.of(world.fill)
    with pytest.raises(Refused, match="不是本单位专业镇"):
        world.object_to("output", 5)
    own = factories.actor(world.fill.role, unit=zone)
    assert list(models.Participant.objects.answered_by(own)) == [world.participant()]


def test_what_is_refused_and_why(world: World) -> None:
    with pytest.raises(Refused, match="没有 2020 年度可用的评估方案"):
        beginning.begin(year=2020, by=world.office)
    world.begin()
    with pytest.raises(Refused, match="已经建立"):
        world.begin()
    with on(datetime.date(2025, 12, 31)), pytest.raises(Refused, match="2025年还没有结束"):
        world.go("freeze")
    with pytest.raises(Refused, match="当前角色不能冻结数据"):
        world.go("freeze", by=world.leader)
    with pytest.raises(Refused, match="没有这一年度"):
        world.go("freeze", by=world.fill)
    with pytest.raises(Refused, match="没有这一事项"):
        beginning.enter(evaluation=world.evaluation, town=world.towns[0], code="x", amount=Decimal(1), reason="y",
                        by=world.office)  # fmt: skip
    world.go("freeze")
    with pytest.raises(Refused, match="冻结后不能再改"):
        beginning.enter(evaluation=world.evaluation, town=world.towns[0], code="honours", amount=Decimal(1),
                        reason="y", by=world.office)  # fmt: skip
    world.go("compute", "open_replies")
    for more, said in ({"text": " "}, "写明理由"), ({"page": 0}, "第几页"), ({"content": b"x"}, "内容不是"), (
        {"asked": world.value("output").now}, "相同",
    ), ({"asked": -5}, "不能为负"), ({"asked": 10**12}, "过大"):  # fmt: skip
        with pytest.raises(Refused, match=said):
            world.object_to("output", more.pop("asked", 5), **more)
    with pytest.raises(Refused, match="应为整数"):
        world.object_to("high_tech", Decimal("3.5"))
    with on(datetime.date(2027, 1, 4)), pytest.raises(Refused, match="不在反馈期内"):
        world.object_to("output", 5)
    reply = world.sent("output", 5)
    with pytest.raises(Refused, match="已有一件意见正在办理"):
        world.object_to("output", 6)
    with pytest.raises(Refused, match="写明更正后的数"):
        replying.move_reply(reply=reply, code="accept", by=world.office, reason="属实")
    with pytest.raises(Refused, match="须写明理由"):
        replying.move_reply(reply=reply, code="refuse", by=world.office)


def test_decisions_belong_to_critical_towns_of_a_final_result(world: World) -> None:
    world.to_replies()
    world.confirm_rest()
    replying.confirm(evaluation=world.evaluation, by=world.check)
    world.go("close_replies", "finalise")
    call = undecided(world.result())[0]
    said = {"evaluation": world.evaluation, "town": call.town, "line": call.line, "by": world.leader}
    with pytest.raises(Refused, match="理由"):
        deciding.decide(**said, applies=True, reason=" ")
    with pytest.raises(Refused, match="不在临界区间"):
        deciding.decide(**said | {"line": "veto"}, applies=True, reason="x")
    with pytest.raises(NotAllowed):
        deciding.decide(**said | {"by": world.office}, applies=True, reason="x")
    deciding.decide(**said, applies=False, reason="先定为不适用")
    made = deciding.decide(**said, applies=True, reason="复核后适用")
    assert made.person == world.leader.name
    assert call.town in {*lists_of(world.result())[0], *lists_of(world.result())[1]}
    world.decide_all()
    with pytest.raises(Refused, match="须写明理由"):
        world.go("send_back", by=world.leader)
    world.go("send_back", by=world.leader, reason="方案说明要补充")
    world.go("finalise", by=world.second)
    assert undecided(world.result())  # a new computation is decided anew
    assert moves.refusals(evaluation=world.evaluation, code="sign", by=world.leader)


def test_undoing_a_freeze_keeps_the_old_one(world: World) -> None:
    world.begin()
    world.go("freeze", "compute")
    world.go("unfreeze", reason="漏登加分")
    beginning.enter(evaluation=world.evaluation, town=world.towns[0], code="honours", amount=Decimal(2),
                    reason="省政府表彰", by=world.office)  # fmt: skip
    world.go("freeze")
    assert list(world.evaluation.snapshots.values_list("number", flat=True)) == [1, 2]
    assert moves.open_moves(evaluation=world.evaluation, by=world.office)[0][0].code == "unfreeze"
    entry = models.EvaluationEntry.objects.get()
    with pytest.raises(Refused, match="冻结后不能再改"):
        beginning.strike(entry=entry, reason="重复", by=world.office)


def test_the_report_says_what_the_result_says(world: World) -> None:
    world.to_replies()
    reply = world.sent("output", 99999)
    replying.move_reply(reply=reply, code="accept", by=world.office, reason="属实", after=Decimal(99999))
    world.confirm_rest()
    world.go("close_replies", "finalise")
    facts = json.loads(json.dumps(report_facts(world.evaluation, world.result())))
    assert [row["rank"] for row in facts["results"]] == sorted(r for r in world.ranks().values() if r)
    assert "收到意见 1 件,采纳 1 件" in facts["objections"]
    assert "28 项指标" in facts["method"]
    assert set(facts["critical"]) == {c.town for c in calls_of(world.result()) if c.critical}


@pytest.mark.data
def test_the_database_refuses_to_change_what_was_frozen(world: World) -> None:
    world.to_replies()
    reply = world.sent("output", 99999)
    replying.move_reply(reply=reply, code="refuse", by=world.office, reason="不属实")
    rows = [
        (models.SnapshotValue.objects.all(), {"now": 1}),
        (models.Snapshot.objects.all(), {"sha256": "x"}),
        (models.Participant.objects.all(), {"name": "x"}),
        (models.ResultRow.objects.all(), {"rank": 1, "band": "x"}),
        (models.Result.objects.all(), {"stage": "x"}),
        (models.EvaluationStep.objects.all(), {"reason": "x"}),
        (models.Reply.objects.all(), {"answer": "x"}),
    ]
    for found, change in rows:
        assert found.exists()
        with pytest.raises(IntegrityError), transaction.atomic():
            found.update(**change)
        with pytest.raises(IntegrityError), transaction.atomic():
            found._raw_delete(found.db)
    assert PDF
