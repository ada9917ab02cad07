"""Ways back into a list that the property of test_round_trip found, or cannot find: one case each."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from spectown.enterprises.lists import ENTERPRISES, HONOURS
from spectown.ledgers.lists import NEEDS
from spectown.lists.declaration import Ledger
from spectown.lists.services.records import change, delete
from spectown.organisations.actors import Actor
from tests import factories
from tests.apps.import_world import World
from tests.apps.round_trip_world import checked, differences, exported, prefilled

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World()


def comes_back(ledger: Ledger, by: Actor) -> list[Any]:
    return [d for way in (exported, prefilled) for d in differences(checked(ledger, by, way(ledger, by)))]


def test_amounts_of_more_than_ten_million(world: World) -> None:
    world.firm(1, capital=Decimal("9494613.44"))
    world.firm(2, capital=Decimal("999999999999.99"))
    assert comes_back(ENTERPRISES, world.county) == []


def test_text_that_no_sheet_shows_stays_as_it_is(world: World) -> None:
    firm = world.firm(1, contact="两  个空格", note="第一行\r\n第二行", products="一\n二", address=" 前后 ")
    assert comes_back(ENTERPRISES, world.county) == []
    firm.refresh_from_db()
    assert (firm.contact, firm.note) == ("两  个空格", "第一行\r\n第二行")


def test_honour_of_a_deleted_enterprise(world: World) -> None:
    firm = world.firm(1)
    factories.EnterpriseHonourFactory.create(enterprise=firm, issuer="省厅")
    delete(ledger=ENTERPRISES, pk=firm.pk, reason="重复", by=world.office)
    assert comes_back(HONOURS, world.county) == []


@pytest.mark.data
def test_two_units_of_one_name(world: World) -> None:
    """After a reform a bureau may bear the name that another one bore before."""
    bureau = factories.UnitFactory.create(name="市商务局")
    factories.UnitNameFactory.create(unit=factories.UnitFactory.create(), name="市商务局")
    need = factories.NeedFactory.create(territory=world.here, assigned=bureau, assigned_on=datetime.date(2026, 3, 2))
    assert comes_back(NEEDS, world.office) == []
    again = checked(NEEDS, world.office, exported(NEEDS, world.office))
    assert again.state == "same"
    need.refresh_from_db()
    assert need.assigned_id == bureau.pk


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"established": datetime.date(1899, 12, 31)}, "1900-01-01"),
        ({"established": datetime.date(2101, 1, 1)}, "2100-12-31"),
        ({"contact": "#N/A"}, "公式出错"),
    ],
)
def test_the_form_takes_only_what_comes_back(world: World, values: dict[str, Any], said: str) -> None:
    firm = world.firm(1)
    with pytest.raises(ValidationError, match=said):
        change(ledger=ENTERPRISES, pk=firm.pk, values=values, version=1, by=world.office)
