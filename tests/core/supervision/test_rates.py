"""办理情况: cases that an official can read, and what holds for all of them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spectown.core.supervision.rates import Item, figures, grouped
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
