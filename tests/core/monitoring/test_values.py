"""Cells, kinds of value, thresholds, periods."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spectown.core.monitoring.values import MISSING, NOT_APPLICABLE, figure, read_text, read_value
from spectown.core.numbers import Unreadable
from spectown.core.periods import (
    Every,
    Period,
    before,
    containing,
    moved,
    of_code,
    of_ordinal,
    parts,
    period_of,
    periods,
    so_far,
    year_ago,
)
from tests.core.monitoring.data import cases, catalogue, entry, value


@pytest.mark.parametrize("case", cases("cells.yaml"))
def test_a_cell_is_read(case: dict[str, Any]) -> None:
    about = (case["raw"], case["unit"], case.get("decimals", 0))
    if "refused" in case:
        with pytest.raises(Unreadable, match=case["refused"]):
            read_value(*about, signed=case.get("signed", False))
    else:
        assert read_value(*about, signed=case.get("signed", False)) == value(case["expect"])


@given(st.decimals(0, 10**11, places=2))
def test_what_is_shown_is_read_the_same(number: Decimal) -> None:
    assert read_value(figure(number).shown, "万元", 2) == figure(number)


def test_texts() -> None:
    assert read_text(None) == read_text("未报") == MISSING
    assert read_text(" 新开两条生产线 ").shown == "新开两条生产线"
    with pytest.raises(Unreadable, match="应不超过 500 字"):
        read_text("字" * 501)


@pytest.mark.parametrize(
    ("direction", "number", "level"),
    [("up", 10, "green"), ("up", 9, "yellow"), ("up", 4, "red"), ("down", 4, "green"), ("down", 6, "yellow"),
     ("down", 11, "red")],
)  # fmt: skip
def test_a_light_is_by_the_thresholds(direction: str, number: int, level: str) -> None:
    warn, good = (5, 10) if direction == "up" else (10, 5)
    known = catalogue(entry("fresh", "新", direction=direction, warn=warn, good=good))
    indicator = known.versions["fresh"][0]
    assert indicator.light(figure(number)).level == level
    assert (indicator.light(MISSING).level, indicator.light(NOT_APPLICABLE).level) == ("grey", "none")


every = st.sampled_from(Every)
some = st.builds(period_of, st.dates(date(2001, 1, 1), date(2099, 12, 31)), every)


@given(some)
def test_a_period_is_told_by_code_and_number(period: Period) -> None:
    assert of_code(period.code) == of_ordinal(period.ordinal) == period
    assert before(moved(period, 1)) == moved(before(period), 1) == period
    assert year_ago(period) == moved(period, -12 // period.months)


@given(some, some)
def test_numbers_are_ordered_as_periods(one: Period, other: Period) -> None:
    assert (one < other) == (one.ordinal < other.ordinal)
    assert one.contains(other) == (one.days[0] <= other.days[0] and other.days[1] <= one.days[1])


@given(some, every)
def test_parts_make_the_whole(period: Period, length: Every) -> None:
    found = parts(period, length)
    assert sum(each.months for each in found) == (period.months if length.months <= period.months else 0)
    assert all(period.contains(each) for each in found)
    assert containing(period, Every.YEAR).contains(period)


def test_periods_have_words() -> None:
    labels = ["2026年11月", "2026年第4季度", "2026年上半年", "2026年下半年", "2026年"]
    codes = ["2026-11", "2026-Q4", "2026-H1", "2026-H2", "2026"]
    assert [of_code(code).label for code in codes] == labels
    assert sorted(of_code(code) for code in ["2026", "2026-Q4", "2026-12", "2026-H2", "2026-Q3"]) == [
        of_code(code) for code in ["2026-Q3", "2026-12", "2026-Q4", "2026-H2", "2026"]
    ]
    assert [each.code for each in so_far(of_code("2026-Q3"))] == ["2026-Q1", "2026-Q2", "2026-Q3"]
    assert len(periods(date(2025, 1, 1), date(2026, 12, 31), Every.HALF)) == 4
    for wrong in ("2026-00", "2026-13", "2026-Q5", "26-01", "2026年"):
        with pytest.raises(ValueError, match="期应写作"):
            of_code(wrong)
