"""Against independent libraries: pymcdm here, scikit-criteria by what its release 0.10 answered."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pymcdm import methods, normalizations
from pymcdm import weights as peer_weights

from spectown.core.evaluation.weighting import critic, entropy
from tests.core.evaluation.making import PHONES, PRICE_FIRST, scores_of

WEIGHED = [{**child, "weight": weight} for child, weight in zip(PRICE_FIRST, (4, 3, 2, 1), strict=True)]


@pytest.mark.parametrize(
    ("scheme", "scikit_criteria"),
    [
        (
            {"normalisation": "vector", "aggregation": "topsis"},
            [0.36394735363571085, 0.3959142103434889, 0.6040857896565112, 0.5467369616923837, 0.44102439912098207],
        ),
        ({"normalisation": "minmax"}, [0.4, 0.4333333333333333, 0.5666666666666667, 0.4666666666666667, 0.5]),
    ],
)
def test_scikit_criteria(scheme: dict[str, str], scikit_criteria: list[float]) -> None:
    found = scores_of(PHONES, {**scheme, "children": WEIGHED})
    assert found == pytest.approx(np.array(scikit_criteria) * 100, abs=1e-6)


@pytest.mark.filterwarnings("ignore:Alternatives with")  # it finds one town best in everything odd
@settings(max_examples=60)
@given(st.integers(0, 2**32 - 1), st.integers(2, 30), st.integers(1, 8))
def test_pymcdm(seed: int, towns: int, columns: int) -> None:
    rng = np.random.default_rng(seed)
    matrix, weights = rng.uniform(1, 100, (towns, columns)), rng.uniform(0.1, 1, columns)
    reverse = rng.random(columns) < 0.5
    types = np.where(reverse, -1, 1)
    leaves = zip(weights.tolist(), reverse.tolist(), strict=True)
    children = [{"code": f"c{n}", "weight": weight, "reversed": down} for n, (weight, down) in enumerate(leaves)]
    share = weights / weights.sum()
    plain = methods.WSM(normalizations.minmax_normalization)(matrix, share, types)
    assert scores_of(matrix, {"children": children}) == pytest.approx(100 * plain, abs=1e-5)
    topsis = methods.TOPSIS(normalizations.vector_normalization)(matrix, share, types)
    scheme = {"children": children, "normalisation": "vector", "aggregation": "topsis"}
    assert scores_of(matrix, scheme) == pytest.approx(100 * topsis, abs=1e-5)


@settings(max_examples=40)
@given(st.integers(0, 2**32 - 1), st.integers(3, 30), st.integers(2, 8))
def test_weights_of_pymcdm(seed: int, towns: int, columns: int) -> None:
    matrix = np.random.default_rng(seed).uniform(1, 100, (towns, columns))
    found = entropy(matrix)
    assert found / found.sum() == pytest.approx(peer_weights.entropy_weights(matrix), abs=1e-9)
    scaled = (matrix - matrix.min(axis=0)) / np.ptp(matrix, axis=0)
    found = critic(scaled)
    assert found / found.sum() == pytest.approx(peer_weights.critic_weights(matrix), abs=1e-9)
