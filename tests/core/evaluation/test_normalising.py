"""Table of cases: raw values to 0…1."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from spectown.core.evaluation.normalising import normalised
from spectown.core.evaluation.scheme import Indicator, Normalisation
from spectown.core.evaluation.table import Table, Unusable

CASES = yaml.safe_load(Path(__file__).with_name("normalising.yaml").read_text(encoding="utf-8"))


def column(values: list[float | None]) -> Any:
    return np.array([np.nan if value is None else value for value in values], float)


def told(case: dict[str, Any]) -> Any:
    figures = {"c": column(case["raw"])} | ({"before": column(case["before"])} if "before" in case else {})
    table = Table(tuple(f"t{n}" for n in range(len(case["raw"]))), figures)
    return normalised(table, Indicator(code="c", column="c", **case.get("own", {})), Normalisation(case["method"]))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: dict[str, Any]) -> None:
    np.testing.assert_allclose(told(case), column(case["want"]), atol=1e-6)


def test_every_method_has_cases() -> None:
    alike = {"percentile"}  # is `rank`
    assert {case["method"] for case in CASES} | alike == {str(method) for method in Normalisation}


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ({"method": "goalposts", "raw": [1, 2]}, "posts"),
        ({"method": "efficacy", "own": {"posts": [3, 3]}, "raw": [1, 2]}, "两个不同的界值"),
        ({"method": "attainment", "raw": [1, 2]}, "target"),
        ({"method": "places", "raw": [1, 2]}, "previous"),
        ({"method": "minmax", "own": {"log": True}, "raw": [1, 0]}, "“t1”的值是 0"),
    ],
)
def test_what_is_lacking_is_said(case: dict[str, Any], said: str) -> None:
    with pytest.raises(Unusable, match=said):
        told(case)
