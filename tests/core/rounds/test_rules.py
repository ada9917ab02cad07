"""The rules of a round: read, faults, differences."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spectown.core.rounds.rulediff import differences
from spectown.core.rounds.rulefaults import faults, terms_of
from spectown.core.rounds.ruleparts import Quota
from spectown.core.rounds.rules import Rules, RulesFault
from tests.core.rounds.data import PLAN, ROUNDS, cases, rules_for
from tests.core.rounds.plan import CRITERIA

CLAUSES = {"二", "四(一)", "四(五)", *(f"二({number})" for number in "一二三四五六七八")}
FIELDS = {category.code for category in CRITERIA.categories}
CODES = {criterion.code for criterion in CRITERIA.criteria}


@pytest.mark.parametrize("case", cases("rules.yaml"))
def test_faults(case: dict[str, Any]) -> None:
    rules = rules_for(case["kind"], **case["set"])
    assert faults(rules, clauses=CLAUSES, fields=FIELDS, criteria=CODES) == case["expect"]


def test_clauses_of_the_samples_stand_in_the_plan() -> None:
    text = (PLAN / "plan.txt").read_text("utf-8")
    assert "二、支持重点和认定标准" in text
    assert {item["clause"] for item in ROUNDS["first"]["sheet"]} < CLAUSES


@pytest.mark.parametrize("kind", ROUNDS)
def test_every_figure_of_a_sample_says_whose_it_is(kind: str) -> None:
    plain = {"kind", "level", "quota", "materials", "visit", "outliers", "sources", "publicity_days"}
    assert set(ROUNDS[kind]) - plain <= set(ROUNDS[kind]["sources"])


def test_clocks_hold_the_publicity() -> None:
    rules = rules_for()
    assert rules.clocks == {**rules.terms, "publicity": 5}
    assert terms_of(rules.kind) == set(rules.terms)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"panel__size": 0}, "panel.size"),
        ({"pass_score": 101}, "pass_score"),
        ({"extra": 1}, "extra"),
        ({"terms__review": 0}, "terms.review"),
        ({"visit": "some"}, "visit"),
    ],
)
def test_unreadable_rules_are_refused_with_their_place(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(RulesFault, match=message):
        rules_for(**changed)


def test_limits_of_a_quota() -> None:
    quota = Quota(per_county=1, counties={"武乡县": 2}, fields={"tourism": 0})
    assert (quota.of_county("武乡县"), quota.of_county("潞城区")) == (2, 1)
    assert (quota.of_field("tourism"), quota.of_field("agriculture")) == (0, None)


def test_differences_are_read_as_sentences() -> None:
    old = rules_for()
    sheet = [
        {**item, "weight": {"heritage": 15, "market": 5}.get(item["code"], item["weight"])}
        for item in ROUNDS["first"]["sheet"]
    ]
    new = rules_for(
        sheet=sheet,
        pass_score=None,
        quota={"total": 3},
        window__closes="2026-12-07",
        materials=ROUNDS["first"]["materials"][1:],
    )
    assert [each.sentence for each in differences(old, new)][:5] == [
        "申报期限·截止:由“2026-11-30”改为“2026-12-07”",
        "名额·总数:新增“3”",
        "评分表·历史传承厚重·权重:由“10”改为“15”",
        "评分表·市场需求较大·权重:由“10”改为“5”",
        "材料·申报书(加盖公章)·名称:删去“申报书(加盖公章)”",
    ]
    assert differences(old, new)[-1].sentence == "及格分:删去“60”"


CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "pass_score": st.one_of(st.none(), st.integers(0, 100)),
        "publicity_days": st.integers(0, 30),
        "visit": st.sampled_from(["none", "chosen", "all"]),
        "quota": st.fixed_dictionaries({}, optional={"total": st.integers(1, 9), "per_county": st.integers(1, 3)}),
    },
)


@given(CHANGES, CHANGES)
def test_differences_are_empty_only_for_equal_rules_and_turn_around(one: dict[str, Any], two: dict[str, Any]) -> None:
    old, new = rules_for(**one), rules_for(**two)
    there, back = differences(old, new), differences(new, old)
    assert bool(there) is (old != new)
    assert {(d.path, d.before, d.after) for d in there} == {(d.path, d.after, d.before) for d in back}


def test_rules_survive_json() -> None:
    rules = rules_for()
    assert Rules.model_validate_json(rules.model_dump_json()) == rules


def test_another_order_is_a_difference() -> None:
    turned = rules_for(sheet=list(reversed(ROUNDS["first"]["sheet"])))
    assert [each.label for each in differences(rules_for(), turned)] == ["评分表·次序"]
