"""工作日历: shown to all, written by the office; deadlines follow; a plan folder does not overwrite it."""

from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from spectown.accounts.permissions import Role
from spectown.audit.models import Event
from spectown.core.workdays import Calendar
from spectown.plans.calendar import stored_calendar
from spectown.plans.folder import read_folder
from spectown.plans.loading import _calendar
from spectown.plans.models import CalendarYear
from spectown.supervision.due import run_due
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.data]
URL = "/plan/calendar/2027/"
NOTICE = "国办发明电〔2026〕9号"
DATA = {"source": NOTICE, "holidays": "2027-01-01 至 2027-01-03 元旦", "workdays": "2027-01-09 元旦调休"}


@pytest.fixture
def office() -> Client:
    return factories.client_for(Role.OFFICE)


def test_the_notice_is_written_and_stays(office: Client) -> None:
    factories.supervised_plan()
    assert "暂定" in office.get("/plan/calendar/").content.decode()
    answer = office.post(URL, DATA, follow=True)
    assert "已保存 2027 年日历" in answer.content.decode()
    year = CalendarYear.objects.get(year=2027)
    assert (year.provisional, year.source) == (False, NOTICE)
    calendar: Calendar = stored_calendar()
    assert not calendar.is_workday(date(2027, 1, 1))
    assert calendar.is_workday(date(2027, 1, 9))
    assert Event.objects.get(action="calendar.change").after["holiday"] == ["2027-01-01", "2027-01-02", "2027-01-03"]
    _calendar(read_folder(settings.PLAN_DIR))
    assert CalendarYear.objects.get(year=2027).source == NOTICE
    assert "2027-01-01 至 2027-01-03 元旦" in office.get(URL).content.decode()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"source": ""}, "依据"),
        ({"holidays": "2026-12-31 元旦"}, "不在 2027 年"),
        ({"workdays": "2027-01-08 调休"}, "本来就是工作日"),
        ({"workdays": "2027-01-02 调休"}, "既放假又上班"),
    ],
)
def test_what_is_wrong_is_said(office: Client, change: dict[str, str], said: str) -> None:
    answer = office.post(URL, DATA | change)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not CalendarYear.objects.filter(year=2027).exists()


def test_what_was_announced_is_not_made_provisional_again(office: Client) -> None:
    office.post(URL, DATA)
    answer = office.post(URL, DATA | {"provisional": "on"})
    assert "不能再改为暂定" in answer.content.decode()


def test_deadlines_follow_a_notice_that_comes_late(office: Client) -> None:
    factories.supervised_plan()
    day = date(2027, 1, 4)  # a Monday, worked as far as is known
    unit: Any = factories.UnitFactory.create()
    work = factories.WorkFactory.create(kind="notice", running=True, holder=unit, first_deadline=day)
    run_due(date(2026, 11, 26))
    work.refresh_from_db()
    assert (work.deadline, work.provisional) == (day, True)
    office.post(URL, DATA | {"holidays": "2027-01-01 至 2027-01-04 元旦", "workdays": ""})
    run_due(date(2026, 11, 26))
    work.refresh_from_db()
    assert (work.first_deadline, work.deadline, work.provisional) == (day, date(2027, 1, 5), False)


def test_others_only_read() -> None:
    unit = factories.client_for(Role.DEPARTMENT)
    assert unit.get("/plan/calendar/").status_code == 200
    assert unit.get(URL).status_code == 403
