"""A series: cut where the 口径 changed, in the unit of today; standing among peers; a small picture; sums compared."""

from decimal import Decimal

import pytest

from spectown.core.attainment import position, share
from spectown.core.monitoring.indicator import Direction
from spectown.core.monitoring.reading import read_catalogue
from spectown.core.monitoring.series import Point, cuts, in_todays_unit, pieces, points, uneven
from spectown.core.monitoring.standing import sparkline, standing
from spectown.core.monitoring.values import figure
from spectown.core.periods import of_code

FIRST = {
    "code": "output", "name": "产值", "definition": "镇内全部市场主体的产值,不含外镇",
    "group": "产出", "clause": "二(四)", "kind": "flow",
    "every": "month", "source": "tongji", "since": "2025-01", "unit": "万元", "decimals": 2,
}  # fmt: skip
CATALOGUE = read_catalogue(
    [
        FIRST,
        {**FIRST, "since": "2025-11", "unit": "亿元"},
        {**FIRST, "since": "2026-02", "unit": "亿元", "definition": "镇内规上企业的产值,不含其他"},
    ]
)
PERIODS = [of_code(code) for code in ("2025-10", "2025-11", "2025-12", "2026-01", "2026-02", "2026-03")]


def test_a_change_of_the_definition_cuts_the_line_and_one_of_the_unit_is_converted() -> None:
    broken = cuts(CATALOGUE.breaks("output", PERIODS[0], PERIODS[-1]), PERIODS)
    assert [(at, each.since.code) for at, each in broken] == [(4, "2026-02")]
    assert "口径自2026年2月起有变" in broken[0][1].sentence
    assert pieces(6, [4]) == [(0, 4), (4, 6)]
    assert pieces(3, []) == [(0, 3)]
    assert in_todays_unit(CATALOGUE, "output", PERIODS[0], figure("12345")).shown == "1.2345"
    assert in_todays_unit(CATALOGUE, "output", PERIODS[1], figure("2")).shown == "2"


def test_what_was_not_found_is_missing_and_sums_of_other_numbers_of_towns_are_not_compared() -> None:
    then, now = of_code("2025-01"), of_code("2026-01")
    found = {then: Point(then, figure("10000"), towns=5), now: Point(now, figure("2"), towns=5)}
    absent, told = points(CATALOGUE, "output", [of_code("2025-12"), now], found, compared=True)
    assert (absent.value.kind, absent.change.shown if absent.change else "") == ("missing", "—")
    assert told.change is not None
    assert told.change.shown == "+100.0%"
    found[now] = Point(now, figure("2"), towns=4)
    (told,) = points(CATALOGUE, "output", [now], found, compared=True)
    assert told.change is not None
    assert told.change.reason == "有数的镇数不同(本期 4 个,上年同期 5 个),合计不比"
    assert uneven(None, 3) == uneven(3, 3) == ""


@pytest.mark.parametrize(
    ("own", "figures", "direction", "shown"),
    [
        ("5", "1 5 9", Direction.UP, "第 2/3 位"),
        ("5", "1 5 9", Direction.DOWN, "第 2/3 位"),
        ("1", "1 5 9", Direction.DOWN, "第 1/3 位"),
        ("5", "5 5 9", Direction.NONE, "第 2/3 位"),
        ("10", "-2 9 10 10 10.5", Direction.UP, "第 2/5 位"),
        ("10", "-2 9 10 10 10.5", Direction.DOWN, "第 3/5 位"),
        (None, "5 9", Direction.UP, ""),
        ("5", "5", Direction.UP, ""),
    ],
)
def test_standing_among_peers(own: str | None, figures: str, direction: Direction, shown: str) -> None:
    found = standing(None if own is None else Decimal(own), figures.split(), direction)
    assert (found.shown if found else "") == shown


def test_a_small_picture_has_a_stretch_for_each_run_of_figures() -> None:
    one, two = Decimal(1), Decimal(2)
    assert len(sparkline([one, two, None, one])) == 2
    assert sparkline([one, None, None, two]) == []
    assert sparkline([one, one, one])[0].startswith("2.0,")


@pytest.mark.parametrize(
    ("comparator", "actual", "where", "percent"),
    [("range", "2", "below", "66.7"), ("range", "3", "within", "100.0"), ("range", "5", "within", "166.7"),
     ("range", "6", "above", "200.0"), (">=", "2", "", "66.7"), ("<=", "2", "", None), ("range", None, "", None)],
)  # fmt: skip
def test_where_an_actual_lies_of_a_range(comparator: str, actual: str | None, where: str, percent: str | None) -> None:
    number = None if actual is None else Decimal(actual)
    assert position(comparator, Decimal(3), Decimal(5), number) == where
    assert share(comparator, Decimal(3), Decimal(5), number) == (None if percent is None else Decimal(percent))
