"""Who can be recommended to the province: the table of cases, and rules that only a recommendation has."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from spectown.core.certification.check import check
from spectown.core.rounds.rulefaults import faults
from spectown.core.rounds.ruleparts import Province
from spectown.core.rounds.selection import Candidate, recommendation_refusals
from tests.core.rounds.data import cases, rules_for
from tests.core.rounds.plan import CRITERIA, answers

TODAY = date(2026, 11, 26)
NAMES = {"leading_enterprises": "龙头企业(家)", "chain_partners": "上下游配套(户)"}


@pytest.mark.parametrize("case", cases("selection.yaml"))
def test_selection(case: dict[str, Any]) -> None:
    leaders = None if case.get("leaders") == "missing" else 2
    given = answers(
        output=case.get("output", 120000),
        category=case.get("category", "manufacturing"),
        traditional_origin=case.get("origin", False),
        leading_enterprises=leaders,
    )
    rules = Province(
        held_years=1,
        standard_path=case.get("standard_path", True),
        least={name: Decimal(value) for name, value in case.get("least", {"leading_enterprises": 1}).items()},
    )
    figures = {"leading_enterprises": None if leaders is None else Decimal(leaders), "chain_partners": Decimal(12)}
    result = check(given, CRITERIA, on=TODAY) if case.get("checked", True) else None
    since, until = case.get("since", date(2024, 3, 1)), case.get("until", date(2027, 3, 1))
    found = recommendation_refusals(
        Candidate(case.get("in_force", True), since, until, result, figures), rules, TODAY, NAMES
    )
    assert len(found) == len(case["reasons"])
    assert all(words in sentence for words, sentence in zip(case["reasons"], found, strict=True))


def test_the_plans_sample_names_whose_figures_they_are() -> None:
    rules = rules_for("recommendation")
    assert rules.province is not None
    assert "建议值" in rules.sources["province"]
    known = [field for criterion in CRITERIA.criteria if (field := getattr(criterion, "field", None))]
    assert faults(rules, figures=known) == []


def test_rules_of_the_province_belong_to_a_recommendation() -> None:
    rules = rules_for("first", province={"held_years": 1, "least": {"nothing": 1}})
    found = faults(rules, figures=["output_wan"])
    assert "市级认定批次不能有省级推荐条件。" in found
    assert "方案中没有填报数据“nothing”。" in found
