"""What holds for every table: monotone, unit-free, order-free, ties are ties."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from spectown.core.evaluation.drawing import Interval
from tests.core.evaluation.making import rows_of, scores_of

TABLES = st.tuples(st.integers(2, 12), st.integers(1, 5)).flatmap(
    lambda shape: arrays(float, shape, elements=st.integers(-1000, 1000).map(float))
)
METHODS = st.sampled_from(["minmax", "zscore", "rank", "percentile"])
ROBUST = {"draws": 400, "seed": 7, "normalisations": ["rank"], "missing": ["mean"]}


@given(TABLES, METHODS, st.data())
def test_more_is_never_worse(table: Any, method: str, data: st.DataObject) -> None:
    """Raising one value of a town never lowers its rank by the number of those before it."""
    row = data.draw(st.integers(0, len(table) - 1))
    column = data.draw(st.integers(0, table.shape[1] - 1))
    raised = table.copy()
    raised[row, column] += data.draw(st.integers(1, 500))
    scheme = {"normalisation": "goalposts", "children": [
        {"code": f"c{n}", "posts": [-1000, 1500]} for n in range(table.shape[1])]}  # fmt: skip
    before, after = rows_of(table, scheme), rows_of(raised, scheme)
    assert (after[f"t{row}"].rank or 0) <= (before[f"t{row}"].rank or 0)
    own = {"normalisation": method}
    if method in {"rank", "percentile"}:
        assert scores_of(raised, own)[row] >= scores_of(table, own)[row] - 1e-6


@given(TABLES, METHODS, st.floats(0.01, 100), st.integers(-500, 500))
def test_units_do_not_matter(table: Any, method: str, scale: float, shift: int) -> None:
    scheme = {"normalisation": method, "digits": 4}
    assert scores_of(table * scale + shift, scheme) == pytest.approx(scores_of(table, scheme), abs=2e-4)


@given(TABLES, st.data())
def test_order_does_not_matter(table: Any, data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(table))))
    found, moved = rows_of(table), rows_of(table[list(order)])
    for place, row in enumerate(order):
        assert (moved[f"t{place}"].score, moved[f"t{place}"].rank) == (found[f"t{row}"].score, found[f"t{row}"].rank)


@settings(max_examples=50)
@given(TABLES)
def test_equal_towns_share_everything(table: Any) -> None:
    twice = rows_of(np.vstack([table, table]), {"robustness": ROBUST}, robust=True)
    for place in range(len(table)):
        first, second = twice[f"t{place}"], twice[f"t{place + len(table)}"]
        assert (first.score, first.rank, first.interval) == (second.score, second.rank, second.interval)


@settings(max_examples=50)
@given(TABLES)
def test_intervals_and_shares(table: Any) -> None:
    rows = rows_of(table, {"robustness": {**ROBUST, "top": 2, "bottom": 1}}, robust=True)
    intervals = [row.interval for row in rows.values()]
    assert all(isinstance(each, Interval) and 1 <= each.low <= each.high <= len(table) for each in intervals)
    top, bottom = (sum(getattr(each, name) for each in intervals if each) for name in ("top", "bottom"))
    assert top >= 2 - 1e-9  # a tie counts as the better place for all
    assert bottom <= 1 + 1e-9


@given(TABLES)
def test_the_same_seed_gives_the_same(table: Any) -> None:
    scheme = {"robustness": ROBUST}
    assert rows_of(table, scheme, robust=True) == rows_of(table, scheme, robust=True)
