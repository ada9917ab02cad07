"""Months in words."""

import pytest

from spectown.core.projects.months import words


@pytest.mark.parametrize(
    ("months", "said"),
    [
        ([], ""),
        ([3], "3月"),
        ([3, 4], "3—4月"),
        (range(1, 11), "1—10月"),
        ([1, 2, 3, 5, 7, 8], "1—3月、5月、7—8月"),
        ([5, 3], "3月、5月"),
    ],
)
def test_months_that_run_on_are_drawn_together(months: list[int], said: str) -> None:
    assert words(months) == said
