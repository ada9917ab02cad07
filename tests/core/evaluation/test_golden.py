"""Published results and textbook examples."""

import numpy as np
import pytest

from spectown.core.evaluation.weighting import ahp
from tests.core.evaluation.making import PHONES, PRICE_FIRST, scores_of

# Human Development Report 2021/2022, table 1: life expectancy, expected and mean years of schooling, GNI a head, HDI.
HDI = {
    "Switzerland": (84.0, 16.5, 13.9, 66_933, 0.962),
    "China": (78.2, 14.2, 7.6, 17_504, 0.768),
    "India": (67.2, 11.9, 6.7, 6_590, 0.633),
    "Nigeria": (52.7, 10.1, 7.2, 4_790, 0.535),
    "South Sudan": (55.0, 5.5, 5.7, 768, 0.385),
}
SCHEME = {
    "normalisation": "goalposts",
    "aggregation": "geometric",
    "children": [
        {"code": "c0", "posts": [20, 85]},
        {
            "code": "education",
            "aggregation": "arithmetic",
            "children": [{"code": "c1", "posts": [0, 18]}, {"code": "c2", "posts": [0, 15]}],
        },
        {"code": "c3", "log": True, "posts": [np.log(100), np.log(75_000)]},
    ],
}


def test_human_development_index() -> None:
    found = scores_of([row[:4] for row in HDI.values()], SCHEME)
    published = [100 * row[4] for row in HDI.values()]
    assert found == pytest.approx(published, abs=0.11)  # inputs are published with one decimal


def test_topsis_of_the_textbooks() -> None:
    scheme = {"normalisation": "vector", "aggregation": "topsis", "children": PRICE_FIRST}
    assert scores_of(PHONES, scheme) == pytest.approx([53.4277, 30.8368, 69.1632, 53.4737, 40.1046], abs=1e-3)


def test_saaty() -> None:
    """λ = 3.065, CR = 0.056 of Saaty's standard example."""
    weights, ratio = ahp(np.array([[1, 1 / 3, 5], [3, 1, 7], [1 / 5, 1 / 7, 1]]))
    assert weights == pytest.approx([0.279, 0.649, 0.072], abs=1e-3)
    assert ratio == pytest.approx(0.056, abs=1e-3)


def test_consistent_judgements_have_no_fault() -> None:
    weights, ratio = ahp(np.array([[1, 2, 4], [1 / 2, 1, 2], [1 / 4, 1 / 2, 1]]))
    assert weights == pytest.approx([4 / 7, 2 / 7, 1 / 7])
    assert ratio == pytest.approx(0, abs=1e-9)
