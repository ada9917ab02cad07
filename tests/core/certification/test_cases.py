"""The table of cases that an official can read (cases.yaml)."""

from pathlib import Path

import pytest
import yaml

from spectown.core.certification.check import check
from spectown.core.certification.validate import read_answers
from tests.core.certification.conftest import TODAY, base

CASES = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))
KEYS = {"例", "起点", "填报", "判断", "结论", "路径", "标准", "放宽", "还差", "提醒"}


def result_of(case, criteria):
    raw = {**base(case["起点"], criteria), **case.get("填报", {})}
    for code, outcome in case.get("判断", {}).items():
        verdict = {"outcome": outcome, "by": "审核人", "reason": "见审核意见"}
        raw["judgements"] = {**raw["judgements"], code: verdict}
    reading = read_answers(raw, criteria)
    assert reading.faults == ()
    return check(reading.answers, criteria, on=TODAY, warnings=reading.warnings)


@pytest.mark.parametrize("case", CASES, ids=[case["例"] for case in CASES])
def test_case(case, criteria):
    assert case.keys() <= KEYS
    result = result_of(case, criteria).as_dict()
    assert result["overall"] == case["结论"]
    for path, overall in case.get("路径", {}).items():
        assert result["paths"][path]["overall"] == overall
    outcomes = {(each["path"], each["criterion"]): each["outcome"] for each in result["findings"]}
    for path, name in (("standard", "标准"), ("relaxed", "放宽")):
        for criterion, outcome in case.get(name, {}).items():
            assert outcomes[path, criterion] == outcome, criterion
    if "还差" in case:
        messages = [each["message"] for each in result["missing"]]
        assert len(messages) == len(case["还差"]), messages
        for message, expected in zip(messages, case["还差"], strict=True):
            assert expected in message
    if "提醒" in case:
        assert any(case["提醒"] in warning for warning in result["paths"]["standard"]["warnings"])


def test_there_are_enough_cases_and_each_is_named_once():
    names = [case["例"] for case in CASES]
    assert len(names) >= 30
    assert len(set(names)) == len(names)
