"""What waits for somebody else: to be confirmed, received in the register, voided there, looked at again."""

import datetime

import pytest
from django.utils import timezone

from spectown.accounts.permissions import Role
from spectown.core.periods import Every, period_of
from spectown.documents import services as documents
from spectown.documents.enums import State as Paper
from spectown.lib.refusal import Refused
from spectown.outbox.enums import State
from spectown.outbox.models import Message
from spectown.outbox.sending import place
from spectown.plans.models import PlanVersion
from spectown.supervision.due import run_due
from spectown.supervision.models import NoticeFigure, Problem, Work
from spectown.supervision.notices.register import still_standing
from spectown.supervision.outcomes import outcomes
from tests import factories
from tests.apps.supervision.problem_world import Town
from tests.notice_world import ISSUED, World, fresh, on

pytestmark = pytest.mark.django_db
Day = datetime.date
SENT, VERIFIED = Day(2026, 12, 25), Day(2026, 12, 28)


def told(kind: str) -> list[tuple[int | None, str]]:
    """Who was told what, the newest last."""
    place(timezone.now())
    rows = Message.objects.filter(kind=kind, state=State.SENT).order_by("pk")
    return list(rows.values_list("receiver_id", "title"))


def test_who_was_affected_is_told_and_reminded_until_the_notice_is_confirmed() -> None:
    world = World()
    notice = world.rectifying()
    world.reported(notice, SENT)
    with on(VERIFIED):
        world.go(notice, "verify", world.second)
        asked = (world.affected.user_id, f"等待确认:{notice.work.title}")
        assert told("work.confirm") == [asked]
    with on(Day(2027, 1, 6)):  # 5 working days after
        assert (run_due(timezone.localdate()).reminders, run_due(timezone.localdate()).reminders) == (1, 0)
        assert told("work.confirm") == [asked] * 2
    with on(Day(2027, 1, 21)):  # 15
        run_due(timezone.localdate())
        above = {receiver for receiver, _ in told("work.confirm")[2:]}
        assert above == {world.office.user_id, world.second.user_id}
    with on(Day(2027, 1, 22)):
        world.go(notice, "confirm", world.affected)
        assert run_due(timezone.localdate()).reminders == 0


def test_who_raised_a_problem_is_reminded_to_confirm_the_answer() -> None:
    town = Town()
    problem = town.step(town.routed(), "accept", town.land_people[0])
    town.step(problem, "answer", town.land_people[0], values={"answer": "已安排"})
    run_due(timezone.localdate() + datetime.timedelta(20))
    assert told("work.confirm") == [(town.firm.user_id, f"等待确认:{problem.title}")]
    run_due(timezone.localdate() + datetime.timedelta(20))
    town.step(problem, "confirm", town.firm)
    assert Message.objects.filter(kind="work.confirm").count() == 1


def test_received_among_the_documents_is_received_as_a_notice_too() -> None:
    world = World()
    notice = world.issued()
    document = fresh(notice).document
    assert document is not None
    clerk = factories.actor(Role.COUNTY_FILL, unit=world.county)
    with pytest.raises(Refused, match=r"由本单位审核人.*签收"):
        documents.receive(document=document, by=clerk)
    assert not document.receipts.filter(received_at__isnull=False).exists()
    documents.receive(document=document, by=world.checks)
    assert (fresh(notice).work.state, document.receipts.get().received_by_id) == ("receipted", world.checks.user_id)
    assert [step.move for step in notice.work.steps.order_by("pk")][-1:] == ["receipt"]


def test_a_notice_that_is_not_signed_for_shows_and_is_reminded_up_the_line() -> None:
    world = World()
    # The paper lies for two weeks before it is signed: the unit has its two days all the same.
    with on(ISSUED - datetime.timedelta(14)):
        notice = world.begun()
        world.go(notice, "submit", world.office)
    with on(ISSUED):
        world.go(notice, "check", world.second)
        world.go(notice, "issue", world.leader)
    document = fresh(notice).document
    assert document is not None
    assert document.receipts.get().deadline == Day(2026, 11, 25)
    run_due(Day(2026, 11, 25))
    work = Work.objects.get(pk=notice.work_id)
    assert (work.light, work.light_why) == ("blue", "下一个时间节点“签收”,2026-11-25 到期。")
    heads = {world.fills.user_id, world.checks.user_id}
    assert set(told("work.confirm")) == {(user, f"等待签收:{work.title}") for user in heads}
    run_due(Day(2026, 12, 7))
    work.refresh_from_db()
    assert (work.light, work.light_why) == ("yellow", "“签收”应于 2026-11-25 完成,已超过 8 个工作日。")
    assert {user for user, _ in told("work.confirm")[2:]} == {world.office.user_id, world.second.user_id}
    with on(Day(2026, 12, 7)):
        world.go(notice, "receipt", world.checks)
    work.refresh_from_db()
    assert work.light_why == "“报整改方案”应于 2026-12-04 完成,已超过 1 个工作日。"
    assert run_due(Day(2026, 12, 8)).reminders == 0


def test_a_measure_that_is_not_signed_for_is_reminded() -> None:
    world, lead = World(), factories.UnitFactory.create()
    checks = factories.actor(Role.DEPARTMENT, unit=lead)
    work = factories.WorkFactory.create(kind="measure", state="approved", holder=lead, since=ISSUED, title="建库")
    factories.MeasureFactory.create(work=work, lead=lead, state="approved")
    assert [run_due(Day(2026, 11, 25)).reminders, run_due(Day(2026, 11, 26)).reminders] == [1, 0]
    assert told("work.confirm") == [(checks.user_id, "等待签收:建库")]
    run_due(Day(2026, 12, 7))
    assert {user for user, _ in told("work.confirm")[1:]} == {world.office.user_id, world.second.user_id}


def test_the_office_is_told_to_void_the_document_of_a_withdrawn_notice() -> None:
    world = World()
    notice = world.issued()
    world.go(notice, "withdraw", world.leader, reason="依据有误")
    assert list(still_standing()) == [fresh(notice)]
    assert {receiver for receiver, _ in told("notice.void")} == {world.office.user_id, world.second.user_id}
    document = fresh(notice).document
    assert document is not None
    documents.move(document=document, code="void", by=world.second, reason="督办已撤销")
    document.refresh_from_db()
    assert (document.state, still_standing().exists()) == (Paper.VOIDED, False)


@pytest.mark.data
def test_the_timer_takes_the_figure_on_its_day_and_leaves_typed_ones() -> None:
    world = World()
    notice = world.rectifying()
    world.reported(notice, SENT)
    with on(VERIFIED):
        for code, by in (("verify", world.second), ("confirm", world.affected)):
            world.go(notice, code, by)
    figure = NoticeFigure.objects.get()
    assert figure.look_on is not None
    typed = factories.NoticeFigureFactory.create(code="", look_on=figure.look_on)
    assert run_due(figure.look_on - datetime.timedelta(1)).looked == 0
    assert [run_due(figure.look_on).looked for _ in range(2)] == [1, 0]
    figure.refresh_from_db()
    assert (figure.before, figure.after, figure.looked_on) == (2, 2, figure.look_on)
    typed.refresh_from_db()
    assert typed.looked_on is None


def test_a_problem_counts_for_the_task_of_its_clause_or_of_its_kind() -> None:
    town, today = Town(), timezone.localdate()
    for clause in ("三(九)", ""):
        problem = town.routed(clause=clause)
        Work.objects.filter(problem=problem).update(started_on=today, deadline=today)
    later = today + datetime.timedelta(40)
    found = outcomes(Work.objects.filter(kind="problem"), period_of(today, Every.MONTH), "task", later)
    assert {row.key: row.figures.due for row in found.rows} == {9: 2}
    assert Problem.objects.count() == 2
    # What serves all tasks or another clause of the plan is named, not heaped under 没有对应任务.
    version = PlanVersion.objects.get(is_current=True)
    factories.ClauseFactory.create(version=version, ref="四(五)", heading="建立科学化考核激励机制")
    for kind in ("sheet", "notice"):
        work = factories.WorkFactory.create(kind=kind, started_on=today, deadline=today)
        if kind == "notice":
            factories.NoticeFactory.create(work=work, clause="四(五)")
    found = outcomes(Work.objects.all(), period_of(today, Every.MONTH), "task", later)
    assert [row.label for row in found.rows[-2:]] == ["方案 四(五) 建立科学化考核激励机制", "监测报表(各项任务共用)"]
