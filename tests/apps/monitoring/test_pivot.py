"""The pivot: sums by county, category, level, town; ratios from their inputs; counts beside; the way to the cells."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spectown.accounts.permissions import Role
from spectown.core.periods import of_code
from spectown.lib.refusal import Refused
from spectown.monitoring.catalogue import keep_indicators
from spectown.monitoring.models import Cell, Indicator, Spread
from spectown.monitoring.pivot import ALL, Ask, Axis, Pivot, behind, pivot
from spectown.monitoring.tallying import retally
from spectown.monitoring.working_out import follow, work_out
from spectown.organisations.actors import Actor
from spectown.towns.models import Town
from tests import factories
from tests.monitoring_factories import monitored_plan

pytestmark = pytest.mark.django_db
SEPTEMBER, OCTOBER = of_code("2026-09"), of_code("2026-10")


class City:
    """Two counties: one with two towns of two categories, one with one; figures as they are put."""

    def __init__(self) -> None:
        monitored_plan()
        keep_indicators()
        self.counties = factories.TerritoryFactory.create_batch(2)
        places = ((0, "food"), (0, "tourism"), (1, "food"))
        self.towns: list[Town] = [
            factories.TownFactory.create(territory=self.counties[n], category=category) for n, category in places
        ]
        self.office: Actor = factories.actor(Role.OFFICE)

    def put(self, code: str, *numbers: int | None, period: Any = OCTOBER, **more: Any) -> None:
        """Figures of the towns in order: None is 未报, -1 不适用."""
        indicator = Indicator.objects.get(code=code)
        for town, number in zip(self.towns, numbers, strict=True):
            if number is not None:
                held = {"kind": 1, "number": None} if number < 0 else {"kind": 2, "number": number}
                Cell.objects.update_or_create(
                    town=town, indicator=indicator, ordinal=period.ordinal, defaults={**held, **more}
                )
        follow(self.towns, {(code, period)})

    def ask(self, rows: Axis, columns: Axis, *codes: str, by: Actor | None = None, **more: Any) -> Pivot:
        periods = more.pop("periods", (OCTOBER,))
        return pivot(Ask(rows, columns, codes, periods, more.get("only", {})), by or self.office)


@pytest.fixture
def city() -> City:
    return City()


def shown(found: Pivot) -> dict[tuple[str, str], str]:
    return {key: figure.value.shown for key, figure in found.figures.items()}


def test_sums_by_county_with_how_many_towns_stand_behind_them(city: City) -> None:
    city.put("output", 100, 200, -1)
    city.put("output", None, 250, None, state="differs", certified_kind=2, certified=Decimal(250))
    first, second = (str(county.pk) for county in city.counties)
    found = city.ask(Axis.COUNTY, Axis.INDICATOR, "output", "tax")
    assert shown(found) == {
        (first, "output"): "350",
        (second, "output"): "不适用",
        (ALL, "output"): "350",
        **{(row, "tax"): "未报" for row in (first, second, ALL)},
    }
    assert (found.rows, found.columns) == ([first, second, ALL], ["output", "tax"])
    whole = found.figures[ALL, "output"]
    assert (whole.expected, whole.figures, whole.unfit, whole.missing, whole.certified) == (3, 2, 1, 0, 1)
    assert found.figures[first, "tax"].missing == 2
    visitors = city.ask(Axis.COUNTY, Axis.INDICATOR, "visitors").figures[ALL, "visitors"]
    assert visitors.expected == 1, "only towns of the categories that are asked"
    assert shown(city.ask(Axis.COUNTY, Axis.CATEGORY, "output"))[first, "tourism"] == "250"
    assert shown(city.ask(Axis.COUNTY, Axis.CATEGORY, "output"))[ALL, "food"] == "100"


def test_figures_of_a_category_are_kept_in_order_as_they_count(city: City) -> None:
    city.put("output", 100, 7, -1)
    city.put("output", None, 7, 9, state="differs", certified_kind=2, certified=Decimal("20.50"))
    kept = Spread.objects.filter(indicator__code="output").values_list("category", "figures")
    assert dict(kept) == {"food": "20.5 100", "tourism": "20.5"}


def test_a_ratio_comes_from_the_sums_and_says_where_its_inputs_are_uneven(city: City) -> None:
    city.put("output", 100, 300, None)
    city.put("jobs", 10, 90, None)
    figure = city.ask(Axis.COUNTY, Axis.INDICATOR, "output_per_job").figures[ALL, "output_per_job"]
    assert (figure.value.shown, figure.figures, figure.note) == ("4", 2, "")  # 400 / 100; the mean would be 6.67
    city.put("output", 100, 300, 600)
    figure = city.ask(Axis.COUNTY, Axis.INDICATOR, "output_per_job").figures[ALL, "output_per_job"]
    assert (figure.value.shown, figure.note) == ("10", "分子、分母的填报镇数不同")
    year = of_code("2026")
    city.put("quality_rate", 90, 70, None, period=year)
    rates = city.ask(Axis.TOWN, Axis.INDICATOR, "quality_rate", periods=(year,))
    assert rates.figures[str(city.towns[0].pk), "quality_rate"].value.shown == "90"
    assert rates.figures[ALL, "quality_rate"].value.reason == "比率和文字不能相加"


def test_months_side_by_side_or_in_one_figure(city: City) -> None:
    for period, numbers in ((SEPTEMBER, (1, 2, 3)), (OCTOBER, (10, 20, 30))):
        city.put("output", *numbers, period=period)
        city.put("jobs", *numbers, period=period)
    both = (SEPTEMBER, OCTOBER)
    food: dict[str, Any] = {"only": {Axis.CATEGORY: frozenset({"food"})}, "periods": both}
    assert shown(city.ask(Axis.CATEGORY, Axis.PERIOD, "output", **food)) == {
        ("food", "2026-09"): "4",
        ("food", "2026-10"): "40",
        (ALL, "2026-09"): "4",
        (ALL, "2026-10"): "40",
    }
    year = city.ask(Axis.CATEGORY, Axis.INDICATOR, "output", "jobs", **food)
    assert (shown(year)[ALL, "output"], shown(year)[ALL, "jobs"]) == ("44", "40"), "a stock is taken at the end"
    assert year.figures[ALL, "output"].expected == 4


@pytest.mark.data
def test_an_enterprise_of_two_towns_counts_once_in_the_county_and_the_city(city: City) -> None:
    firm = factories.EnterpriseFactory.create(town=city.towns[0])
    for town in city.towns[1:]:
        factories.TownMembershipFactory.create(enterprise=firm, town=town)
    factories.EnterpriseFactory.create(town=city.towns[2])
    work_out(OCTOBER)
    first, second = (str(county.pk) for county in city.counties)
    found = shown(city.ask(Axis.COUNTY, Axis.INDICATOR, "entities"))
    assert found == {(first, "entities"): "1", (second, "entities"): "2", (ALL, "entities"): "2"}
    towns = shown(city.ask(Axis.TOWN, Axis.INDICATOR, "entities"))
    assert [towns[str(town.pk), "entities"] for town in city.towns] == ["1", "1", "2"]
    assert towns[ALL, "entities"] == "2"


def test_every_figure_leads_to_its_cells(city: City) -> None:
    city.put("output", 100, 300, 600)
    city.put("output", 1, 2, 3, period=SEPTEMBER)
    city.put("jobs", 10, 90, 50)
    ask = Ask(Axis.COUNTY, Axis.INDICATOR, ("output", "output_per_job"), (SEPTEMBER, OCTOBER))
    first = str(city.counties[0].pk)
    cells = list(behind(ask, first, "output", city.office))
    assert (
        sum(cell.counts.number or 0 for cell in cells)
        == 403
        == pivot(ask, city.office).figures[first, "output"].value.number
    )
    codes = {(cell.indicator.code, cell.ordinal) for cell in behind(ask, ALL, "output_per_job", city.office)}
    assert codes == {(code, OCTOBER.ordinal) for code in ("output", "jobs", "output_per_job")}


@pytest.mark.data
def test_a_county_sees_the_sums_of_its_own_towns_alone(city: City) -> None:
    city.put("output", 100, 300, 600)
    unit = factories.UnitFactory.create(territory=city.counties[0])
    county = factories.actor(Role.COUNTY_FILL, unit=unit)
    found = city.ask(Axis.COUNTY, Axis.INDICATOR, "output", by=county)
    assert shown(found) == {(str(city.counties[0].pk), "output"): "400", (ALL, "output"): "400"}
    ask = Ask(Axis.COUNTY, Axis.INDICATOR, ("output",), (OCTOBER,))
    assert behind(ask, ALL, "output", county).count() == 2


def test_questions_that_have_no_answer_are_refused(city: City) -> None:
    for rows, columns, codes, words in (
        (Axis.COUNTY, Axis.COUNTY, ("output",), "不同"),
        (Axis.COUNTY, Axis.PERIOD, ("output", "tax"), "一次只能看一个指标"),
        (Axis.COUNTY, Axis.INDICATOR, ("nothing",), "没有指标 nothing"),
        (Axis.COUNTY, Axis.INDICATOR, (), "至少选一个指标"),
    ):
        with pytest.raises(Refused, match=words):
            city.ask(rows, columns, *codes)


def test_the_number_of_queries_does_not_grow(city: City) -> None:
    city.put("output", 1, 2, 3)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            city.ask(Axis.COUNTY, Axis.INDICATOR, "output", "tax", "output_per_job")
        counts.append(len(queries))
        for category in ("food", "tourism"):
            city.towns.append(
                factories.TownFactory.create(territory=factories.TerritoryFactory.create(), category=category)
            )
        city.put("output", *range(len(city.towns)))
    assert counts[0] == counts[1] <= 6


@pytest.mark.data
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(numbers=st.lists(st.tuples(*[st.sampled_from([None, -1, 0, 7])] * 3), min_size=1, max_size=3))
def test_kept_sums_and_cells_say_the_same(city: City, numbers: list[tuple[int | None, ...]]) -> None:
    for row in numbers:
        city.put("output", *row)
    for category in ("food", "tourism"):
        only: dict[str, Any] = {"only": {Axis.CATEGORY: frozenset({category})}}
        by_town = city.ask(Axis.TOWN, Axis.INDICATOR, "output", **only).figures[ALL, "output"]
        assert by_town == city.ask(Axis.LEVEL, Axis.INDICATOR, "output", **only).figures[ALL, "output"]
    retally(OCTOBER.ordinal)
    kept = city.ask(Axis.COUNTY, Axis.INDICATOR, "output").figures[ALL, "output"]
    assert kept == city.ask(Axis.TOWN, Axis.INDICATOR, "output").figures[ALL, "output"]
