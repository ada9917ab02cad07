"""Days of a calendar as text, both ways."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spectown.core.calendartext import DaysFault, read_days, write_days

DAYS = st.dictionaries(
    st.integers(0, 364).map(lambda n: date(2027, 1, 1) + timedelta(n)), st.sampled_from(["", "元旦", "春节"])
)


@given(DAYS)
def test_what_is_written_is_read_back(days: dict[date, str]) -> None:
    assert read_days(write_days(days), 2027) == days


def test_a_run_is_one_line() -> None:
    days = {date(2027, 2, day): "春节" for day in range(6, 13)}
    assert write_days({**days, date(2027, 1, 1): "元旦"}) == "2027-01-01 元旦\n2027-02-06 至 2027-02-12 春节"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("元旦", "请写成"),
        ("2027-02-30 春节", "没有 2027-02-30 这一天"),
        ("2027-02-12 至 2027-02-06 春节", "起止日期不对"),
        ("2027-02-06 至 2027-10-06 春节", "起止日期不对"),
        ("2026-12-31 元旦", "不在 2027 年"),
        ("2027-01-01 元旦\n2027-01-01 元旦", "写了两次"),
    ],
)
def test_what_cannot_be_read_is_said(text: str, why: str) -> None:
    with pytest.raises(DaysFault, match=why):
        read_days(text, 2027)
