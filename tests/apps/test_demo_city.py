"""The synthetic city: the same every time, in order by the rules of every list, its codes right in form."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from stdnum.cn import uscc

from spectown.accounts.models import Installation
from spectown.core.enterprises.pairs import find_pairs
from spectown.enterprises.models import Enterprise
from spectown.ledgers.models import Need
from spectown.lists.checking import check_row
from spectown.lists.models import ListRow
from spectown.lists.registry import ledgers
from spectown.plans.folder import read_folder
from spectown.towns.management.commands.load_plan import load
from spectown.towns.models import Town
from spectown.web.democity.enterprises import enterprises
from spectown.web.democity.loading import load_city
from spectown.web.democity.world import read_city

pytestmark = pytest.mark.django_db
FEW = 300


@pytest.fixture(scope="module")
def city(django_db_setup: Any, django_db_blocker: Any) -> Iterator[dict[str, int]]:
    """One small city for the whole file, taken away afterwards."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        load(read_folder(settings.PLAN_DIR))
        Installation.objects.create(pk=1, mode=Installation.Mode.DEMO)
        yield load_city(FEW)
        transaction.set_rollback(True)


def test_every_list_has_rows_and_all_are_marked(city: dict[str, int]) -> None:
    for ledger in [each for each in ledgers() if each.sees is None]:  # dated work is played: test_demo_rounds
        rows = ledger.model._default_manager.all()
        assert rows.exists(), ledger.slug
        assert not rows.filter(is_demo=False).exists(), ledger.slug
    assert Town.objects.filter(is_demo=True).count() == 43


def test_rows_keep_the_rules_of_their_lists(city: dict[str, int]) -> None:
    for ledger in ledgers():
        some: list[ListRow] = list(ledger.model._default_manager.order_by("pk")[:40])
        for row in some:
            check_row(ledger, row)


def test_codes_are_right_and_nobody_elses(city: dict[str, int]) -> None:
    codes = list(Enterprise.objects.exclude(code="").values_list("code", flat=True))
    assert len(codes) > FEW // 2
    assert all(uscc.is_valid(code) and code[8:10] == "DE" for code in codes)


def test_two_generations_are_equal(city: dict[str, int]) -> None:
    found = read_city(datetime.date(2026, 11, 24))
    assert enterprises(found, FEW).equals(enterprises(found, FEW))
    assert enterprises(found, FEW)["name"].str.ends_with("(演示)").all()


def test_few_names_look_like_one_enterprise(city: dict[str, int]) -> None:
    found = read_city(datetime.date(2026, 11, 24))
    rows = enterprises(found, 5_000).select("name", "kind", "code", pk="id", territory="territory_id")
    assert rows["name"].n_unique() == 5_000
    assert 4 <= len(find_pairs(rows, [place.area for place in found.places], 85)) <= 12


def test_needs_lie_with_bureaus_that_can_answer_them_and_open_ones_are_fresh(city: dict[str, int]) -> None:
    land = Need.objects.filter(kind="land", assigned__isnull=False)
    assert set(land.values_list("assigned__code", flat=True)) == {"ziran"}
    assert not Need.objects.filter(assigned__code="guangdian").exists()
    oldest = Need.objects.exclude(state="met").earliest("raised_on").raised_on
    assert (timezone.localdate() - oldest).days <= 120
    assert Need.objects.filter(state="assigned", assigned__code="nongye").exists()  # the demo's member unit has work
    assert not Need.objects.filter(raiser=None).exists()
