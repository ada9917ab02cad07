"""The decision table, quotas, votes, and what if."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spectown.core.certification.check import check
from spectown.core.certification.outcomes import Overall, Path
from spectown.core.rounds.decision import Choice, Entry, decision_table
from spectown.core.rounds.quotas import Claim, over_quota, submitted_over
from spectown.core.rounds.ruleparts import Quota
from spectown.core.rounds.scores import CaseScore, Line, Sheet
from spectown.core.rounds.votes import Decision, Tally, Voice, decision_refusals, tally
from spectown.core.rounds.whatif import (
    Known,
    Setting,
    checked_only,
    gained_and_lost,
    unscored,
    what_if,
    with_threshold,
    with_weights,
)
from tests.core.rounds.data import cases, rules_for
from tests.core.rounds.plan import CRITERIA, answers

TODAY = date(2026, 11, 23)
FACTORS = [factor.code for factor in CRITERIA.priority.factors if not factor.field]
KINDS: dict[str, dict[str, Any]] = {
    "好": {},
    "产值不足": {"output": 4000},
    "待定": {"category": "tourism"},
    "缺判断": {"judgements": {}},
}
RESULTS = {
    (kind, held): check(answers(**changed, honours=dict.fromkeys(FACTORS[:held], 1)), CRITERIA, on=TODAY)
    for kind, changed in KINDS.items()
    for held in range(4)
}


def entry(case: str, county: str, total: Any, held: int, kind: str) -> Entry:
    exact = None if total is None else Fraction(str(total))
    score = CaseScore(exact, (), {}, () if exact is not None else ("已提交评分的专家1名,至少须3名。",))
    return Entry(case, f"{case}镇", county, "manufacturing", RESULTS[kind, held], score)


@pytest.mark.parametrize("case", cases("decision.yaml"))
def test_decision_table(case: dict[str, Any]) -> None:
    rows = decision_table([entry(*town) for town in case["towns"]], rules_for(**case["rules"]))
    assert [[row.entry.case, row.place, row.proposal.value] for row in rows] == case["expect"]
    assert all(row.reasons for row in rows)
    for name, text in case.get("say", {}).items():
        assert text in "".join(next(row.reasons for row in rows if row.entry.case == name))


def test_the_reasons_name_the_way_and_the_priority_factors() -> None:
    (row,) = decision_table([entry("A", "武乡县", 80, 1, "好")], rules_for())
    assert row.reasons == ("按标准条件符合条件。", "优先评定因素:国家级企业技术中心、龙头企业。")


ENTRIES = st.lists(
    st.tuples(
        st.sampled_from(["武乡县", "沁县", "长子县"]),
        st.one_of(st.none(), st.integers(50, 70)),
        st.integers(0, 2),
        st.sampled_from(["好", "好", "好", "产值不足", "待定"]),
    ),
    max_size=12,
)
QUOTAS = st.fixed_dictionaries({}, optional={"total": st.integers(1, 6), "per_county": st.integers(1, 3)})


@given(ENTRIES, QUOTAS, st.randoms())
def test_the_table_keeps_its_promises(rows: list[Any], quota: dict[str, int], random: Any) -> None:
    entries = [entry(f"N{number:02}", *row) for number, row in enumerate(rows)]
    rules = rules_for(quota=quota)
    table = decision_table(entries, rules)
    random.shuffle(entries)
    assert decision_table(entries, rules) == table
    assert sorted(row.entry.case for row in table) == sorted(e.case for e in entries)
    certified = [row for row in table if row.proposal is Choice.CERTIFY]
    assert len(certified) <= quota.get("total", 99)
    for county in ("武乡县", "沁县", "长子县"):
        assert sum(row.entry.county == county for row in certified) <= quota.get("per_county", 99)
    assert all(row.entry.check.overall is Overall.QUALIFIES for row in certified)
    for one, two in pairwise(row for row in table if row.place is not None):
        assert (one.entry.total or 0) >= (two.entry.total or 0)
        same = (one.entry.total, one.entry.held) == (two.entry.total, two.entry.held)
        assert same is (one.place == two.place)
    by_rank: dict[Any, set[Choice]] = {}
    for row in table:
        key = (row.place, row.entry.county, row.entry.check.overall)
        by_rank.setdefault(key, set()).add(row.proposal)
    assert all(len(found) == 1 for (place, *_), found in by_rank.items() if place is not None)  # ties are treated alike


def test_counties_that_handed_in_too_many() -> None:
    claims = [Claim("A", "武乡县", "x"), Claim("B", "武乡县", "x"), Claim("C", "沁县", "x")]
    assert submitted_over(claims, Quota(per_county=1)) == ["武乡县申报2件,多于名额1个。"]
    assert submitted_over(claims, Quota()) == []
    assert over_quota([claims], Quota(fields={"x": 3})) == {}
    assert over_quota([claims], Quota(fields={"x": 2}))["A"].names == ("类别x名额",)


VOTES = [
    ("yyn", "", 3, (True, True)),
    ("yn", "", 3, (True, False)),
    ("y", "", 3, (False, False)),
    ("yya", "", 3, (True, True)),
    ("yaa", "", 3, (True, False)),
    ("yyr", "", 3, (True, True)),
    ("yyrr", "", 6, (False, False)),
    ("", "", 3, (False, False)),
    ("rrr", "", 3, (False, False)),
]


@pytest.mark.parametrize(("voices", "_", "members", "expected"), VOTES)
def test_tally(voices: str, _: str, members: int, expected: tuple[bool, bool]) -> None:
    names = {"y": Voice.FOR, "n": Voice.AGAINST, "a": Voice.ABSTAIN, "r": Voice.RECUSED}
    votes = {f"M{number}": names[voice] for number, voice in enumerate(voices)}
    found = tally(votes, [f"M{number}" for number in range(members)])
    assert (found.quorate, found.carried) == expected


def test_a_stranger_has_no_vote() -> None:
    with pytest.raises(ValueError, match="not members"):
        tally({"X": Voice.FOR}, ["M"])


CARRIED, LOST, FEW = (
    tally({"M0": voice}, ["M0", *["M1", "M2"][: 2 * few]])
    for voice, few in ((Voice.FOR, 0), (Voice.AGAINST, 0), (Voice.FOR, 1))
)


@pytest.mark.parametrize(
    ("kind", "choice", "reasons", "count", "expected"),
    [
        ("好", Choice.CERTIFY, (), CARRIED, []),
        ("好", Choice.REFUSE, (), LOST, ["不予认定须逐条写明理由。"]),
        ("好", Choice.REFUSE, (" ",), LOST, ["不予认定须逐条写明理由。"]),
        ("好", Choice.REFUSE, ("产业链短。",), LOST, []),
        ("产值不足", Choice.REFUSE, ("产值不足。",), LOST, []),
        ("产值不足", Choice.CERTIFY, ("有前景。",), CARRIED, ["预审结果为“尚不符合条件”,不能认定。"]),
        ("待定", Choice.CERTIFY, ("有前景。",), CARRIED, ["预审结果为“待定”,不能认定。"]),
        ("好", Choice.CERTIFY, (), LOST, ["决定与表决结果不一致。"]),
        ("好", Choice.CERTIFY, (), FEW, ["到会1人,不足应到3人的法定比例,表决无效。"]),
        ("好", Choice.PENDING, ("再议。",), CARRIED, ["待定不是决定", "决定与表决结果不一致。"]),
    ],
)
def test_decisions_that_cannot_be_recorded(
    kind: str, choice: Choice, reasons: tuple[str, ...], count: Tally, expected: list[str]
) -> None:
    (row,) = decision_table([entry("A", "武乡县", 80, 0, kind)], rules_for())
    found = decision_refusals(Decision(choice, reasons, count), row)
    assert len(found) == len(expected)
    assert all(text.startswith(start) for text, start in zip(found, expected, strict=True))


def test_a_decision_needs_a_vote_or_somebody_who_signs() -> None:
    (row,) = decision_table([entry("A", "武乡县", 50, 0, "好")], rules_for())
    assert decision_refusals(Decision(Choice.CERTIFY, ("补充说明。",)), row) == ["须有表决结果或审定人。"]
    assert decision_refusals(Decision(Choice.CERTIFY, ("补充说明。",), signed_by="组长"), row) == []
    assert decision_refusals(Decision(Choice.CERTIFY, (), signed_by="组长"), row) == [
        "与拟定意见“拟不予认定”不同,须写明理由。"
    ]


TOWNS = [
    Known("A", "甲镇", "潞城区", "manufacturing", answers(output=95000)),
    Known("B", "乙镇", "武乡县", "manufacturing", answers(output=120000)),
    Known("C", "丙镇", "沁县", "agriculture", answers(output=60000, category="agriculture")),
]


def test_what_if_a_threshold_moves() -> None:
    now = Setting(CRITERIA, unscored(rules_for()), TODAY)
    lower = with_threshold(CRITERIA, Decimal(90000), category="manufacturing", path=Path.STANDARD, on=TODAY)
    changes = what_if(TOWNS, now, Setting(lower, now.rules, TODAY))
    assert [c.sentence for c in changes] == [
        "甲镇:由“拟不予认定”变为“拟认定”,按标准条件符合条件。优先评定因素:龙头企业。"
    ]
    assert gained_and_lost(changes) == (1, 0)
    higher = with_threshold(CRITERIA, Decimal(130000), category="manufacturing", path=Path.STANDARD, on=TODAY)
    assert [c.town for c in what_if(TOWNS, now, Setting(higher, now.rules, TODAY))] == ["乙镇"]
    partners = with_threshold(CRITERIA, Decimal(13), criterion="chain_partners", path=Path.STANDARD, on=TODAY)
    assert gained_and_lost(what_if(TOWNS, now, Setting(partners, now.rules, TODAY))) == (0, 2)
    assert what_if(TOWNS, now, now) == ()


def sheet(expert: str, heritage: int, others: int) -> Sheet:
    codes = [item.code for item in rules_for().sheet]
    return Sheet(expert, 1, {c: Line(Decimal(heritage if c == "heritage" else others), "理由") for c in codes})


def test_what_if_a_weight_moves() -> None:
    known = [
        Known("A", "甲镇", "潞城区", "manufacturing", answers(), tuple(sheet(f"E{n}", 100, 60) for n in range(3))),
        Known("B", "乙镇", "武乡县", "manufacturing", answers(), tuple(sheet(f"E{n}", 40, 70) for n in range(3))),
        Known("C", "丙镇", "沁县", "manufacturing", answers()),
    ]
    rules = rules_for()
    moved = with_weights(rules, {"heritage": Decimal(30), "concentration": Decimal(0)})
    changes = what_if(known, Setting(CRITERIA, rules, TODAY), Setting(CRITERIA, moved, TODAY))
    assert [c.sentence for c in changes] == [
        "甲镇:仍为“拟认定”,位次由第2变为第1",
        "乙镇:仍为“拟认定”,位次由第1变为第2",
    ]
    assert all(not c.outcome_changed for c in changes)


def test_what_is_not_there_cannot_be_moved() -> None:
    with pytest.raises(KeyError, match="no threshold"):
        with_threshold(CRITERIA, Decimal(1), category="tourism", path=Path.STANDARD, on=TODAY)
    with pytest.raises(KeyError, match="no item"):
        with_weights(rules_for(), {"luck": Decimal(1)})


def test_a_recheck_looks_at_fewer_criteria() -> None:
    fewer = checked_only(CRITERIA, rules_for("recheck"))
    assert {c.code for c in fewer.criteria} == {"output", "leading_enterprises", "chain_partners"}
    assert checked_only(CRITERIA, rules_for()) is CRITERIA
