"""The integrity page's findings, as the database stands."""

import datetime

import pytest

from spectown.core.periods import of_code
from spectown.monitoring.integrity import found, last_sent, setup_of
from spectown.organisations.models import Membership
from tests.apps.monitoring.world import OPENS, World, on

pytestmark = [pytest.mark.django_db]


def test_what_is_found_of_owners_and_forms() -> None:
    world = World()
    assert setup_of(OPENS).period == of_code("2026-10")
    missing = {issue.about for issue in found(OPENS) if "来源单位" in issue.what}
    assert missing, "units of the plan that this city does not have"
    assert not [issue for issue in found(OPENS) if "核定的账号" in issue.what]
    Membership.objects.filter(unit__code="tongji").update(valid_to=OPENS - datetime.timedelta(1))
    (nobody,) = (issue for issue in found(OPENS) if "核定的账号" in issue.what)
    assert (nobody.about, nobody.weight.value) == ("tongji", "warning")
    assert "主导产业产值" in nobody.what
    assert last_sent() == {"monthly": None, "quarterly": None, "yearly": None}
    with on(OPENS):
        world.sent()
    assert last_sent()["monthly"] == of_code("2026-10")
