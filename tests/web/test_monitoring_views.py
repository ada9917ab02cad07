"""Views of monitoring: series, one town, counties, targets, one figure; each as a file; queries do not grow."""

import datetime
import json
from collections.abc import Iterator
from copy import deepcopy
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from spectown.accounts.permissions import Role
from spectown.monitoring.models import Cell, Indicator, Overlap
from spectown.monitoring.pivot import Ask, Axis, pivot
from spectown.monitoring.tallying import retally
from spectown.plans.models import PlanVersion
from spectown.towns.models import Town
from tests import factories
from tests.apps.monitoring.world import OPENS, World, on
from tests.kept_rows import kept_rows
from tests.web.test_monitoring import client, page

pytestmark = pytest.mark.django_db
VIEWS = ["table", "series", "counties", "pivot", "missing", "targets"]


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """One for all tests of the module, its month sent."""
    with kept_rows(django_db_blocker):
        made = World()
        with on(OPENS):
            made.sent(output="60")
            made.sent(1, output="40")
        yield made


@pytest.fixture
def world(built: World, db: None) -> World:
    return deepcopy(built)


@pytest.fixture
def office(world: World) -> Client:
    return client(world, Role.OFFICE)


def earlier(world: World, number: int, **more: Any) -> None:
    output = Indicator.objects.get(code="output")
    for town in world.towns:
        factories.CellFactory.create(town=town, indicator=output, number=number, **more)


def test_a_series_tells_its_states_and_leads_to_each_figure(world: World, office: Client) -> None:
    with on(OPENS):
        earlier(world, 20, ordinal=20260801)
        earlier(world, 10, ordinal=20251001)
        first = world.towns[0]
        text = page(office, "series", i="output", p=["all", f"t{first.pk}"], year="1")
        cell = world.cell("output")
        assert reverse("monitoring:value", args=[cell.pk]) in text
        assert "row=*&amp;column=2026-10" in text
        assert "同比 +500.0%" in text
        chart = json.loads(text.partition('data-chart="')[2].partition('"')[0].replace("&quot;", '"'))
        lines = {line["name"]: line["pieces"][0] for line in chart["lines"]}
        assert lines[first.name]["values"][-1] == 60.0
        assert lines[first.name]["values"][-2] is None, "September is missing: the line is interrupted"
        assert lines[first.name]["symbols"][-1] == "hollow"
        assert first.name not in page(factories.client_for(Role.COUNTY_FILL), "series", p=f"t{first.pk}")
        assert "走势" in page(office, "history", world.sheet().pk, "output")


def test_a_pivot_leads_to_the_series_of_each_row_column_and_figure(world: World, office: Client) -> None:
    first = world.towns[0]
    Town.objects.filter(pk=world.towns[1].pk).update(category="food")
    with on(OPENS):
        retally(20261001)
        county = world.county.territory
        assert county is not None
        text = page(office, "pivot", i="output", rows="territory", columns="category", category=first.category)
        series = reverse("monitoring:series")
        limited = f"category={first.category}"
        assert f'"{series}?i=output&amp;p=c{county.pk}&amp;{limited}" title="看走势"' in text, "a row"
        assert f'"{series}?i=output&amp;p=all&amp;{limited}" title="看走势"' in text, "a column"
        assert f'"{series}?i=tax&amp;p=t{first.pk}"' in page(
            office, "pivot_cells", i=["output", "tax"], rows="town", columns="indicator", row=first.pk, column="tax"
        )
        assert (
            f'"{series}?i='
            not in page(office, "pivot", i="output", rows="period", columns="level").partition("<tbody")[2]
        )
        text = page(office, "series", i="output", p=["all", f"t{first.pk}"], category=first.category)
        assert f"column=2026-10&amp;{limited}" in text, "a sum leads to the cells of this category alone"
        sums = json.loads(text.partition('data-chart="')[2].partition('"')[0].replace("&quot;", '"'))["lines"][0]
        assert sums["pieces"][0]["values"] == [60.0], "the other category is left out"


def test_a_small_line_beside_a_large_one_has_a_panel_of_its_own(world: World, office: Client) -> None:
    with on(OPENS):
        first = world.towns[0]
        Cell.objects.filter(indicator__code="output", town=world.towns[1]).update(number=60_000)
        text = page(office, "series", i="output", p=[f"t{town.pk}" for town in world.towns])
        chart = json.loads(text.partition('data-chart="')[2].partition('"')[0].replace("&quot;", '"'))
        assert {line["name"]: line["below"] for line in chart["lines"]} == {
            first.name: True,
            world.towns[1].name: False,
        }
        assert "各用各的刻度" in text


def test_a_figure_is_followed_to_its_sheet_its_formula_and_its_list(world: World, office: Client) -> None:
    with on(OPENS):
        filled = office.get(reverse("monitoring:value", args=[world.cell("output").pk]), follow=True)
        text = filled.content.decode()
        assert filled.redirect_chain == [(reverse("monitoring:history", args=[world.sheet().pk, "output"]), 302)]
        assert reverse("monitoring:sheet", args=[world.sheet().pk]) in text
        assert world.fill.name in text
        text = page(office, "value", world.cell("output_per_job").pk)
        assert "怎样算出" in text
        assert reverse("monitoring:value", args=[world.cell("output").pk]) in text
        assert "企业" in page(office, "value", world.cell("entities").pk)


def test_one_town_says_what_is_missing_and_where_it_stands(world: World, office: Client) -> None:
    town = world.towns[0]
    peer = world.towns[1]
    with on(OPENS):
        Town.objects.filter(pk=peer.pk).update(category=town.category)
        text = page(office, "town", town.code)
        assert "第 1/2 位" in text
        assert reverse("monitoring:value", args=[world.cell("output").pk]) in text
        assert reverse("towns:town", args=[town.code]) in text
        assert (
            reverse("monitoring:town", args=[town.code])
            in office.get(reverse("towns:town", args=[town.code])).content.decode()
        )
        Cell.objects.filter(pk=world.cell("tax").pk).update(kind=0, number=None)
        assert f"{reverse('monitoring:sheet', args=[world.sheet().pk])}#v-tax" in page(office, "town", town.code)
        assert (
            factories.client_for(Role.COUNTY_FILL).get(reverse("monitoring:town", args=[town.code])).status_code == 404
        )


def test_an_enterprise_of_two_towns_counts_once_and_the_difference_is_told(world: World, office: Client) -> None:
    with on(OPENS):
        entities = Indicator.objects.get(code="entities")
        entities.cells.filter(ordinal=20261001).update(kind=2, number=5)
        pks = sorted(town.pk for town in world.towns)
        Overlap.objects.create(indicator=entities, ordinal=20261001, towns=pks, number=3)
        period = world.sheet().form_period.period
        by = factories.actor(Role.COUNTY_FILL, unit=world.county)
        figure = pivot(Ask(Axis.COUNTY, Axis.PERIOD, ("entities",), (period,)), by).figures["*", period.code]
        assert (figure.value.shown, figure.twice) == ("7", 3)
        own = client(world, Role.COUNTY_FILL)
        for name in ("counties", "table", "pivot"):
            text = page(own, name, i="entities")
            assert ">7</a>" in text
            assert "已扣重复 3" in text
        link = f"{reverse('monitoring:pivot_cells')}?rows=territory&columns=period&i=entities&year=2026&row=*"
        assert "共有 3 户" in own.get(f"{link}&column=2026-10").content.decode()


def test_targets_by_year_with_the_towns_behind(world: World, office: Client) -> None:
    version = PlanVersion.objects.current()
    assert version is not None
    clause = factories.ClauseFactory.create(version=version)
    more = {"version": version, "clause": clause, "level": "省级", "subject": "省级专业镇"}
    factories.TargetFactory.create(**more, comparator="range", values=["3", "5"])
    factories.LevelRecordFactory.create(town=world.towns[0], level="province", valid_from=datetime.date(2024, 6, 1))
    with on(OPENS):
        text = page(office, "targets")
        assert "还差 2" in text
        assert "低于区间" in text
        assert reverse("monitoring:target_towns", args=["province", 2025]) in text
        assert world.towns[0].name in page(office, "target_towns", "province", 2025)
        assert world.towns[0].name not in page(office, "target_towns", "province", 2023)
        assert office.get(reverse("monitoring:target_towns", args=["province", 2030])).status_code == 404


@pytest.mark.parametrize("name", [*VIEWS, "town"])
def test_every_view_is_taken_along_as_excel_and_as_picture(name: str, world: World, office: Client) -> None:
    url = reverse(f"monitoring:{name}", args=[world.towns[0].code] if name == "town" else [])
    version = PlanVersion.objects.current()
    factories.TargetFactory.create(clause=factories.ClauseFactory.create(version=version))
    with on(OPENS):
        taken = office.get(url, {"as": "xlsx"})
        picture = office.get(url, {"as": "png"})
    sheet = load_workbook(BytesIO(taken.content)).worksheets[0]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert any(text.startswith("来源:专镇通 监测—") for text in texts)
    assert any("制表日期:2026-11-03" in text for text in texts)
    assert picture["Content-Type"] == "image/png"
    assert picture.content[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(picture.content[16:20], "big") == 1080


def grown(world: World) -> None:
    """Another town of the county, with a month of its own."""
    with on(OPENS):
        town = factories.TownFactory.create(territory=world.county.territory, responsible_unit=world.county)
        output = Indicator.objects.get(code="output")
        for ordinal in (20261001, 20260901):
            factories.CellFactory.create(town=town, indicator=output, ordinal=ordinal, number=5)


@pytest.mark.parametrize("name", ["series", "counties", "targets", "target_towns", "town", "value"])
def test_queries_do_not_grow(name: str, world: World, office: Client, django_assert_max_num_queries: Any) -> None:
    args: dict[str, list[Any]] = {"town": [world.towns[0].code], "value": [world.cell("output_per_job").pk]}
    args["target_towns"] = ["province", 2026]
    with on(OPENS):
        page(office, name, *args.get(name, []))
        with django_assert_max_num_queries(45) as few:
            page(office, name, *args.get(name, []))
        grown(world)
        with django_assert_max_num_queries(len(few)):
            page(office, name, *args.get(name, []))
