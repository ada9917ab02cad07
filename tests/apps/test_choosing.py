"""Choosing rows of a list: paging shows every chosen row exactly once; what is not known chooses nothing."""

import datetime
from decimal import Decimal

import pytest

from spectown.accounts.permissions import Role
from spectown.lists.choosing import Choice, choose
from spectown.lists.registry import ledger_of
from spectown.organisations.actors import Actor
from tests import factories
from tests.apps.enterprise_rows import LEDGER, enterprise

pytestmark = [pytest.mark.django_db, pytest.mark.data]


def walked(actor: Actor, params: dict[str, str]) -> tuple[list[int], Choice]:
    """Numbers of all rows, page by page, and the last page."""
    seen: list[int] = []
    choice = choose(LEDGER, actor, params)
    while True:
        seen += [row.pk for row in choice.rows]
        if not choice.next_url:
            return seen, choice
        choice = choose(LEDGER, actor, {**params, "after": choice.page.after})


@pytest.mark.parametrize("sort", ["", "capital", "-capital", "name", "-name", "nope"])
def test_walking_there_and_back_meets_every_row_once(sort: str) -> None:
    place, actor = factories.TerritoryFactory.create(), factories.actor(Role.OFFICE)
    for n in range(120):
        capital = None if n % 3 == 0 else Decimal(n % 7)
        enterprise(territory=place, capital=capital, name=f"沁州{n}小米公司")
    params = {"sort": sort, "territory": str(place.pk), "q": "小米"}
    seen, last = walked(actor, params)
    assert len(seen) == len(set(seen)) == 120
    before = choose(LEDGER, actor, {**params, "before": last.page.before})
    assert [row.pk for row in before.rows] == seen[50:100]
    assert (last.count.value, last.count.exact) == (120, True)


@pytest.mark.parametrize(
    "params", [{"territory": "abc"}, {"kind": "x"}, {"territory": "9" * 30}, {"q": "没有\x00这样的"}]
)
def test_what_is_not_known_chooses_nothing(params: dict[str, str]) -> None:
    enterprise(territory=factories.TerritoryFactory.create(), name="沁州厂")
    choice = choose(LEDGER, factories.actor(Role.OFFICE), params)
    assert choice.rows == []
    assert bool(choice.problems) == ("q" not in params)


@pytest.mark.parametrize("cursor", ["x", "W10:abc", "", "%00", "a" * 5000])
def test_a_made_up_cursor_gives_the_first_page(cursor: str) -> None:
    row = enterprise(territory=factories.TerritoryFactory.create(), name="沁州厂")
    for name in ("after", "before"):
        assert choose(LEDGER, factories.actor(Role.OFFICE), {name: cursor}).rows == [row]


def test_only_rows_of_the_actor_are_chosen() -> None:
    own, other = factories.TerritoryFactory.create_batch(2)
    row = enterprise(territory=own, name="沁州厂")
    enterprise(territory=other, name="沁州另一厂")
    unit = factories.UnitFactory.create(territory=own)
    assert choose(LEDGER, factories.actor(Role.COUNTY_FILL, unit=unit), {"q": "沁州"}).rows == [row]


def test_order_by_several_columns_is_walked_whole() -> None:
    """A list that is not large: by 属地, then the newest first, empty dates last."""
    policies = ledger_of("town-policies")
    assert policies
    places, actor = factories.TerritoryFactory.create_batch(2), factories.actor(Role.OFFICE)
    for n in range(120):
        day = None if n % 4 == 0 else datetime.date(2025, 1, 1 + n % 5)
        policies.model._default_manager.create(territory=places[n % 2], issued_on=day, title=f"办法{n}")
    rows = policies.model._default_manager.select_related("territory")
    oldest = datetime.date.min
    place = {row.pk: (row.territory.order, row.territory.name) for row in rows}
    wanted = sorted(rows, key=lambda row: (row.issued_on or oldest, row.pk), reverse=True)
    wanted.sort(key=lambda row: place[row.pk])
    seen: list[int] = []
    choice = choose(policies, actor, {})
    seen += [row.pk for row in choice.rows]
    while choice.next_url:
        choice = choose(policies, actor, {"after": choice.page.after})
        seen += [row.pk for row in choice.rows]
    assert seen == [row.pk for row in wanted]
    assert (choice.count.value, choice.count.exact) == (120, True)
