"""Public pages: without login, only what is published."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse

from spectown.plans.models import PlanVersion
from spectown.towns.enums import Level
from spectown.web.public.disclosure import is_published
from spectown.web.public.schematic import schematic
from tests.factories import (
    CategoryFactory,
    IncumbencyFactory,
    LevelRecordFactory,
    SeatFactory,
    TerritoryFactory,
    TownAliasFactory,
    TownFactory,
)
from tests.web.plan_rows import HTMX, more_rows, queries, small_plan

pytestmark = pytest.mark.django_db


def test_front_page_with_figures_towns_and_schematic(client: Client) -> None:
    small_plan()
    LevelRecordFactory.create(town__name="东山陶瓷专业镇")
    words = client.get("/").content.decode()
    assert "东山陶瓷专业镇" in words
    assert "示意图" in words
    assert "2025年目标 ≥ 30 个" in words
    assert reverse("account_login") in words


@pytest.mark.parametrize("name", ["public:home", "public:plan", "public:towns"])
def test_pages_work_with_an_empty_database(client: Client, name: str) -> None:
    assert client.get(reverse(name)).status_code == 200


def test_plan_is_the_text_without_what_the_system_knows(client: Client) -> None:
    plan = small_plan()
    post = SeatFactory.create(version=plan.version).post
    IncumbencyFactory.create(post=post, person="替补人")
    words = client.get(reverse("public:plan")).content.decode()
    assert 'id="clause-一(一)"' in words
    assert "打响品牌" in words
    assert "认定条件" not in words
    assert "替补人" not in words
    assert client.get(reverse("public:clause", kwargs={"ref": "一(一)"}), headers=HTMX).status_code == 200
    assert client.get(reverse("public:clause", kwargs={"ref": "九"}), headers=HTMX).status_code == 404
    assert client.get(reverse("public:source")).status_code == 200


def test_a_plan_that_is_not_public_is_not_shown(client: Client) -> None:
    small_plan(disclosure="此件依申请公开")
    assert "打响品牌" not in client.get(reverse("public:plan")).content.decode()
    assert client.get(reverse("public:source")).status_code == 404
    assert client.get(reverse("public:clause", kwargs={"ref": "一(一)"})).status_code == 404


@pytest.mark.parametrize(
    ("disclosure", "published", "expected"),
    [
        ("此件公开发布", None, True),
        ("主动公开", None, True),
        ("", datetime.date(2023, 4, 1), True),
        ("", None, False),
        ("不予公开", datetime.date(2023, 4, 1), False),
        ("依申请公开", None, False),
    ],
)
def test_disclosure(disclosure: str, published: datetime.date | None, expected: bool) -> None:
    assert is_published(PlanVersion(disclosure=disclosure, published_date=published)) is expected


def test_list_filters_and_names_what_it_cannot_filter_by(client: Client) -> None:
    plan = small_plan()
    CategoryFactory.create(version=plan.version, code="manufacturing", label="制造业")
    CategoryFactory.create(version=plan.version, code="wellness", label="康养")
    east = LevelRecordFactory.create(town__name="东镇", town__category="manufacturing").town
    LevelRecordFactory.create(town__name="西镇", town__category="wellness", level=Level.PROVINCE)
    address = reverse("public:towns")

    def shown(**query: str) -> str:
        return client.get(address, query, headers=HTMX).content.decode()

    assert "东镇" in shown()
    assert "西镇" not in shown(level="city")
    assert "东镇" not in shown(category="wellness")
    assert "西镇" not in shown(county=str(east.territory.code if east.territory else ""))
    assert "<html" not in shown()
    assert "层级不存在" in client.get(address, {"level": "moon"}).content.decode()


def test_town_with_history_aliases_and_two_facts(client: Client) -> None:
    town = TownFactory.create(responsible_unit__name="高新区管委会", territory__name="潞州区")
    LevelRecordFactory.create(town=town, level=Level.COUNTY, valid_to=datetime.date(2024, 1, 1), document="旧文")
    LevelRecordFactory.create(town=town, valid_from=datetime.date(2024, 1, 2), document="新文")
    TownAliasFactory.create(town=town, name="陶都")
    words = client.get(reverse("public:town", args=[town.code])).content.decode()
    assert all(text in words for text in ("高新区管委会", "潞州区", "旧文", "新文", "陶都"))


@pytest.mark.parametrize("level", [Level.POTENTIAL, None])
def test_a_town_that_is_not_published_is_404_and_not_listed(client: Client, level: Level | None) -> None:
    town = TownFactory.create(name="潜力镇")
    if level:
        LevelRecordFactory.create(town=town, level=level)
    assert client.get(reverse("public:town", args=[town.code])).status_code == 404
    assert client.get(reverse("public:town", args=["no-such-town"])).status_code == 404
    assert "潜力镇" not in client.get(reverse("public:towns")).content.decode()
    assert "潜力镇" not in client.get("/").content.decode()


@pytest.mark.parametrize("name", ["public:home", "public:plan", "public:towns"])
def test_queries_do_not_grow_with_rows(client: Client, name: str) -> None:
    plan = small_plan()
    LevelRecordFactory.create()
    few = queries(client, reverse(name))
    more_rows(plan)
    assert queries(client, reverse(name)) == few


def test_schematic_places_territories_and_leaves_gaps() -> None:
    west = TerritoryFactory.create(grid_row=1, grid_column=1)
    east = TerritoryFactory.create(grid_row=2, grid_column=3)
    unplaced = TerritoryFactory.create(grid_row=0, grid_column=0)
    grid = schematic([west, east, unplaced], {west.pk: 2})
    assert [[cell and cell.territory for cell in row] for row in grid] == [[west, None, None], [None, None, east]]
    assert [cell.towns for row in grid for cell in row if cell] == [2, 0]
