"""Missing values, coverage, vetoes, bonus, ties, bands, peer groups; worked by hand."""

import math
from decimal import Decimal

import pytest

from spectown.core.evaluation.boards import THIN, VETOED
from spectown.core.evaluation.evaluating import evaluate
from spectown.core.evaluation.ranking import competition, rounded
from spectown.core.evaluation.reading import read_scheme
from spectown.core.evaluation.table import Table
from tests.core.evaluation.making import rows_of, scores_of, table_of

NONE = math.nan


@pytest.mark.parametrize(
    ("missing", "scores"),
    [("drop", [50, 100, 50]), ("mean", [50, 75, 50]), ("zero", [50, 50, 50])],
)
def test_missing(missing: str, scores: list[float]) -> None:
    """t1 has 100 in c0 and nothing in c1, whose mean is 50."""
    table = [[0, 10], [10, NONE], [10, 0]]
    assert scores_of(table, {"missing": missing, "coverage": 0.5}) == pytest.approx(scores)


def test_missing_within_a_dimension_leaves_its_weight_there() -> None:
    scheme = {"children": [
        {"code": "a", "weight": 1, "children": [{"code": "c0"}, {"code": "c1"}]}, {"code": "c2", "weight": 1},
    ]}  # fmt: skip
    found = scores_of([[10, NONE, 0], [0, 0, 10], [10, 10, 0]], {**scheme, "coverage": 0})
    # Shares of t0: what was left out takes its share of the dimension with it (1/4 of 3/4 + …): (1/4)/(3/4)
    assert found == pytest.approx([100 / 3, 50, 50])


def test_thin_towns_have_no_score_and_do_not_set_the_scale() -> None:
    rows = rows_of([[0, 0], [10, 10], [1000, NONE]], {"coverage": 0.6})
    assert (rows["t2"].score, rows["t2"].rank, rows["t2"].why, rows["t2"].coverage) == (None, None, THIN, 0.5)
    assert rows["t1"].score == 100


def test_all_thin() -> None:
    assert {row.why for row in rows_of([[NONE, 1], [2, NONE]], {"coverage": 0.9}, robust=True).values()} == {THIN}


def test_veto_keeps_the_score_and_takes_the_rank() -> None:
    table = Table(("甲", "乙", "丙"), table_of([[3], [2], [1]]).figures, {"造假": ("是", "", "否")})
    (board,) = evaluate(table, read_scheme({"vetoes": ["造假"], "robustness": {"draws": 50}}, table))
    found = {row.name: row for row in board.rows}
    assert (found["甲"].rank, found["甲"].why, found["甲"].score, found["甲"].interval) == (None, VETOED, 100, None)
    assert [found[name].rank for name in ("乙", "丙")] == [1, 2]
    assert board.rows[-1].name == "甲"


def test_bonus_and_deduction_within_their_caps() -> None:
    scheme = {
        "children": [{"code": "c0"}],
        "adjustments": [{"column": "c1", "points": 2, "cap": 5}, {"column": "c2", "points": -1, "cap": 3}],
    }
    rows = rows_of([[0, 10, 0], [10, 1, 9], [5, NONE, NONE]], scheme)
    assert [rows[f"t{n}"].score for n in range(3)] == [Decimal("5.00"), Decimal("99.00"), Decimal("50.00")]
    assert [rows[f"t{n}"].points for n in range(3)] == [5, -1, 0]


def test_ties_are_decided_as_the_scheme_says_or_stay() -> None:
    table = [[10, 0, 1], [0, 10, 2], [5, 5, 2]]
    same = {"children": [{"code": "c0"}, {"code": "c1"}]}
    assert {row.rank for row in rows_of(table, same).values()} == {1}
    by_first = rows_of(table, {**same, "ties": ["c0"]})
    assert [by_first[f"t{n}"].rank for n in range(3)] == [1, 3, 2]


def test_bands() -> None:
    rows = rows_of([[0], [60], [100]], {"bands": [{"name": "优", "low": 80}, {"name": "中", "low": 60}]})
    assert [rows[f"t{n}"].band for n in range(3)] == ["", "中", "优"]


def test_peer_groups_have_boards_of_their_own() -> None:
    table = table_of([[1], [2], [30], [40]], {"类": ["甲", "甲", "乙", ""]})
    boards = evaluate(table, read_scheme({"group": "类"}, table), robust=False)
    assert [(board.name, [(row.name, row.rank) for row in board.rows]) for board in boards] == [
        ("甲", [("t1", 1), ("t0", 2)]), ("乙", [("t2", 1)]), ("未分组", [("t3", 1)]),
    ]  # fmt: skip


def test_geometric_zero_is_zero_and_no_weight_leaves_it_alone() -> None:
    assert scores_of([[0, 10], [10, 0], [10, 10]], {"aggregation": "geometric"}) == pytest.approx([0, 0, 100])
    unweighted = {"aggregation": "geometric", "children": [{"code": "c0", "weight": 0}, {"code": "c1"}]}
    assert scores_of([[0, 10], [10, 0]], unweighted) == pytest.approx([100, 0])


def test_breakdown_leads_to_every_raw_value() -> None:
    scheme = {"children": [
        {"code": "a", "weight": 30, "children": [{"code": "c0", "weight": 2}, {"code": "c1", "weight": 1}]},
        {"code": "c2", "weight": 70},
    ]}  # fmt: skip
    row = rows_of([[10, 0, 5], [0, 10, 6]], scheme)["t0"]
    assert [(p.code, p.value, round(p.weight, 6), p.raw) for p in row.breakdown] == [
        ("a", pytest.approx(200 / 3), 0.3, None), ("c0", 100, 0.2, 10), ("c1", 0, 0.1, 0), ("c2", 0, 0.7, 5),
    ]  # fmt: skip
    assert row.score == 20


def test_the_one_rounding() -> None:
    assert [rounded(value, 2) for value in (0.125, 1.005, 2.675, -0.125)] == [
        Decimal("0.13"), Decimal("1.01"), Decimal("2.68"), Decimal("-0.13"),
    ]  # fmt: skip
    assert competition([(Decimal(3),), (Decimal(5),), (Decimal(5),), (Decimal(1),)]) == [3, 1, 1, 4]
