"""One day's run: idempotent, set-based, dry run without a trace, the right level, what it says."""

import datetime
import io
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from spectown.accounts.permissions import Role
from spectown.core.supervision.reminders import Level
from spectown.organisations.models import Membership, Unit
from spectown.outbox.enums import State
from spectown.outbox.models import Message
from spectown.outbox.posting import NOBODY
from spectown.outbox.sending import place
from spectown.plans.enums import DayKind
from spectown.plans.models import CalendarDay
from spectown.supervision import due, jobs
from spectown.supervision.dates import deadlines
from spectown.supervision.due import run_due
from spectown.supervision.models import DueRun, LightChange, Sent, Work
from spectown.supervision.receivers import line_on
from tests import factories
from tests.apps.supervision.trial import trial_kinds
from tests.supervision_factories import supervised_plan

pytestmark = [pytest.mark.django_db, pytest.mark.data, pytest.mark.usefixtures("trial_kinds")]
__all__ = ["trial_kinds"]
Day = datetime.date
DUE = Day(2026, 9, 30)
SOON, OVER = Day(2026, 9, 25) - datetime.timedelta(1), Day(2026, 10, 8)  # 中秋 25 to 27 September, 国庆 1 to 7 October


@pytest.fixture
def unit() -> Unit:
    supervised_plan()
    made: Unit = factories.UnitFactory.create(name="市工信局")
    factories.actor(Role.DEPARTMENT, unit=made)
    factories.actor(Role.OFFICE)
    factories.actor(Role.LEADER)
    return made


def work(unit: Unit, **facts: Any) -> Work:
    made: Work = factories.WorkFactory.create(holder=unit, running=True, **facts)
    return made


def at(monkeypatch: pytest.MonkeyPatch, day: Day) -> None:
    moment = timezone.make_aware(datetime.datetime.combine(day, datetime.time(9)))
    monkeypatch.setattr(timezone, "now", lambda: moment)


def said(*arguments: str) -> str:
    out = io.StringIO()
    call_command("run_due", *arguments, stdout=out)
    return out.getvalue()


def test_the_second_run_of_a_day_finds_nothing_to_do(unit: Unit) -> None:
    work(unit)
    first, second = run_due(SOON), run_due(SOON)
    assert (first.works, first.reminders, first.messages, first.lights) == (1, 1, 1, 1)
    assert (second.works, second.reminders, second.messages, second.lights) == (1, 0, 0, 0)
    assert (Sent.objects.count(), Message.objects.count(), LightChange.objects.count()) == (1, 1, 1)
    assert list(DueRun.objects.order_by("pk").values_list("counts__reminders", flat=True)) == [1, 0]


def test_a_dry_run_names_receivers_and_leaves_no_trace(unit: Unit) -> None:
    made = work(unit)
    text = said("--on", SOON.isoformat(), "--dry-run")
    assert ("只看,不写入" in text, made.title in text, Membership.objects.get(unit=unit).user.name in text) == (
        True,
    ) * 3
    assert (Sent.objects.count(), Message.objects.count(), DueRun.objects.count()) == (0, 0, 0)
    made.refresh_from_db()
    assert made.light == "none"


def test_the_command_says_what_it_did_and_refuses_a_day_without_settings(unit: Unit) -> None:
    work(unit)
    assert "提醒:1" in said("--on", SOON.isoformat())
    assert '"reminders": 0' in said("--on", SOON.isoformat(), "--json")
    with pytest.raises(SystemExit):
        said("--on", "2020-01-01")


def test_works_that_do_not_run_are_left_alone(unit: Unit) -> None:
    work(unit, ended_on=SOON, anchored_on=None)
    work(unit, paused_on=SOON)
    work(unit, anchored_on=None)
    assert run_due(SOON).works == 0


def test_lights_follow_the_days(unit: Unit) -> None:
    made = work(unit, percent=100)
    for day, light in ((Day(2026, 9, 1), "green"), (SOON, "blue"), (OVER, "red")):
        run_due(day)
        made.refresh_from_db()
        assert (made.light, made.light_on) == (light, day)
    assert list(LightChange.objects.values_list("light", flat=True)) == ["green", "blue", "red"]


def test_a_holiday_announced_late_moves_the_deadline_and_repeats_no_reminder(unit: Unit) -> None:
    made = work(unit)
    run_due(SOON)
    CalendarDay.objects.create(day=DUE, kind=DayKind.HOLIDAY, name="临时放假")
    outcome = run_due(SOON + datetime.timedelta(4))
    made.refresh_from_db()
    assert (outcome.moved, outcome.reminders) == (1, 0)
    assert (made.deadline, made.anchored_on, made.first_deadline) == (OVER, OVER, DUE)


def test_an_ended_pause_begins_the_steps_again(unit: Unit) -> None:
    made = work(unit)
    run_due(SOON)
    factories.PauseFactory.create(
        work=made, since=Day(2026, 9, 28), until=Day(2026, 10, 16), lifted_at=timezone.now(), lifted_by=_somebody()
    )
    outcomes = [run_due(Day(2026, 10, 17) + datetime.timedelta(n)).reminders for n in range(14)]
    assert sum(outcomes) >= 2  # before the moved deadline, and after it
    events = list(Sent.objects.values_list("event", flat=True))
    assert len({event.partition(":")[0] for event in events}) == 2


def _somebody() -> Any:
    return factories.UserFactory.create()


def test_words_are_those_of_the_day_of_sending(unit: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    made = work(unit, title="建成检测中心")
    run_due(SOON)
    at(monkeypatch, OVER)
    place(timezone.now())
    message = Message.objects.get()
    assert message.title == "已逾期 1 个工作日:建成检测中心"
    assert "请尽快办理" in message.text
    assert made.pk == message.object_id


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"ended_on": SOON, "anchored_on": None}, "办结"),
        ({"paused_on": SOON}, "暂停"),
        ({"anchored_on": None, "state": "reported"}, "已报完成"),
        ({"first_deadline": Day(2026, 12, 31), "deadline": Day(2026, 12, 31)}, "2026-12-31"),
    ],
)
def test_what_has_changed_meanwhile_is_not_sent(
    unit: Unit, change: dict[str, Any], word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = work(unit)
    run_due(SOON)
    Work.objects.filter(pk=made.pk).update(**change)
    at(monkeypatch, SOON)
    place(timezone.now())
    message = Message.objects.get()
    assert message.state == State.DROPPED
    assert word in message.reason


def test_work_given_to_another_unit_meanwhile_is_not_reminded_of_here(unit: Unit) -> None:
    made = work(unit)
    run_due(SOON)
    made.holder = factories.UnitFactory.create(name="市科技局")
    made.save()
    place(timezone.now())
    assert "市科技局" in Message.objects.get().reason


def test_whoever_is_meant_at_each_level(unit: Unit) -> None:
    members = [factories.actor(Role.COUNTY_FILL, unit=unit), factories.actor(Role.COUNTY_CHECK, unit=unit)]
    factories.actor(Role.ENTERPRISE, unit=unit)
    line = line_on(SOON)
    assert {m.user_id for m in members} < set(line.told(unit.pk, Level.HOLDER).users)
    assert members[0].user_id not in line.told(unit.pk, Level.UNIT).users
    post = factories.PostFactory.create(unit=unit)
    factories.IncumbencyFactory.create(post=post, person=members[0].name, valid_to=SOON)
    assert set(line_on(SOON).told(unit.pk, Level.UNIT).users) == {members[0].user_id}
    assert members[1].user_id in line_on(SOON + datetime.timedelta(1)).told(unit.pk, Level.UNIT).users


def test_an_empty_level_goes_up_and_says_so(unit: Unit) -> None:
    empty = factories.UnitFactory.create(name="市科技局")
    told = line_on(SOON).told(empty.pk, Level.HOLDER)
    assert set(told.users) == set(Membership.objects.filter(role=Role.OFFICE).values_list("user_id", flat=True))
    assert told.note == "(市科技局 承办人没有在岗的账号,改送领导小组办公室)"
    work(empty)
    outcome = run_due(SOON)
    assert (outcome.passed_on, outcome.nobody, Message.objects.get().note) == (1, 0, told.note)


def test_nobody_at_all_stands_in_the_outbox() -> None:
    supervised_plan()
    work(factories.UnitFactory.create())
    assert run_due(SOON).nobody == 1
    assert Message.objects.get().reason == NOBODY


def test_queries_do_not_grow_with_the_works(unit: Unit) -> None:
    run_due(SOON)  # reads what a process reads once
    counts = []
    for number in (5, 60):
        for _ in range(number):
            work(unit)
        with CaptureQueriesContext(connection) as captured:
            assert run_due(SOON).reminders == number
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_blocks_make_the_same(unit: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(due, "BLOCK", 2)
    for _ in range(5):
        work(unit)
    assert (run_due(SOON).reminders, run_due(SOON).reminders) == (5, 0)


def test_the_timer_waits_for_its_hour_and_for_a_plan(unit: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    early = timezone.make_aware(datetime.datetime.combine(SOON, datetime.time(6, 59)))
    monkeypatch.setattr(timezone, "now", lambda: early)
    jobs.due()
    assert not DueRun.objects.exists()
    at(monkeypatch, SOON)
    jobs.due()
    assert DueRun.objects.get().on == SOON
    at(monkeypatch, Day(2020, 1, 1))
    jobs.due()
    assert DueRun.objects.count() == 1


def test_the_calendar_has_the_deadlines_of_the_persons_units(unit: Unit) -> None:
    made = work(unit, provisional=True)
    work(factories.UnitFactory.create())
    work(unit, ended_on=SOON, anchored_on=None)
    person = Membership.objects.get(unit=unit)
    found = list(deadlines(person.user_id, SOON))
    assert [(entry.uid, entry.day) for entry in found] == [(f"work-{made.pk}", DUE)]
    assert "暂定" in found[0].title
