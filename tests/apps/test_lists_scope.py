"""Where a county may put a row: at home, or where a town of its own lies; never into another county."""

import pytest

from spectown.accounts.permissions import Role
from spectown.enterprises.lists import ENTERPRISES
from spectown.lists.scope import admits
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.data]


def test_a_county_puts_rows_at_home_or_where_its_own_town_lies() -> None:
    home, there = factories.TerritoryFactory.create_batch(2)
    unit = factories.UnitFactory.create(territory=home)
    county = factories.actor(Role.COUNTY_FILL, unit=unit)
    own = factories.TownFactory.create(territory=home, responsible_unit=unit)
    abroad = factories.TownFactory.create(territory=there, responsible_unit=unit)
    foreign = factories.TownFactory.create(territory=there)
    cases = [
        (home.pk, None, True),
        (home.pk, foreign.pk, True),
        (there.pk, abroad.pk, True),
        (there.pk, own.pk, False),
        (there.pk, foreign.pk, False),
        (there.pk, None, False),
        (None, own.pk, False),
    ]
    for territory, town, expected in cases:
        values = {"territory_id": territory, "town_id": town}
        assert admits(ENTERPRISES, county, values) is expected, (territory, town)
