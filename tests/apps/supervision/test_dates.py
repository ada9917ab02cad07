"""The calendar of each role: own deadlines, what is overseen, report days, meetings, visits; each thing once."""

import datetime

import pytest

from spectown.accounts.models import User
from spectown.accounts.permissions import Role
from spectown.organisations.models import Unit
from spectown.outbox.calendars import entries_of
from spectown.supervision.models import Work
from tests import factories
from tests.supervision_factories import supervised_plan

pytestmark = [pytest.mark.django_db, pytest.mark.data]
TODAY = datetime.date(2026, 11, 26)
DUE = datetime.date(2026, 12, 10)


@pytest.fixture
def unit() -> Unit:
    supervised_plan()
    made: Unit = factories.UnitFactory.create(name="沁县人民政府", territory=factories.TerritoryFactory.create())
    return made


def running(unit: Unit, title: str, **facts: object) -> Work:
    dates = {"first_deadline": DUE, "deadline": DUE, "anchored_on": DUE, "started_on": TODAY}
    made: Work = factories.WorkFactory.create(holder=unit, title=title, state="running", **dates, **facts)
    return made


def calendar(role: Role, unit: Unit) -> list[str]:
    person = factories.actor(role, unit=unit)
    return [entry.title for entry in entries_of(User.objects.get(pk=person.person), TODAY)]


def test_each_role_has_its_dates(unit: Unit) -> None:
    other = factories.UnitFactory.create(name="市科技局")
    running(unit, "县里的措施", light="green")
    running(other, "科技局的措施", light="red", light_why="期限已超过")
    for number in (1, 2):
        running(unit, f"第{number}份报告", kind="report")
    factories.MeetingFactory.create(title="十二月推进会", day=DUE)
    town = factories.TownFactory.create(territory=unit.territory, responsible_unit=unit)
    visit = factories.VisitFactory.create(title="到沁县", starts=DUE, ends=DUE + datetime.timedelta(1))
    factories.VisitTownFactory.create(visit=visit, town=town)
    own = ["期限:县里的措施", "期限:第1份报告", "期限:第2份报告"]
    visited = ["专项检查:到沁县"] * 2
    office = factories.UnitFactory.create()
    assert calendar(Role.OFFICE, office) == [
        *visited, "督办期限:县里的措施", "督办期限:科技局的措施", "报送日:2 份进展报告到期", "推进会:十二月推进会",
    ]  # fmt: skip
    assert calendar(Role.LEADER, office) == [*visited, "红灯:科技局的措施", "推进会:十二月推进会"]
    assert calendar(Role.COUNTY_CHECK, unit) == [*own, *visited]
    assert calendar(Role.DEPARTMENT, other) == ["期限:科技局的措施"]
    assert calendar(Role.ENTERPRISE, factories.UnitFactory.create()) == []


def test_what_one_holds_and_oversees_stands_once(unit: Unit) -> None:
    work = running(unit, "办公室自己的措施")
    person = factories.actor(Role.OFFICE, unit=unit)
    factories.MembershipFactory.create(user=User.objects.get(pk=person.person), unit=unit, role=Role.DEPARTMENT)
    found = list(entries_of(User.objects.get(pk=person.person), TODAY))
    assert [(entry.uid, entry.title) for entry in found] == [(f"work-{work.pk}", "期限:办公室自己的措施")]
