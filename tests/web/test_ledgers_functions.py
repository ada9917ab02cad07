"""八项功能: each town against the eight functions of 方案 二(七)."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from spectown.accounts.permissions import Role
from spectown.ledgers.facts import functions_of_towns
from spectown.ledgers.models import ServicePlatform
from spectown.organisations.models import Territory
from spectown.towns.enums import Level
from spectown.towns.models import Town
from tests import factories

pytestmark = pytest.mark.django_db
URL = reverse("ledgers:functions")
DAY = datetime.date(2026, 3, 1)


def town(**facts: object) -> Town:
    found: Town = factories.TownFactory.create(territory=factories.TerritoryFactory.create(), **facts)
    factories.LevelRecordFactory.create(town=found, level=Level.CITY)
    return found


def platform(place: Town, name: str, **facts: object) -> ServicePlatform:
    return ServicePlatform.objects.create(name=name, territory=place.territory, town=place, **facts)


@pytest.mark.data
def test_only_platforms_in_use_count_and_each_function_once_per_platform() -> None:
    here, there = town(), town()
    platform(here, "检测中心", testing=True, advice=True)
    platform(here, "第二检测中心", testing=True)
    platform(here, "停用的", logistics=True, closed_on=DAY)
    found = functions_of_towns(factories.actor(Role.OFFICE), [here.pk, there.pk], DAY)
    assert found[here.pk].offered["testing"] == 2
    assert found[here.pk].offered["logistics"] == 0
    assert found[here.pk].present == 2
    assert found[there.pk].present == 0


@pytest.mark.data
def test_a_county_counts_only_what_it_may_see() -> None:
    here = town()
    platform(here, "检测中心", testing=True)
    stranger = factories.actor(Role.COUNTY_FILL, unit=factories.UnitFactory.create(territory=_elsewhere()))
    assert functions_of_towns(stranger, [here.pk], DAY)[here.pk].present == 0


def _elsewhere() -> Territory:
    made: Territory = factories.TerritoryFactory.create()
    return made


def test_the_page_shows_counts_that_lead_to_their_rows() -> None:
    here = town(name="沁州黄小米专业镇")
    platform(here, "检测中心", testing=True)
    text = factories.client_for(Role.OFFICE).get(URL).content.decode()
    assert "沁州黄小米专业镇" in text
    assert f"/lists/service-platforms/?town={here.pk}&amp;testing=1" in text
    assert "1 / 8" in text


def test_visitors_are_sent_to_the_login() -> None:
    assert Client().get(URL).status_code == 302


def test_queries_do_not_grow_with_towns(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    client = factories.client_for(Role.OFFICE)
    for number in range(6):
        platform(town(), f"平台{number}", design=True)
    with django_assert_max_num_queries(14):
        client.get(URL)
