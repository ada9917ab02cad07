"""A scheme as written: what is filled in, and every fault in Chinese with its place; the check-up."""

from typing import Any

import numpy as np
import pytest

from spectown.core.evaluation.checkup import check_up
from spectown.core.evaluation.evaluating import evaluate
from spectown.core.evaluation.reading import read_scheme
from spectown.core.evaluation.table import Unusable
from tests.core.evaluation.making import table_of

TABLE = table_of([[1, 2, 3], [4, 5, 6]], {"类": ["甲", "乙"]})


def test_nothing_written_takes_all_columns_that_are_free() -> None:
    scheme = read_scheme({"group": "类", "vetoes": ["c2"]}, TABLE)
    assert [leaf.column for leaf in scheme.indicators] == ["c0", "c1"]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({"normalization": "minmax"}, "normalization 没有这一项"),
        ({"normalisation": "max"}, "normalisation 只能是"),
        ({"children": [{"code": "c0", "weight": "多"}]}, "children.1.weight 应是数"),
        ({"children": [{"code": "c0", "wieght": 1}]}, "wieght 没有这一项"),
        ({"children": [{"column": "c0"}]}, "children.1.code 没有填写"),
        ({"children": [{"code": "产值"}]}, "列“产值”表中没有"),
        ({"children": [{"code": "类"}]}, "列“类”是文字"),
        ({"children": [{"code": "c0"}, {"code": "c0"}]}, "代码重复:c0"),
        ({"group": "县"}, "表中没有列“县”"),
        ({"ties": ["c9"]}, "ties"),
        ({"coverage": 60}, "coverage"),
        ({"digits": 9}, "digits"),
        ({"bands": [{"name": "中", "low": 60}, {"name": "优", "low": 80}]}, "由高到低"),
        ({"robustness": {"draws": 0}}, "draws"),
        ({"aggregation": "geometric", "normalisation": "zscore"}, "几何平均"),
        ({"robustness": {"aggregations": ["geometric"], "normalisations": ["zscore"]}}, "几何平均"),
        ({"children": [{"code": "a", "aggregation": "topsis", "children": [{"code": "c0"}]}]}, "topsis"),
        ({"children": []}, None),
    ],
)
def test_faults(written: dict[str, Any], said: str | None) -> None:
    if said is None:
        assert len(read_scheme(written, TABLE).indicators) == 3
        return
    with pytest.raises(Unusable, match=said):
        read_scheme(written, TABLE)


def test_five_levels_are_too_many() -> None:
    node: dict[str, Any] = {"code": "c0"}
    for level in range(5):
        node = {"code": f"d{level}", "children": [node]}
    with pytest.raises(Unusable, match="最多 4 级"):
        read_scheme({"children": [node]}, TABLE)


def weights(written: dict[str, Any]) -> list[float]:
    (board,) = evaluate(TABLE, read_scheme(written, TABLE), robust=False)
    return [round(weight, 6) for weight in board.weights.values()]


def test_weights_by_judgement() -> None:
    children = [{"code": "c0"}, {"code": "c1"}]
    assert weights({"weighting": "ahp", "pairs": [["c0", "c1", 3]], "children": children}) == [0.75, 0.25]
    with pytest.raises(Unusable, match="缺少两两比较 c0/c1"):
        weights({"weighting": "ahp", "children": children})
    with pytest.raises(Unusable, match="c0/c7"):
        weights({"weighting": "ahp", "pairs": [["c0", "c7", 3]], "children": children})
    with pytest.raises(Unusable, match="不能为负"):
        weights({"children": [{"code": "c0", "weight": -1}]})
    with pytest.raises(Unusable, match="有分维度"):
        weights({"weighting": "entropy", "children": [{"code": "a", "children": children}]})


def remarks(matrix: Any, written: dict[str, Any]) -> dict[str, str]:
    table = table_of(matrix)
    scheme = read_scheme(written, table)
    return {each.code: each.about for each in check_up(scheme, table, evaluate(table, scheme, robust=False))}


def test_check_up() -> None:
    rng = np.random.default_rng(1)
    plain = rng.normal(size=(40, 3))
    assert remarks(plain, {}) == {}
    assert remarks(np.column_stack([plain, plain[:, 0] * 2]), {})["alike"] == "c0/c3"
    assert remarks(np.column_stack([plain, np.full(40, 3)]), {})["constant"] == "c3"
    assert remarks(np.column_stack([plain, np.full(40, np.nan)]), {"coverage": 0.5})["empty"] == "c3"
    odd = [{"code": "c0", "weight": 3}, {"code": "c1", "weight": 4}]
    assert remarks(plain, {"children": odd})["sum"] == "total"
    pairs = [["c0", "c1", 9], ["c1", "c2", 9], ["c2", "c0", 9]]
    circular = {"weighting": "ahp", "pairs": pairs, "children": [{"code": f"c{n}"} for n in range(3)]}
    assert remarks(plain, circular)["ahp"] == "total"
    squeezed = np.column_stack([rng.uniform(size=40), np.r_[rng.normal(size=39), 90]])
    assert "real" in remarks(squeezed, {})
