"""Counts of many lists in one query: exact up to the limit, about beyond it, nothing where nobody sees anything."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from spectown.accounts.permissions import Role
from spectown.lists.choosing import counting
from spectown.lists.choosing import tally as module
from spectown.lists.choosing.tally import NOTHING, tally
from spectown.lists.registry import ledgers
from spectown.lists.scope import visible, visible_in
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.data]


def test_one_query_counts_every_list_and_finds_its_last_change() -> None:
    at = timezone.now().replace(microsecond=0) - datetime.timedelta(days=3)
    factories.EnterpriseFactory.create(updated_at=at - datetime.timedelta(days=1))
    factories.EnterpriseFactory.create(updated_at=at)
    chosen = visible_in(ledgers(), factories.actor(Role.OFFICE))
    with CaptureQueriesContext(connection) as captured:
        found = tally(chosen)
    assert len(captured) == 1
    assert (found["enterprises"].count.value, found["enterprises"].count.exact) == (2, True)
    assert found["enterprises"].changed == at
    assert found["fairs"] == NOTHING
    assert set(found) == {ledger.slug for ledger in ledgers()}


def test_a_condition_without_any_row_costs_nothing() -> None:
    chosen = visible_in(ledgers(), factories.actor(Role.EXPERT))
    with CaptureQueriesContext(connection) as captured:
        assert set(tally(chosen).values()) == {NOTHING}
    assert len(captured) == 0


def test_beyond_the_limit_the_number_is_an_estimate(monkeypatch: pytest.MonkeyPatch) -> None:
    for place in (module, counting):
        monkeypatch.setattr(place, "LIMIT", 5)
    factories.EnterpriseFactory.create_batch(9)
    found = tally(visible_in(ledgers(), factories.actor(Role.OFFICE)))["enterprises"]
    assert found.count.value >= 6
    assert not found.count.exact
    assert found.changed is None


@pytest.mark.parametrize("role", [Role.OFFICE, Role.COUNTY_FILL, Role.TOWN, Role.EXPERT])
def test_scope_of_all_lists_is_the_scope_of_each(role: Role) -> None:
    county = factories.TerritoryFactory.create()
    unit = factories.UnitFactory.create(territory=county)
    town = factories.TownFactory.create(responsible_unit=unit)
    for facts in ({"territory": county}, {"town": town}, {}):
        factories.EnterpriseFactory.create(**facts)
    actor = factories.actor(role, unit=unit)
    together = visible_in(ledgers(), actor)
    for ledger in ledgers():
        alone = set(visible(ledger, actor).values_list("pk", flat=True))
        assert set(together[ledger.slug].values_list("pk", flat=True)) == alone
