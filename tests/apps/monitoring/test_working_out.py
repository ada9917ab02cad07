"""Derived and computed cells follow what they are made of; only what changed is written; sums follow the cells."""

import datetime
from collections.abc import Iterator
from copy import deepcopy
from decimal import Decimal
from typing import Any
from unittest.mock import patch

import pytest
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spectown.core.monitoring.checking import check
from spectown.core.periods import of_code, of_ordinal
from spectown.monitoring import working_out
from spectown.monitoring.catalogue import plan_data
from spectown.monitoring.firmsums import enterprise_sums
from spectown.monitoring.models import Cell, CellVersion, Overlap, Sheet, Spread, Tally
from spectown.monitoring.panels import panel_of, periods_needed
from spectown.monitoring.services.certifying import answer
from spectown.monitoring.services.filling import Entry, save_cells
from spectown.monitoring.tallying import retally
from spectown.monitoring.working_out import follow, refresh, work_out
from spectown.monitoring.writing import Change
from tests import factories
from tests.apps.monitoring.world import CLOSES, OPENS, World, on
from tests.kept_rows import kept_rows

pytestmark = pytest.mark.django_db
OCTOBER = of_code("2026-10")
SUMS = ("indicator__code", "ordinal", "territory", "category", "level", "total", "figures", "unfit", "certified")


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """One for all tests of the module."""
    with kept_rows(django_db_blocker):
        yield World()


@pytest.fixture
def world(built: World, db: None) -> World:
    return deepcopy(built)


def fill(world: World, number: int = 0, **raw: str) -> None:
    with on(OPENS):
        save_cells(sheet=world.sheet(number), entries={k: Entry(v) for k, v in raw.items()}, by=world.fill)


def sums() -> list[str]:
    spread = Spread.objects.values_list("indicator__code", "ordinal", "category", "figures")
    return sorted(repr(row) for row in [*Tally.objects.values_list(*SUMS), *spread])


@pytest.mark.data
def test_an_opened_period_has_the_figures_of_the_lists(world: World) -> None:
    cell = world.cell("entities")
    assert (cell.counts.shown, cell.origin, cell.sheet, cell.versions.get().by) == ("0", "list", None, None)
    factories.EnterpriseFactory.create(town=world.towns[0], above_scale=True)
    assert refresh(CLOSES + datetime.timedelta(1)) == 0, "the period is over: its figures stay"
    assert refresh(CLOSES) == 3  # entities, above_scale, their share
    assert [world.cell(code).counts.shown for code in ("entities", "above_scale", "above_scale_share")] == [
        "1",
        "1",
        "100",
    ]
    assert world.cell("entities").versions.count() == 2
    before = CellVersion.objects.count()
    assert work_out(OCTOBER) == 0
    assert CellVersion.objects.count() == before
    total = Tally.objects.filter(indicator__code="entities").aggregate(n=Sum("total"), towns=Sum("figures"))
    assert total == {"n": 1, "towns": 2}


def test_what_is_computed_follows_a_save_and_a_bureau(world: World) -> None:
    fill(world, output="120", jobs="60")
    cell = world.cell("output_per_job")
    assert (cell.counts.shown, cell.origin, cell.sheet) == ("2", "formula", None)
    assert not Cell.objects.filter(indicator__code="output_ytd").exists(), "the months before are 未报"
    fill(world, output="120")
    assert world.cell("output_per_job").versions.count() == 1, "nothing changed"
    fill(world, output="")
    assert world.cell("output_per_job").counts.kind == "missing"
    with on(OPENS):
        world.sent(output="120", jobs="60", jobs_new="1")
        answer(cell=world.cell("output"), code="differ", by=world.bureaus["tongji"], raw="90", reason="联网直报数")
    assert world.cell("output_per_job").counts.shown == "1.5"
    tally = Tally.objects.get(indicator__code="output")
    assert (tally.total, tally.figures, tally.certified) == (Decimal(90), 1, 1)


def test_a_later_period_is_worked_out_again_and_nothing_else(world: World) -> None:
    town = world.towns[0]
    indicator = world.cell("entities").indicator.__class__.objects.get(code="output")
    for month in range(1, 10):
        old = factories.CellFactory.create(town=town, indicator=indicator, ordinal=20260001 + month * 100, number=month)
    fill(world, output="10")
    assert world.cell("output_ytd").counts.number == 55
    assert not Cell.objects.filter(indicator__code="output_ytd", ordinal__lt=20261001).exists()
    old.number = Decimal(109)
    old.save()
    seen: list[Change] = []
    with patch.object(working_out, "write", side_effect=seen.extend):
        follow([town], {("output", of_ordinal(old.ordinal))})
    assert {(each.code, each.ordinal) for each in seen if each.number is not None} == {
        ("output_ytd", 20260901),
        ("output_ytd", 20261001),
    }


def test_a_quarter_reads_its_months(world: World) -> None:
    town, quarter = world.towns[0], of_code("2026-Q3")
    codes = {row.code: row for row in world.cell("entities").indicator.__class__.objects.all()}
    for month in (7, 8, 9):
        factories.CellFactory.create(
            town=town, indicator=codes["sales"], ordinal=20260001 + month * 100, number=100 * month
        )
    factories.CellFactory.create(town=town, indicator=codes["rd_spend"], ordinal=quarter.ordinal, number=48)
    follow([town], {("rd_spend", quarter)})
    assert Cell.objects.get(indicator__code="rd_intensity").counts.shown == "2"
    assert {of_code("2026-07"), of_code("2025-09")} <= set(periods_needed(quarter))


@pytest.mark.data
def test_an_enterprise_of_two_towns_is_kept_as_shared(world: World) -> None:
    firm = factories.EnterpriseFactory.create(town=world.towns[0])
    factories.TownMembershipFactory.create(enterprise=firm, town=world.towns[1])
    work_out(OCTOBER)
    work_out(OCTOBER)
    shared = Overlap.objects.get(indicator__code="entities")
    assert (sorted(shared.towns), shared.number) == (sorted(town.pk for town in world.towns), 1)


def test_figures_of_a_year_are_compared_with_the_sum_of_the_enterprises(world: World) -> None:
    town, december = world.towns[0], of_code("2026-12")
    for output in (400, 500):
        factories.EnterpriseYearFactory.create(enterprise__town=town, year=2026, output=output)
    factories.EnterpriseYearFactory.create(enterprise__town=town, year=2025, output=7000)
    column = enterprise_sums(world.towns, [december])["output_ytd", december]
    assert [column.value(place).shown for place in range(2)] == ["900", "未报"]
    assert enterprise_sums(world.towns, [OCTOBER]) == {}
    codes = {row.code: row for row in world.cell("entities").indicator.__class__.objects.all()}
    factories.CellFactory.create(town=town, indicator=codes["output_ytd"], ordinal=december.ordinal, number=2000)
    panel = panel_of(world.towns, [december])
    others = {"enterprises": enterprise_sums(world.towns, [december])}
    data = plan_data()
    found = check(
        data.rules, data.catalogue, type(panel)(panel.towns, panel.categories, panel.columns, others), december
    )
    assert [f.town for f in found.findings if f.rule == "to_enterprises"] == [0]


SAVES = st.lists(
    st.tuples(
        st.integers(0, 1), st.sampled_from(["output", "tax", "exports"]), st.sampled_from(["5", "0", "", "不适用"])
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(saves=SAVES)
def test_sums_after_any_saves_are_those_from_scratch(world: World, saves: list[tuple[int, str, str]]) -> None:
    for number, code, raw in saves:
        fill(world, number, **{code: raw})
    kept = sums()
    Tally.objects.all().delete()
    Spread.objects.all().delete()
    retally(OCTOBER.ordinal)
    assert sums() == kept


def test_a_town_that_moves_takes_its_sums_along(world: World) -> None:
    fill(world, output="10")
    fill(world, 1, output="20")
    Sheet.objects.update(sent_on=OPENS)
    world.towns[1].category = "tourism"
    world.towns[1].save()
    refresh(CLOSES)
    rows = Tally.objects.filter(indicator__code="output").order_by("total").values_list("category", "total")
    assert list(rows) == [(world.towns[0].category, Decimal(10)), ("tourism", Decimal(20))]
