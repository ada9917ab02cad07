"""Targets: reached, short of, or not known."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spectown.core.attainment import Verdict, attainment

NUMBER = st.integers(0, 1000).map(Decimal)


@pytest.mark.parametrize(
    ("comparator", "low", "high", "actual", "verdict", "gap"),
    [
        (">=", 30, 30, 10, Verdict.SHORT, 20),
        (">=", 30, 30, 30, Verdict.ATTAINED, 0),
        (">", 30, 30, 30, Verdict.SHORT, 0),
        ("range", 3, 5, 2, Verdict.SHORT, 1),
        ("range", 3, 5, 3, Verdict.ATTAINED, 0),
        ("range", 3, 5, 9, Verdict.ATTAINED, 0),
        ("=", 10, 10, 12, Verdict.ATTAINED, 0),
        ("<=", 5, 5, 6, Verdict.SHORT, 1),
        ("<", 5, 5, 5, Verdict.SHORT, 0),
        ("<=", 5, 5, 5, Verdict.ATTAINED, 0),
    ],
)
def test_cases(comparator: str, low: int, high: int, actual: int, verdict: Verdict, gap: int) -> None:
    found = attainment(comparator, Decimal(low), Decimal(high), Decimal(actual))
    assert (found.verdict, found.gap) == (verdict, Decimal(gap))


def test_no_actual_is_never_short() -> None:
    assert attainment(">=", Decimal(30), Decimal(30), None).verdict == Verdict.UNKNOWN


@given(NUMBER, NUMBER, NUMBER)
def test_more_never_turns_attained_into_short(low: Decimal, actual: Decimal, more: Decimal) -> None:
    if attainment(">=", low, low, actual).verdict == Verdict.ATTAINED:
        assert attainment(">=", low, low, actual + more).verdict == Verdict.ATTAINED
