"""One value for many rows: the rules of a single change, one sealed event, nothing lost, queries not by the row."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from spectown.accounts.permissions import Role
from spectown.audit.history import history
from spectown.audit.models import Event
from spectown.audit.services import SYSTEM
from spectown.audit.verification import verify
from spectown.enterprises.models import Enterprise
from spectown.lib.refusal import Refused
from spectown.lists.registry import ledger_for
from spectown.lists.services import bulk
from spectown.lists.services.bulk import bulk_change, propose
from spectown.lists.services.records import Stale
from spectown.projects.models import Project
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.data]
FIRMS, PROJECTS = ledger_for(Enterprise), ledger_for(Project)


@pytest.fixture
def county() -> Any:
    return factories.TerritoryFactory.create()


@pytest.fixture
def actor(county: Any) -> Any:
    unit = factories.UnitFactory.create(territory=county)
    return factories.actor(Role.COUNTY_FILL, unit=unit)


def firms(county: Any, number: int) -> list[int]:
    return [row.pk for row in factories.EnterpriseFactory.create_batch(number, territory=county, status="active")]


def test_one_event_for_all_and_each_row_knows(county: Any, actor: Any) -> None:
    pks = firms(county, 3)
    Enterprise.objects.filter(pk=pks[0]).update(status="closed")
    given = {"ledger": FIRMS, "pks": pks, "values": {"status": "closed"}, "by": actor}
    shown = propose(**given)
    assert (shown.changed, shown.same) == (2, 1)
    assert bulk_change(**given, reason="现场核查", seal=shown.seal) == 2
    assert sorted(Enterprise.objects.values_list("status", "version")) == [("closed", 1), ("closed", 2), ("closed", 2)]
    entry = history(Enterprise.objects.get(pk=pks[1]))[0]
    assert (entry.action, entry.reason, entry.bulk) == ("list.bulk_change", "现场核查", True)
    assert (entry.before, entry.after) == ({"status": "active"}, {"status": "closed"})
    assert Event.objects.filter(action="list.bulk_change").count() == 1
    assert verify(by=SYSTEM).breaches == ()


def test_changed_meanwhile_is_not_overwritten(county: Any, actor: Any) -> None:
    pks = firms(county, 2)
    given = {"ledger": FIRMS, "pks": pks, "values": {"status": "closed"}, "by": actor}
    seal = propose(**given).seal
    Enterprise.objects.filter(pk=pks[0]).update(version=2)
    with pytest.raises(Stale):
        bulk_change(**given, reason="核查", seal=seal)
    other = given | {"values": {"status": "suspended"}}
    with pytest.raises(Stale):  # what was shown was another value
        bulk_change(**other, reason="核查", seal=seal)
    assert set(Enterprise.objects.values_list("status", flat=True)) == {"active"}


def test_no_row_leaves_the_reach_and_none_of_others_is_touched(county: Any, actor: Any) -> None:
    pks = firms(county, 2)
    away = factories.TerritoryFactory.create()
    with pytest.raises(ValidationError, match="不属于"):
        bulk_change(ledger=FIRMS, pks=pks, values={"territory": away}, by=actor, reason="区划调整")
    theirs = firms(away, 1)
    with pytest.raises(Refused, match="1 行不由您维护"):
        bulk_change(ledger=FIRMS, pks=[*pks, *theirs], values={"status": "closed"}, by=actor, reason="核查")
    assert set(Enterprise.objects.values_list("territory", flat=True)) == {county.pk, away.pk}


def test_rows_that_follow_are_taken_along(county: Any) -> None:
    office = factories.actor(Role.OFFICE)
    firm, away = factories.EnterpriseFactory.create(territory=county), factories.TerritoryFactory.create()
    year = factories.EnterpriseYearFactory.create(enterprise=firm, territory=county)
    bulk_change(ledger=FIRMS, pks=[firm.pk], values={"territory": away}, by=office, reason="区划调整")
    year.refresh_from_db()
    assert year.territory == away


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"status": "xx"}, "xx"),
        ({"kind": ""}, "请填写这一项"),
        ({"promotion": "promoted"}, "规"),
        ({"note": "#REF!"}, "公式出错"),
    ],
)
def test_rules_of_a_single_change(county: Any, actor: Any, values: dict[str, Any], said: str) -> None:
    pks = firms(county, 2)
    with pytest.raises(ValidationError) as refused:
        bulk_change(ledger=FIRMS, pks=pks, values=values, by=actor, reason="核查")
    assert said in str(refused.value.messages)
    assert not Event.objects.filter(action="list.bulk_change").exists()


def test_what_needs_a_reason_has_one(county: Any) -> None:
    office = factories.actor(Role.OFFICE)
    project = factories.ProjectFactory.create(territory=county, stage="reserve")
    given = {"ledger": PROJECTS, "pks": [project.pk], "values": {"stage": "idea"}, "by": office}
    with pytest.raises(Refused, match="修改说明"):
        bulk_change(**given, reason=" ")
    assert bulk_change(**given, reason="材料不全,退回谋划") == 1


def test_bounded(county: Any, actor: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "BULK_MOST", 2)
    with pytest.raises(Refused, match="一次最多批量修改 2 行"):
        propose(ledger=FIRMS, pks=firms(county, 3), values={"status": "closed"}, by=actor)


def test_queries_do_not_grow_with_the_rows(county: Any, actor: Any) -> None:
    counts = []
    for number in (1, 2, 60):  # the first one only warms caches
        pks = firms(county, number)
        with CaptureQueriesContext(connection) as queries:
            bulk_change(ledger=FIRMS, pks=pks, values={"status": "closed"}, by=actor, reason="核查")
        counts.append(len(queries))
    assert counts[1] == counts[2]


def test_a_key_is_not_given_twice(county: Any) -> None:
    rows = factories.ProjectFactory.create_batch(2, territory=county)
    office, code = factories.actor(Role.OFFICE), "2306-140430-89-01-123456"
    with pytest.raises(Refused, match="每行各不相同"):
        bulk_change(ledger=PROJECTS, pks=[r.pk for r in rows], values={"code": code}, by=office, reason="补录")
