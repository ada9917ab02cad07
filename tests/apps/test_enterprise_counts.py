"""Live counts of a town in the pre-check, each enterprise once, frozen when the application is handed in."""

from __future__ import annotations

import datetime

import pytest

from spectown.certification.counted import counted_of, freeze, with_counts
from spectown.certification.enums import State
from spectown.core.certification.answers import Answers
from spectown.enterprises.counts import counts_of, rows_of
from spectown.enterprises.models import Enterprise, EnterpriseHonour
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.data]
DAY = datetime.date(2026, 11, 24)


def test_each_enterprise_counts_once_in_a_town_and_once_in_the_city() -> None:
    town, other = factories.TownFactory.create_batch(2)
    leading = factories.EnterpriseFactory.create(town=town, chain_role="leading", kind="company")
    factories.TownMembershipFactory.create(enterprise=leading, town=town, chain_role="partner")  # the same town again
    factories.TownMembershipFactory.create(enterprise=leading, town=other, chain_role="leading")
    factories.EnterpriseFactory.create(town=town, chain_role="partner")
    factories.EnterpriseFactory.create(town=town, chain_role="leading", status="closed")
    factories.EnterpriseFactory.create(town=town)  # without a part
    counts = counts_of([town.pk, other.pk], DAY)
    figures = counts[town.pk].figures()
    assert (figures["leading_enterprises"], figures["chain_partners"], figures["family_farms"]) == (1, 1, 1)
    assert counts[town.pk].without_role == 1
    assert counts[other.pk].figures()["leading_enterprises"] == 1
    assert Enterprise.objects.counting().of_any_town(["leading"]).count() == 1
    for code in ("leading_enterprises", "chain_partners", "family_farms", "cooperatives"):
        assert rows_of(town.pk, code, DAY).count() == figures[code]


@pytest.mark.parametrize(
    ("facts", "counts"),
    [
        ({}, True),
        ({"valid_to": DAY}, True),
        ({"valid_to": DAY - datetime.timedelta(1)}, False),
        ({"valid_from": DAY}, True),
        ({"valid_from": DAY + datetime.timedelta(1)}, False),
        ({"withdrawn_on": DAY, "withdrawn_reason": "复核不合格"}, False),
        ({"withdrawn_on": DAY + datetime.timedelta(1), "withdrawn_reason": "复核不合格"}, True),
    ],
)
def test_only_a_valid_honour_counts(facts: dict[str, object], counts: bool) -> None:
    town = factories.TownFactory.create()
    holder = factories.EnterpriseFactory.create(town=town)
    factories.EnterpriseHonourFactory.create(enterprise=holder, **facts)
    assert EnterpriseHonour.objects.valid_on(DAY).exists() is counts
    assert counts_of([town.pk], DAY)[town.pk].figures()["honour_specialised"] == int(counts)
    assert rows_of(town.pk, "honour_specialised", DAY).count() == int(counts)


def test_an_empty_list_says_nothing() -> None:
    town = factories.TownFactory.create()
    assert counts_of([town.pk], DAY)[town.pk].figures() == {}


def test_an_empty_figure_is_that_of_the_list_and_what_was_typed_stands() -> None:
    town = factories.TownFactory.create()
    factories.EnterpriseFactory.create(town=town, chain_role="leading")
    application = factories.ApplicationFactory.create(town=town)
    counted = counted_of([application], DAY)[application.pk]
    taken = with_counts(Answers(chain_partners=7), counted, ())
    assert (taken.leading_enterprises, taken.chain_partners, taken.family_farms) == (1, 7, None)
    assert taken.sources["leading_enterprises"] == "清单实时计数,2026-11-24"
    assert with_counts(Answers(), counted, ("leading_enterprises",)).leading_enterprises is None


def test_what_was_counted_when_handed_in_stays() -> None:
    town = factories.TownFactory.create()
    factories.EnterpriseFactory.create(town=town, chain_role="leading")
    application = factories.ApplicationFactory.create(town=town)
    freeze(application, DAY)
    application.state = State.CHECKING
    factories.EnterpriseFactory.create(town=town, chain_role="leading")
    counted = counted_of([application], DAY + datetime.timedelta(30))[application.pk]
    assert (counted.figures["leading_enterprises"], counted.on, counted.frozen) == (1, DAY, True)
    application.state = State.RETURNED
    assert counted_of([application], DAY)[application.pk].figures["leading_enterprises"] == 2
