"""Merging two rows of one enterprise: nothing is lost, the old number leads on, it cannot be undone by restoring."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spectown.accounts.permissions import Role
from spectown.audit.models import Event
from spectown.enterprises.counts import counts_of
from spectown.enterprises.enums import ChainRole, HonourKind, PairState
from spectown.enterprises.lists import ENTERPRISES
from spectown.enterprises.models import DuplicatePair, Enterprise, EnterpriseHonour, EnterpriseYear, TownMembership
from spectown.enterprises.references import find
from spectown.enterprises.services import merge
from spectown.enterprises.services.moving import references
from spectown.ledgers.models import Brand
from spectown.lib.refusal import Refused
from spectown.lists.choosing import choose
from spectown.lists.services import records
from spectown.organisations.actors import NotAllowed
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.data]
CODE, OTHER = "91110000600037341L", "91110000101101987T"
DAY = datetime.date(2026, 11, 24)


def two(**facts: Any) -> tuple[Enterprise, Enterprise]:
    company, town = {"kind": "company"}, factories.TownFactory.create()
    named = {"name": "沁州黄小米(集团)有限公司", "town": town, "chain_role": "leading"}
    keep = factories.EnterpriseFactory.create(code=CODE, **named, **company)
    drop = factories.EnterpriseFactory.create(name="沁州黄小米有限公司", **{**company, **facts})
    return keep, drop


def merged(keep: Enterprise, drop: Enterprise, *choices: str) -> Any:
    return merge(keep=keep, drop=drop, choices=choices, reason="营业执照为同一户", by=factories.actor())


def test_rows_of_all_lists_move_and_follow_the_kept_one() -> None:
    keep, drop = two(town=factories.TownFactory.create())
    honour = factories.EnterpriseHonourFactory.create(enterprise=drop)
    year = factories.EnterpriseYearFactory.create(enterprise=drop, year=2024)
    brand = Brand.objects.create(name="沁州黄", kind="product", rank="city", enterprise=drop, territory=drop.territory)
    moved = merged(keep, drop)
    for row in (honour, year, brand):
        row.refresh_from_db()
        assert (row.enterprise_id, row.deleted_at, row.version) == (keep.pk, None, 2)
    assert (honour.territory_id, honour.town_id) == (keep.territory_id, keep.town_id)
    assert brand.territory_id == drop.territory_id  # a brand has a place of its own
    assert moved.total == 3
    assert moved.doubled == []


def test_of_rows_that_both_have_that_of_the_kept_one_stands() -> None:
    keep, drop = two()
    kept = factories.EnterpriseYearFactory.create(enterprise=keep, year=2024, output=100)
    other = factories.EnterpriseYearFactory.create(enterprise=drop, year=2024, output=90)
    moved = merged(keep, drop)
    kept.refresh_from_db()
    other.refresh_from_db()
    assert (kept.deleted_at, kept.output) == (None, 100)
    assert other.deleted_at is not None
    assert (other.enterprise_id, other.output) == (keep.pk, 90)
    assert ENTERPRISES.number(keep.pk) in other.delete_reason
    assert len(moved.doubled) == 1


def test_values_chosen_from_the_dropped_one_are_taken_even_the_code() -> None:
    keep, drop = two(code=OTHER, products="小米")
    merged(keep, drop, "code", "products")
    keep.refresh_from_db()
    assert (keep.code, keep.products, keep.name) == (OTHER, "小米", "沁州黄小米(集团)有限公司")


def test_old_code_and_number_lead_to_the_kept_one() -> None:
    keep, drop = two(code=OTHER)
    merged(keep, drop)
    texts = [OTHER, ENTERPRISES.number(drop.pk), f"沁州黄({OTHER})", f"沁州黄({CODE})"]
    assert find(texts) == dict.fromkeys(texts, (keep.pk,))
    later = factories.EnterpriseFactory.create(code="91350100M000100Y43")
    merged(later, keep)
    assert find([OTHER]) == {OTHER: (later.pk,)}  # also through two merges


@pytest.mark.parametrize("role", [Role.OFFICE, Role.COUNTY_FILL])
def test_the_search_finds_the_kept_one_by_old_code_and_number(role: Role) -> None:
    keep, drop = two(code=OTHER)
    other = factories.EnterpriseFactory.create(name="再并入的")
    number = ENTERPRISES.number(drop.pk)
    merged(keep, drop)
    by = factories.actor(role, unit=factories.UnitFactory.create(territory=keep.territory))
    for text in (OTHER, OTHER.lower(), number, number.lower(), CODE):
        assert [row.pk for row in choose(ENTERPRISES, by, QueryDict(f"q={text}")).rows] == [keep.pk], text
    stranger = factories.actor(Role.COUNTY_FILL)
    assert [row.pk for row in choose(ENTERPRISES, stranger, QueryDict(f"q={OTHER}")).rows] == []
    merged(other, keep)
    assert [row.pk for row in choose(ENTERPRISES, factories.actor(), QueryDict(f"q={number}")).rows] == [other.pk]


def test_a_merged_one_is_not_restored() -> None:
    keep, drop = two()
    merged(keep, drop)
    with pytest.raises(Refused, match=ENTERPRISES.number(keep.pk)):
        records.restore(ledger=ENTERPRISES, pk=drop.pk, reason="误合并", by=factories.actor())


def test_both_histories_show_it() -> None:
    keep, drop = two()
    merged(keep, drop)
    events = Event.objects.filter(object_type="enterprises.enterprise")
    actions = {(event.action, event.object_id) for event in events}
    assert actions == {("enterprise.merge", str(keep.pk)), ("enterprise.merge_away", str(drop.pk))}
    assert {event.reason for event in events} == {"营业执照为同一户"}


def test_the_former_main_town_still_counts_it() -> None:
    town = factories.TownFactory.create()
    keep, drop = two(town=town, chain_role=ChainRole.UPSTREAM)
    before = counts_of([town.pk], DAY)[town.pk].figures()
    merged(keep, drop)
    assert counts_of([town.pk], DAY)[town.pk].figures() == before
    assert TownMembership.objects.get().enterprise_id == keep.pk


def test_pairs_are_decided() -> None:
    keep, drop = two()
    pair = factories.DuplicatePairFactory.create(first=keep, second=drop)
    factories.DuplicatePairFactory.create(first=drop)
    merged(keep, drop)
    assert [(row.pk, row.state) for row in DuplicatePair.objects.all()] == [(pair.pk, PairState.MERGED)]


@pytest.mark.parametrize("role", [Role.COUNTY_FILL, Role.DEPARTMENT, Role.LEADER, Role.TOWN])
def test_only_the_office_merges(role: Role) -> None:
    keep, drop = two()
    with pytest.raises(NotAllowed):
        merge(keep=keep, drop=drop, choices=(), reason="同一户", by=factories.actor(role))


def test_refusals_change_nothing() -> None:
    keep, drop = two()
    office = factories.actor()
    for other, choices, reason in ((keep, (), "同一户"), (drop, (), " "), (drop, ("pk",), "同一户")):
        with pytest.raises(Refused):
            merge(keep=keep, drop=other, choices=choices, reason=reason, by=office)
    with pytest.raises(ValidationError) as fault:  # a company without code: the result would break a rule
        merge(keep=keep, drop=drop, choices=("code",), reason="同一户", by=office)
    assert set(fault.value.message_dict) == {"code"}
    drop.refresh_from_db()
    keep.refresh_from_db()
    assert (drop.deleted_at, drop.merged_into, keep.code, keep.version) == (None, None, CODE, 1)
    merged(keep, drop)
    with pytest.raises(Refused, match="可能已被删除或合并"):
        merged(keep, drop)


def test_every_reference_to_an_enterprise_is_known() -> None:
    found = {(model.__name__, column) for model, column in references()}
    expected = {("EnterpriseHonour", "enterprise"), ("EnterpriseYear", "enterprise"), ("TownMembership", "enterprise")}
    assert expected | {("Brand", "enterprise"), ("Enterprise", "merged_into")} <= found
    assert not any(model == "DuplicatePair" for model, _ in found)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.booleans(), st.integers(2020, 2023)), max_size=6, unique=True),
    st.lists(st.tuples(st.booleans(), st.sampled_from(HonourKind.values[:3])), max_size=5, unique=True),
)
def test_no_row_is_ever_lost(years: list[tuple[bool, int]], honours: list[tuple[bool, str]]) -> None:
    keep, drop = factories.EnterpriseFactory.create_batch(2, kind="family_farm")
    for first, year in years:
        factories.EnterpriseYearFactory.create(enterprise=keep if first else drop, year=year)
    for first, kind in honours:
        factories.EnterpriseHonourFactory.create(enterprise=keep if first else drop, kind=kind)
    merged(keep, drop)
    rows = EnterpriseYear.objects.filter(enterprise=keep)
    assert rows.count() == len(years)
    assert rows.filter(deleted_at__isnull=True).count() == len({year for _, year in years})
    kinds = EnterpriseHonour.objects.filter(enterprise=keep)
    assert kinds.count() == len(honours)
    assert kinds.filter(deleted_at__isnull=True).count() == len({kind for _, kind in honours})
    assert not EnterpriseYear.objects.filter(enterprise=drop).exists()
