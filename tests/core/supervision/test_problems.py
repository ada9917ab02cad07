"""Problems: proposed routes, likeness, common problems; tables of cases that an official can read."""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest
import yaml

from spectown.core.supervision.alike import Item, is_alike, likeness, nearest
from spectown.core.supervision.common import clusters
from spectown.core.supervision.problemkinds import read_rules, rules_on
from spectown.core.supervision.routing import Question, Task, propose
from spectown.core.supervision.settings import SettingsFault
from spectown.core.supervision.wording import phrases
from tests.core.supervision.data import PLAN, cases
from tests.core.supervision.problem_data import NAMES, RAW, RULES, TASKS

LABELS = {
    each["code"]: each["label"] for each in yaml.safe_load((PLAN / "categories.yaml").read_text("utf-8"))["categories"]
}


@pytest.mark.parametrize("case", cases("problem_routes.yaml"))
def test_routes(case: dict[str, Any]) -> None:
    asked = {name: case[name] for name in ("kind", "clause", "industry", "raiser") if name in case}
    question = Question(**asked, refused=frozenset(case.get("refused", ())))
    found, expect = propose(question, TASKS, NAMES, RULES, LABELS), case["expect"]
    assert (found.unit, found.clause) == (expect["unit"], expect["clause"]), found.reason
    for part in expect["says"]:
        assert part in found.reason
    assert not ({question.raiser, *question.refused} - {""}) & {found.unit, *found.candidates}
    first = expect.get("first", expect["unit"])
    assert found.candidates[:1] == ((first,) if first else ())


@pytest.mark.parametrize("case", cases("problem_likeness.yaml"))
def test_likeness(case: dict[str, Any]) -> None:
    first, second = Item(1, **case["first"]), Item(2, **case["second"])
    found, back = likeness(first, second), likeness(second, first)
    assert (found.text, list(found.shared)) == (case["text"], case["shared"])
    assert (back.text, back.shared) == (found.text, found.shared)
    assert is_alike(found.text, len(found.shared), RULES) is case["alike"]
    assert phrases(first.text, second.text) == case.get("phrases", phrases(first.text, second.text))


def test_before_posting_the_likest_come_first() -> None:
    others = [
        Item(1, "冷库电价高", kind="energy"),
        Item(2, "用地指标不足,厂房扩建拿不到地", kind="project"),
        Item(3, "用地指标不足,厂房扩建拿不到地", kind="land"),
        Item(4, "厂房用地指标不够,无法扩建", kind="land"),
    ]
    new = Item(9, "用地指标不足,二期厂房扩建拿不到地", kind="land")
    assert [each.pk for each in nearest(new, [*others, new], RULES)] == [3, 2, 4]
    assert [each.pk for each in nearest(new, others[::-1], RULES, most=2)] == [3, 2]


def _same(pk: int, raiser: str, text: str = "用地指标不足,厂房扩建拿不到地", **more: Any) -> Item:
    return Item(pk, text, kind="land", clause="三(九)", raiser=raiser, **more)


def test_three_alike_of_two_raisers_are_proposed() -> None:
    items = [_same(3, "乙"), _same(1, "甲"), _same(2, "甲"), Item(7, "冷库电价高", kind="energy", raiser="丙")]
    (found,) = clusters(items, RULES)
    assert (found.lead, found.pks, found.raisers, found.joins) == (1, (1, 2, 3), 2, False)
    assert found.same == ("clause", "kind")
    assert clusters(items[:2], RULES) == []  # two are not enough


def test_one_raiser_who_asks_again_and_again_is_no_common_problem() -> None:
    assert clusters([_same(pk, "甲") for pk in (1, 2, 3, 4)], RULES) == []


def test_what_is_alike_to_a_common_problem_is_proposed_to_join_it() -> None:
    common = _same(50, "", common=True)
    (found,) = clusters([_same(1, "甲"), common], RULES)
    assert (found.lead, found.joins, found.pks) == (50, True, (1,))
    assert clusters([common], RULES) == []


def test_rules_say_where_they_are_wrong() -> None:
    assert rules_on(read_rules(RAW), date(2023, 3, 30)) is None
    assert rules_on(read_rules(RAW), date(2026, 1, 1)) == RULES
    faults = {
        "days": ("days", 0, "days 不少于 1"),
        "kinds": ("kinds", {"land": {"clause": "三(九)"}}, "多出或缺少"),
        "alike": ("alike", {"sure": 20, "near": 30, "shared": 1}, "near 不大于 sure"),
        "missing": ("source", None, "缺少 'source'"),
    }
    for name, value, text in faults.values():
        raw = deepcopy(RAW)
        raw[0][name] = value
        if value is None:
            del raw[0][name]
        with pytest.raises(SettingsFault, match=text):
            read_rules(raw)
    with pytest.raises(SettingsFault, match="两组从同一天起用"):
        read_rules(RAW * 2)


def test_a_plan_without_duties_still_proposes_by_kind() -> None:
    found = propose(Question("land"), {}, NAMES, RULES, LABELS)
    assert (found.unit, found.candidates) == ("ziran", ("ziran",))
    assert propose(Question("market"), {"三(七)": Task(())}, NAMES, RULES, LABELS).unit == ""
