"""The run with the real kinds: a measure's reports are opened when they come due, and reminded of once."""

import datetime

import pytest
from django.utils import timezone

from spectown.accounts.permissions import Role
from spectown.core.lights import overall
from spectown.outbox.enums import State
from spectown.outbox.models import Message
from spectown.outbox.sending import place
from spectown.plans.calendar import stored_calendar
from spectown.supervision.due import run_due
from spectown.supervision.lighting import all_lights
from spectown.supervision.models import Report, Work
from spectown.supervision.settings import settings_of
from tests import factories
from tests.supervision_factories import supervised_plan

pytestmark = [pytest.mark.django_db, pytest.mark.data]
Day = datetime.date
NOVEMBER = [Day(2026, 11, day) for day in range(1, 31)]


@pytest.fixture
def measure() -> Work:
    supervised_plan()
    unit = factories.UnitFactory.create()
    factories.actor(Role.DEPARTMENT, unit=unit)
    work: Work = factories.WorkFactory.create(
        holder=unit, running=True, started_on=Day(2026, 9, 1), first_deadline=Day(2026, 12, 31)
    )
    factories.MeasureFactory.create(
        work=work, lead=unit, state="running", starts=Day(2026, 9, 1), deadline=Day(2026, 12, 31), title=work.title
    )
    return work


def test_a_report_comes_due_and_goes_up_the_line(measure: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = {day: run_due(day).opened for day in NOVEMBER}
    assert {day: number for day, number in opened.items() if number} == {NOVEMBER[0]: 2, NOVEMBER[-1]: 1}
    steps = Message.objects.filter(kind="work.report").order_by("pk").values_list("object_id", "facts__step")
    october = Report.objects.get(month=10)
    assert list(steps) == [(october.work_id, "soon"), (october.work_id, "over"), (october.work_id, "grace")]
    measure.refresh_from_db()
    assert measure.light == "red"  # two periods running


def test_a_report_that_was_sent_is_not_reminded_of(measure: Work) -> None:
    run_due(NOVEMBER[0])
    work = Report.objects.get(month=10).work
    run_due(Day(2026, 11, 3))
    Work.objects.filter(pk=work.pk).update(state="sent", anchored_on=None)
    assert sum(run_due(day).reminders for day in NOVEMBER[3:]) == 0
    place(datetime.datetime(2026, 11, 4, 9, tzinfo=datetime.UTC))
    message = Message.objects.get()
    assert (message.state, message.reason) == (State.DROPPED, "现在是“已报送”,不在等承办单位。")


def test_the_run_says_of_all_at_once_what_is_worked_out_for_each_alone(measure: Work) -> None:
    """Milestones, percentages, an extension, an ended pause, other kinds: every light and reason, day by day."""
    _different(measure)
    seen = set()
    for day in (Day(2026, 10, 13), *NOVEMBER[1::7], Day(2027, 1, 8)):
        run_due(day)
        settings, calendar = settings_of(day), stored_calendar()
        for work in Work.objects.running().order_by("pk"):
            alone = overall(all_lights([work], settings, calendar, day).get(work.pk, ()))
            assert (work.light, work.light_rule, work.light_why) == (alone.level, alone.rule, alone.reason)
            seen.add((work.light_rule, work.light))
    rules = {rule for rule, _ in seen}
    assert rules == {"deadline", "milestone", "pause", "progress", "report"}
    assert {light for _, light in seen} >= {"red", "yellow", "blue", "green"}


def _different(measure: Work) -> None:
    facts = {"holder": measure.holder, "running": True, "started_on": Day(2026, 9, 1)}
    for number, percent in enumerate((None, 0, 20, 45, 70, 100)):
        last = Day(2026, 11, 10) + datetime.timedelta(20 * number)
        work = factories.WorkFactory.create(first_deadline=last, percent=percent, **facts)
        own = {"work": work, "lead": work.holder, "state": "running", "title": work.title, "every": "quarter"}
        row = factories.MeasureFactory.create(starts=Day(2026, 9, 1), deadline=last, **own)
        for due, share in ((Day(2026, 10, 20), 30), (Day(2026, 11, 13), None)):
            factories.MilestoneFactory.create(measure=row, due=due, percent=share)
    by, now = factories.UserFactory.create(), timezone.now()
    asked = {"state": "granted", "asked_on": Day(2026, 10, 9), "new": Day(2027, 1, 29), "decided_on": Day(2026, 11, 5)}
    factories.ExtensionFactory.create(work=measure, decided_by=by, decided_at=now, **asked)
    span = {"since": Day(2026, 10, 12), "until": Day(2026, 11, 4)}
    factories.PauseFactory.create(work=work, lifted_at=now, lifted_by=by, **span)
    factories.WorkFactory.create(kind="notice", first_deadline=Day(2026, 11, 6), **facts)
