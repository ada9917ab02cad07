"""Counts of a list page: estimates say so, the exact one can be had, and no number of rows costs more queries."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from spectown.accounts.permissions import Role
from spectown.lists.choosing import choose, counting
from spectown.organisations.actors import Actor
from tests import factories
from tests.apps.enterprise_rows import LEDGER, enterprise

pytestmark = [pytest.mark.django_db, pytest.mark.data]


def many(number: int) -> None:
    place = factories.TerritoryFactory.create()
    for n in range(number):
        enterprise(territory=place, name=f"沁州{n}小米公司", capital=Decimal(2))


@pytest.fixture
def large_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred rows count as many."""
    monkeypatch.setattr(counting, "SURE", 60)
    monkeypatch.setattr(counting, "SAMPLE", 10)


@pytest.mark.usefixtures("large_table")
def test_a_search_in_a_large_list_estimates_and_says_so() -> None:
    many(120)
    choice = choose(LEDGER, factories.actor(Role.OFFICE), {"q": "小米"})
    assert not choice.count.exact
    assert choice.count.value > len(choice.rows) == 50
    assert choice.count_url == "?q=%E5%B0%8F%E7%B1%B3&count=1"
    assert choice.sums is None
    assert (choice.counted.value, choice.counted.exact) == (120, True)


@pytest.mark.usefixtures("large_table")
def test_a_whole_page_is_counted_and_summed_by_itself() -> None:
    many(70)
    choice = choose(LEDGER, factories.actor(Role.OFFICE), {"q": "9小米"})
    assert (choice.count.value, choice.count.exact, choice.count_url) == (7, True, "")
    with CaptureQueriesContext(connection) as queries:
        assert choice.sums == {"capital": 14}
    assert len(queries) == 0


def test_density_of_a_page() -> None:
    assert counting.Shown(50, 1000, 501).density(10_000) == 1000
    assert counting.Shown(50).density(10_000) == 0


def cost(actor: Actor, q: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        choice = choose(LEDGER, actor, {"q": q, "kind": "company"})
        assert choice.rows
        assert choice.count.value
    return len(queries)


@pytest.mark.usefixtures("large_table")
@pytest.mark.parametrize("q", ["小米", "沁州黄", "szh"])
def test_number_of_queries_does_not_grow_with_rows(q: str) -> None:
    actor, place = factories.actor(Role.OFFICE), factories.TerritoryFactory.create()
    costs = []
    for number in (70, 140):
        for _ in range(number):
            enterprise(territory=place, name="沁州黄小米")
        costs.append(cost(actor, "qzh" if q == "szh" else q))
    assert costs[0] == costs[1] <= 9


def test_a_county_sees_its_territory_and_its_towns_elsewhere() -> None:
    own, other = factories.TerritoryFactory.create_batch(2)
    unit = factories.UnitFactory.create(territory=own)
    town = factories.TownFactory.create(territory=other, responsible_unit=unit)
    rows = [
        enterprise(territory=own, name="沁州甲厂"),
        enterprise(territory=other, town=town, name="沁州乙厂"),
    ]
    enterprise(territory=other, name="沁州丙厂")
    actor = factories.actor(Role.COUNTY_FILL, unit=unit)
    for params in ({}, {"q": "沁州"}, {"q": "沁州", "sort": "name"}):
        assert {row.pk for row in choose(LEDGER, actor, params).rows} == {row.pk for row in rows}
    assert [row.pk for row in choose(LEDGER, actor, {"town": str(town.pk), "q": "沁州"}).rows] == [rows[1].pk]
