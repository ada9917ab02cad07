"""Experts: who must stay away, drawing, order of reading, scores, spread."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spectown.core.rounds.drawing import key, shuffled
from spectown.core.rounds.experts import (
    CaseTies,
    Expert,
    conflicts,
    draw,
    panel_refusals,
    reading_order,
    reading_refusals,
)
from spectown.core.rounds.ruleparts import Outliers
from spectown.core.rounds.scores import Line, Sheet, case_score, rounded, sheet_faults, sheet_total
from spectown.core.rounds.spread import spread
from tests.core.rounds.data import cases, rules_for

CASE = CaseTies(
    "A1", frozenset({"潞城区"}), "manufacturing", frozenset({"潞城区政府", "潞城区工信局"}), frozenset({"甲公司"})
)
RULES = rules_for(
    sheet=[
        {"code": "one", "title": "甲", "clause": "二(一)", "weight": 60, "max_points": 10},
        {"code": "two", "title": "乙", "clause": "二(二)", "weight": 40, "max_points": 100},
    ],
    panel={"size": 3, "minimum": 2},
)


def expert(number: str = "E1", **changed: Any) -> Expert:
    values = {"name": "张三", "unit": "山西大学", **changed}
    for name in ("fields", "former_units", "enterprises", "declared"):
        values[name] = frozenset(values.get(name, ()))
    return Expert(number, **values)


@pytest.mark.parametrize("case", cases("experts.yaml", "conflicts"))
def test_conflicts(case: dict[str, Any]) -> None:
    assert conflicts(expert(**case["expert"]), CASE) == case["expect"]


def test_nothing_is_shown_before_the_declaration() -> None:
    assert reading_refusals(expert(), CASE, ["E1"]) == ["请先作出无利益冲突的声明。"]
    assert reading_refusals(expert(declared=["A1"]), CASE, ["E1"]) == []
    assert reading_refusals(expert(declared=["A1"]), CASE, ["E2"]) == ["张三不是本件的评审专家。"]
    assert len(reading_refusals(expert(declared=["A1"], county="潞城区"), CASE, ["E1"])) == 1


def test_the_key_can_be_checked_with_sha256sum() -> None:
    assert key("2026-11-26", "panel A1", "E1") == sha256(b"2026-11-26\npanel A1\nE1").hexdigest()
    assert key("s", "a").startswith("009f")
    for wrong in (("", "a"), ("s", "a\nb")):
        with pytest.raises(ValueError, match="seed"):
            key(*wrong)


def test_a_draw_is_the_same_on_every_machine() -> None:
    pool = [expert(f"E{n:02}", fields=["manufacturing"] if n % 2 else []) for n in range(1, 9)]
    pool.append(expert("E99", county="潞城区"))
    found = draw("2026-11-26 公开", pool, CASE, 5)
    assert found == draw("2026-11-26 公开", list(reversed(pool)), CASE, 5)
    assert (found.drawn, found.reserves) == (DRAWN, RESERVES)
    assert found.excluded == {"E99": ("张三是申报县(区)潞城区的人员。",)}
    assert found.lacking == 0
    assert draw("s", pool[:2], CASE, 5).lacking == 3


DRAWN = ("E07", "E01", "E03", "E05", "E02")  # by printf and sha256sum in a shell
RESERVES = ("E04", "E08", "E06")


def test_those_of_the_field_come_first() -> None:
    pool = [expert(f"E{n}", fields=["manufacturing"] if n > 6 else ["agriculture"]) for n in range(10)]
    assert set(draw("s", pool, CASE, 3).drawn) == {"E7", "E8", "E9"}


def test_a_draw_favours_nobody() -> None:
    """Over 2,000 seeds each of ten is drawn about 600 times (3 of 10); 5 standard deviations are 102."""
    pool = [expert(f"E{n}") for n in range(10)]
    counts = Counter(number for seed in range(2000) for number in draw(f"s{seed}", pool, CASE, 3).drawn)
    assert all(abs(count - 600) < 102 for count in counts.values())
    assert len(counts) == 10


def test_a_chosen_panel_is_checked_too() -> None:
    assert panel_refusals([expert(), expert("E2")], CASE, 2) == []
    assert panel_refusals([expert(), expert("E2", county="潞城区")], CASE, 2) == [
        "张三是申报县(区)潞城区的人员。",
        "本件须有2名专家,可以评审的有1名。",
    ]


NUMBERS = st.sets(st.text(alphabet="ABC0123456789", min_size=1, max_size=4), min_size=1, max_size=30)


@given(NUMBERS, st.text(alphabet="xyz", min_size=1), st.text(alphabet="ABC", min_size=1, max_size=3))
def test_a_new_case_does_not_move_the_others(numbers: set[str], seed: str, new: str) -> None:
    before = reading_order(seed, "E1", numbers)
    after = reading_order(seed, "E1", numbers | {new})
    assert sorted(before) == sorted(numbers)
    assert [number for number in after if number != new or new in numbers] == before


def test_each_expert_has_an_own_order() -> None:
    numbers = [f"A{n}" for n in range(20)]
    assert len({tuple(reading_order("s", f"E{n}", numbers)) for n in range(30)}) == 30
    assert shuffled("s", "p", ["b", "a", "a"]) == shuffled("s", "p", ["a", "b"])


def sheet(name: str, one: str | None, two: str | None, **changed: Any) -> Sheet:
    """`-` abstains, None is not scored."""
    lines = {
        code: Line(None if points in (None, "-") else Decimal(str(points)), "理由", points == "-")
        for code, points in (("one", one), ("two", two))
    }
    return Sheet(name, 1, lines, **changed)


@pytest.mark.parametrize(
    ("sheets", "total", "reasons"),
    [
        ([sheet("a", "10", "100"), sheet("b", "5", "50")], Fraction(75), ()),
        ([sheet("a", "10", "0"), sheet("b", "10", "0")], Fraction(60), ()),  # 0 is a figure
        ([sheet("a", "10", "-"), sheet("b", "10", "50"), sheet("c", "10", "80")], Fraction(86), ()),  # not 0
        ([sheet("a", "10", "-"), sheet("b", "10", "50")], None, ("“乙”有分数的专家1名(弃权1名),至少须2名。",)),
        ([sheet("a", "10", "100")], None, ("已提交评分的专家1名,至少须2名。",)),
        ([sheet("a", "10", "100"), sheet("b", "5", "50", submitted=False)], None, ("已提交评分的专家1名,至少须2名。",)),
        ([sheet("a", "1", "1"), sheet("b", "1", "1"), sheet("c", "2", "1")], Fraction(42, 5), ()),
        ([], None, ("已提交评分的专家0名,至少须2名。",)),
    ],
)
def test_score_of_a_case(sheets: list[Sheet], total: Fraction | None, reasons: tuple[str, ...]) -> None:
    found = case_score(sheets, RULES)
    assert (found.total, found.reasons) == (total, reasons)
    assert (found.shown is None) is (total is None)


def test_a_sheet_is_complete_with_reasons_only() -> None:
    assert sheet_faults(sheet("a", "10", "-"), RULES.sheet) == []
    assert sheet_faults(sheet("a", "11", None), RULES.sheet) == ["“甲”应为0至10分,现为11。", "“乙”还没有评分。"]
    silent = Sheet("a", 1, {"one": Line(Decimal(1), " "), "two": Line(Decimal(1), "好", abstained=True)})
    assert sheet_faults(silent, RULES.sheet) == ["“甲”须写明理由。", "“乙”不能既评分又弃权。"]
    assert sheet_total(sheet("a", "10", "-"), RULES.sheet) is None


def test_rounding_is_half_up_and_exact() -> None:
    assert rounded(Fraction(66665, 1000)) == Decimal("66.67")
    assert rounded(Fraction(200, 3)) == Decimal("66.67")
    assert str(rounded(Fraction(60))) == "60.00"


def test_a_round_without_panel_has_no_scores() -> None:
    with pytest.raises(ValueError, match="no expert review"):
        case_score([], rules_for(panel=None, sheet=[], pass_score=None))


@pytest.mark.parametrize("case", cases("experts.yaml", "spread"))
def test_spread(case: dict[str, Any]) -> None:
    totals = {name: None if value is None else Fraction(str(value)) for name, value in case["totals"].items()}
    found = spread(totals, Outliers())
    expected = tuple(None if case[name] is None else Fraction(str(case[name])) for name in ("median", "mad"))
    assert (found.median, found.mad) == expected
    assert list(found.outliers) == case["outliers"]
    assert found.note.startswith(case["note"])
    assert bool(found.note) is bool(case["note"])


POINTS = st.one_of(st.none(), st.decimals(0, 10, places=1))


@given(st.lists(st.tuples(POINTS, POINTS), max_size=6), st.randoms())
def test_a_total_does_not_depend_on_the_order_and_lies_between_the_scores(rows: list[Any], random: Any) -> None:
    sheets = [sheet(f"e{n}", one, two) for n, (one, two) in enumerate(rows)]
    found = case_score(sheets, RULES)
    random.shuffle(sheets)
    assert case_score(sheets, RULES).total == found.total
    complete = [total for total in found.totals.values() if total is not None]
    if found.total is not None and len(complete) == len(rows):
        assert min(complete) <= found.total <= max(complete)
    assert (found.total is None) is bool(found.reasons)
