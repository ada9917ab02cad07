"""Draws: counted right, wide where little is known, narrow where much; sources told apart."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spectown.core.evaluation.drawing import cut
from spectown.core.evaluation.evaluating import evaluate
from spectown.core.evaluation.ranking import places_of, quantile, tally
from spectown.core.evaluation.reading import read_scheme
from tests.core.evaluation.making import rows_of, table_of


@settings(max_examples=60)
@given(st.integers(0, 2**32 - 1), st.integers(1, 12), st.integers(1, 40))
def test_counting_is_that_of_a_plain_loop(seed: int, towns: int, draws: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(draws, towns))
    want = np.zeros((towns, towns), np.int64)
    for draw in scores:
        for town, score in enumerate(draw):
            want[town, int((draw > score).sum())] += 1
    found = np.zeros_like(want)
    tally(scores.copy(), np.ones(towns, np.int64), found)
    assert (found == want).all()
    ranks = places_of(scores)
    assert (ranks == [[1 + int((draw > score).sum()) for score in draw] for draw in scores]).all()
    assert (quantile(want, 0.5) == np.sort(ranks, axis=0)[(draws + 1) // 2 - 1]).all()


def test_kinds_of_equal_towns_share_the_better_place() -> None:
    places = np.zeros((2, 4), np.int64)
    tally(np.array([[1.0, 2.0], [3.0, 0.0]]), np.array([3, 1]), places)  # three towns of the first kind
    assert places.tolist() == [[1, 1, 0, 0], [1, 0, 0, 1]]


def test_who_is_best_in_everything_is_surely_first() -> None:
    rows = rows_of(np.arange(30).reshape(10, 3), {"robustness": {"draws": 500}}, robust=True)
    best = rows["t9"].interval
    assert best is not None
    assert (best.low, best.high, best.top, best.bottom) == (1, 1, 1.0, 0.0)


def test_the_less_sure_the_weights_the_wider() -> None:
    table = np.random.default_rng(2).normal(size=(20, 6))

    def width(concentration: float | None) -> int:
        scheme = {"robustness": {"weights": concentration, "draws": 1000}}
        return sum(row.interval.high - row.interval.low for row in rows_of(table, scheme, robust=True).values()
                   if row.interval)  # fmt: skip

    assert width(None) == 0
    assert width(1000) < width(50) < width(5)


def test_inside_the_noise() -> None:
    """Two of ten cannot be told apart at the cut line of the first two; the first is sure."""
    table = [[30, 30], *([20 + n, 20 - n] for n in (5, -5)), *([n, n] for n in range(7))]
    rows = rows_of(table, {"robustness": {"top": 2, "bottom": 1, "weights": 20}}, robust=True)
    assert [rows[f"t{n}"].noise for n in range(3)] == [(), ("top",), ("top",)]


def shares_of(robustness: dict[str, Any]) -> dict[str, float]:
    table = table_of(np.random.default_rng(5).lognormal(sigma=1.5, size=(25, 5)))
    (board,) = evaluate(table, read_scheme({"robustness": {"draws": 100, **robustness}}, table))
    return dict(board.shares)


def test_shares_of_the_variance() -> None:
    assert shares_of({"weights": None}) == {}
    only = shares_of({})
    assert only == {"weights": pytest.approx(1, abs=0.15)}
    both = shares_of({"weights": 1000, "normalisations": ["rank"]})
    assert both["normalisation"] > 0.7 > 0.3 > both["weights"]


def test_certified_against_reported() -> None:
    own, other = table_of([[10.0], [9.0], [1.0]]), table_of([[10.0], [11.0], [1.0]])
    scheme = read_scheme({"robustness": {"weights": None, "draws": 410}}, own)
    (board,) = evaluate(own, scheme, other)
    found = {row.name: row.interval for row in board.rows if row.interval}
    assert [(found[name].low, found[name].high) for name in ("t0", "t1", "t2")] == [(1, 2), (1, 2), (3, 3)]


def test_one_indicator_left_out() -> None:
    table = table_of([[10, 0], [6, 6], [0, 10]])
    children = [{"code": "c0", "weight": 2}, {"code": "c1", "weight": 1}]
    (board,) = evaluate(table, read_scheme({"children": children, "robustness": {"draws": 10}}, table))
    assert [(each.code, each.largest) for each in board.dropped] == [("c0", 2), ("c1", 0)]


@pytest.mark.parametrize(("share", "towns", "want"), [(0.2, 53, 11), (3, 53, 3), (0.2, 2, 1), (9, 4, 4), (0.1, 15, 2)])
def test_how_many_a_share_is(share: float, towns: int, want: int) -> None:
    assert cut(share, towns) == want
