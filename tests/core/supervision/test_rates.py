"""办理情况: cases that an official can read, and what holds for all of them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spectown.core.periods import Every, Period, before, period_of
from spectown.core.supervision.rates import Item, figures, grouped, moved, ranks
from tests.core.supervision.data import CALENDAR, cases

DAYS = st.dates(date(2025, 12, 1), date(2027, 1, 31))
items = st.builds(Item, st.none() | DAYS, st.none() | DAYS, st.none() | DAYS)
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


@pytest.mark.parametrize("case", cases("rates.yaml"))
def test_figures(case: dict[str, Any]) -> None:
    found = figures([Item(*each) for each in case["items"]], FIRST, case.get("last", LAST), CALENDAR)
    for name, value in case["expect"].items():
        wanted = Decimal(value) if isinstance(value, str) else value
        assert getattr(found, name) == wanted, name


@given(st.lists(items, max_size=12), DAYS, st.integers(0, 100))
def test_parts_make_the_whole(found: list[Item], first: date, length: int) -> None:
    last = date.fromordinal(first.toordinal() + length)
    all_ = figures(found, first, last, CALENDAR)
    assert all_.on_time + all_.late + all_.open == all_.due
    assert (all_.rate is None) == (all_.due == 0)
    assert all_.rate is None or 0 <= all_.rate <= 100
    parts = grouped([(number % 3, each) for number, each in enumerate(found)], first, last, CALENDAR).values()
    for name in ("due", "on_time", "late", "open", "overdue", "finished"):
        assert sum(getattr(part, name) for part in parts) == getattr(all_, name)


@given(st.lists(items, max_size=12), DAYS)
def test_what_happens_later_does_not_change_a_past_period(found: list[Item], last: date) -> None:
    """Handed in after the end is the same as not handed in."""
    first = date.fromordinal(last.toordinal() - 30)
    blind = [Item(i.deadline, i.started, None if i.done and i.done > last else i.done) for i in found]
    assert figures(found, first, last, CALENDAR) == figures(blind, first, last, CALENDAR)


def test_equal_rates_share_a_place_and_nothing_due_has_none() -> None:
    rates = {
        "潞州区": Decimal("96.5"),
        "上党区": Decimal("92.0"),
        "襄垣县": Decimal("92.0"),
        "沁县": Decimal(0),
        "沁源县": None,
    }
    assert ranks(rates) == {"潞州区": 1, "上党区": 2, "襄垣县": 2, "沁县": 4}
    assert [moved(1, 2), moved(4, 1), moved(2, 2), moved(None, 1), moved(1, None)] == ["升1位", "降3位", "持平", "", ""]


@pytest.mark.parametrize(
    ("period", "code", "first", "last", "earlier"),
    [
        (Period((2026, 11)), "2026-11", date(2026, 11, 1), LAST, "2026-10"),
        (Period((2026, 1)), "2026-01", date(2026, 1, 1), date(2026, 1, 31), "2025-12"),
        (Period((2026, 12), 3), "2026-Q4", date(2026, 10, 1), date(2026, 12, 31), "2026-Q3"),
        (Period((2026, 3), 3), "2026-Q1", date(2026, 1, 1), date(2026, 3, 31), "2025-Q4"),
        (Period((2024, 2)), "2024-02", date(2024, 2, 1), date(2024, 2, 29), "2024-01"),
    ],
)
def test_a_period_has_its_days(period: Period, code: str, first: date, last: date, earlier: str) -> None:
    assert (period.code, period.days, before(period).code) == (code, (first, last), earlier)


@given(DAYS, st.sampled_from(Every))
def test_periods_follow_each_other_without_a_gap(day: date, every: Every) -> None:
    period = period_of(day, every)
    assert period.days[0] <= day <= period.days[1]
    assert before(period).days[1].toordinal() + 1 == period.days[0].toordinal()
