"""Export → import changes nothing, whatever stands in a list: for every list, every person who may, both workbooks."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from spectown.lists.declaration import Ledger
from spectown.lists.registry import ledger_of
from spectown.lists.scope import may_change
from tests.apps.round_trip_world import (
    Place,
    checked,
    differences,
    exported,
    ledger_ids,
    prefilled,
    values_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.data]


def known(slug: str) -> Ledger:
    ledger = ledger_of(slug)
    assert ledger is not None
    return ledger


@pytest.mark.parametrize("slug", ledger_ids())
@settings(
    max_examples=2, deadline=None, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck)
)
@given(st.data(), st.randoms(use_true_random=False))
def test_what_goes_out_comes_back_unchanged(slug: str, data: Any, chance: Any) -> None:
    ledger = known(slug)
    drawn = data.draw(st.lists(values_of(ledger), min_size=1, max_size=4))
    with transaction.atomic():
        place = Place()
        rows = [place.row(ledger, values, chance) for values in drawn]
        ways = ((place.office, exported), (place.county, prefilled))
        for actor, way in [(actor, way) for actor, way in ways if may_change(ledger, actor)]:
            run = checked(ledger, actor, way(ledger, actor))
            assert list(differences(run)) == []
            assert run.counts["unchanged"] == run.counts["rows"] == len(rows)
        transaction.set_rollback(True)
