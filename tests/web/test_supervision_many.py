"""10,000 open measures: a day's run asks as often a block as for a few. Lists of works: at most ten queries a page."""

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
MOST = 10  # queries of a list of works in all: session, user, roles and the counts of the navigation among them


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
    factories.InstallationFactory.create()
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
    chosen = f"/supervision/?which=all&kind=measure&unit={units[0]}"
    pages = ("/supervision/", "/supervision/?which=mine", chosen, "/duties/?part=overdue", "/duties/?part=all")
    assert most_asked(client, (*pages, "/lists/measures/", f"/lists/measures/?lead={units[0]}")) <= MOST


def most_asked(client: Client, addresses: tuple[str, ...]) -> int:
    """Queries of the page that asks most."""
    found = {}
    for address in addresses:
        client.get(address)  # the first request also writes the session
        found[address] = asked(lambda address=address: client.get(address))
    return max(found.values())


@pytest.mark.parametrize("role", [Role.OFFICE, Role.DEPARTMENT, Role.COUNTY_CHECK, Role.TOWN, Role.ENTERPRISE])
def test_lists_of_works_of_each_role(role: Role) -> None:
    supervised_plan()
    factories.InstallationFactory.create()
    unit = factories.UnitFactory.create(territory=factories.TerritoryFactory.create())
    measures(0, 60, [unit.pk])
    factories.ProblemFactory.create_batch(60, raiser=unit, territory=unit.territory, routed_to=unit)
    for _ in range(60):
        factories.NoticeFactory.create(sent=True, work__holder=unit, affected=unit)
    client = factories.client_for(role, unit=unit)
    lists = ("/lists/measures/", "/lists/problems/", "/supervision/notices/", "/supervision/visits/")
    assert (
        most_asked(client, ("/supervision/", "/supervision/?which=all", "/duties/", "/duties/?part=all", *lists))
        <= MOST
    )
