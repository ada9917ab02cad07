"""10,000 open measures: a day's run asks as often a block as for a few, pages as often as ever."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from spectown.accounts.models import User
from spectown.accounts.permissions import Role
from spectown.outbox.models import Message
from spectown.supervision.due import BLOCK, run_due
from spectown.supervision.models import Measure, Work
from tests import factories
from tests.supervision_factories import supervised_plan

pytestmark = pytest.mark.django_db
ON = datetime.date(2026, 11, 26)
STARTED = datetime.date(2026, 11, 16)
MOST, ALL_WORKS = 10, 20  # 我的工作; 全部事项 works out the words of its page as well


def measures(first: int, count: int, units: list[int]) -> None:
    """Running since this month (no report is due yet), some overdue."""
    due = [ON + datetime.timedelta(n % 200 - 9) for n in range(first, first + count)]
    works = [
        Work(
            kind="measure", state="running", title=f"第{n}项措施", holder_id=units[n % len(units)], started_on=STARTED,
            first_deadline=day, deadline=day, anchored_on=day, percent=n % 101,
        )
        for n, day in enumerate(due, first)
    ]  # fmt: skip
    made = Work.objects.bulk_create(works, batch_size=1000)
    rows = [
        Measure(
            work=work,
            year=2026,
            clause="三(四)",
            title=work.title,
            lead_id=work.holder_id,
            state="running",
            starts=STARTED,
        )
        for work in made
    ]
    Measure.objects.bulk_create(rows, batch_size=1000)


def asked(of: object) -> int:
    """Queries of one call."""
    with CaptureQueriesContext(connection) as found:
        of()  # type: ignore[operator]  # a callable without arguments
    return len(found)


def test_ten_thousand_open_measures() -> None:
    supervised_plan()
    people = [factories.actor(Role.DEPARTMENT) for _ in range(20)]
    office = factories.actor(Role.OFFICE)
    units = [person.unit_id for person in people if person.unit_id]
    measures(0, 1000, units)
    few = asked(lambda: run_due(ON))
    measures(1000, 9000, units)
    blocks = -(-10_000 // BLOCK)
    assert asked(lambda: run_due(ON + datetime.timedelta(1))) <= few * blocks
    assert Work.objects.exclude(light="none").count() == 10_000
    assert Message.objects.exists()
    client = Client()
    client.force_login(User.objects.get(pk=office.person))
    for address in ("/supervision/", "/supervision/?which=mine", "/duties/?part=overdue", "/duties/?part=all"):
        client.get(address)
        found = asked(lambda address=address: client.get(address))
        assert found <= (MOST if "/duties/" in address else ALL_WORKS), (address, found)
