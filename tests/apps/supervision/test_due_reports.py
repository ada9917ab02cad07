"""The run with the real kinds: a measure's reports are opened when they come due, and reminded of once."""

import datetime

import pytest

from spectown.accounts.permissions import Role
from spectown.outbox.enums import State
from spectown.outbox.models import Message
from spectown.outbox.sending import place
from spectown.supervision.due import run_due
from spectown.supervision.models import Report, Work
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
