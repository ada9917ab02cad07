"""Raw values become answers; what cannot be read is named with its label and what to do."""

import json
from decimal import Decimal

import pytest

from spectown.core.certification.answers import Answers, Judgement
from spectown.core.certification.check import check
from spectown.core.certification.fields import form_fields
from spectown.core.certification.outcomes import Outcome
from spectown.core.certification.validate import read_answers, unfilled
from tests.core.certification.conftest import TODAY, base


def test_answers(criteria):
    raw = {
        "town_name": " 沁州黄小米专业镇 ",
        "category": "特优农业",
        "output_wan": "5.2亿元",
        "chain_partners": "36户",
        "counties": "沁县",
        "traditional_origin": "是",
        "evidence_market_province": "占全省23%",
        "honour_champion": 0,
        "judgements": {"market_province": {"outcome": "met", "by": "甲", "reason": "属实"}},
    }
    reading = read_answers(raw, criteria)
    assert reading.faults == ()
    assert reading.answers == Answers(
        town_name="沁州黄小米专业镇",
        category="agriculture",
        output_wan=Decimal(52000),
        chain_partners=36,
        counties=("沁县",),
        traditional_origin=True,
        evidence={"market_province": "占全省23%"},
        honours={"champion": 0},
        judgements={"market_province": Judgement(Outcome.MET, "甲", "属实")},
    )


def test_all_faults_are_named_at_once(criteria):
    raw = {"output_wan": "约两千", "chain_partners": -1, "traditional_origin": "也许", "town_name": "沁"}
    reading = read_answers(raw, criteria)
    assert [fault.field for fault in reading.faults] == ["output_wan", "chain_partners", "traditional_origin"]
    assert reading.faults[0].message == "“主导产业年产值(万元)”应为数字,现为“约两千”,请填写阿拉伯数字"
    assert reading.answers == Answers(town_name="沁")


@pytest.mark.parametrize(
    ("judgements", "reason"),
    [
        ([], "对象"),
        ({"magic": {"outcome": "met", "by": "甲", "reason": "乙"}}, "没有代码为“magic”的条件"),
        ({"county": {"outcome": "qualifies", "by": "甲", "reason": "乙"}}, "met 或 unmet"),
        ({"county": {"outcome": "met", "by": "甲"}}, "理由"),
        ({"county": {"outcome": "met", "by": " ", "reason": "乙"}}, "判断人"),
        ({"county": "met"}, "outcome"),
        ({"county": {"outcome": ["met"]}}, "outcome"),
    ],
)
def test_judgements_that_are_faults(criteria, judgements, reason):
    (fault,) = read_answers({"judgements": judgements}, criteria).faults
    assert reason in fault.reason


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ({"output_wan": 12}, "误按亿元"),
        ({"output_wan": "1200000000"}, "误按元"),
        ({"output_wan": 120000}, "年度"),
        ({"chain_partners": 9, "family_farms": 8, "cooperatives": 2}, "家庭农场"),
        ({"chain_partner": 9}, "未识别的填报项“chain_partner”"),
    ],
)
def test_doubtful_values_are_warnings(criteria, raw, words):
    reading = read_answers(raw, criteria)
    assert reading.faults == ()
    assert any(words in warning for warning in reading.warnings)


@pytest.mark.parametrize("raw", ["12万元", "5000", 100000, 0, "12亿"])
def test_plausible_amounts_do_not_warn(criteria, raw):
    assert read_answers({"output_wan": raw, "output_year": 2022}, criteria).warnings == ()


def test_what_blocks_submission(criteria):
    fields = form_fields(criteria)
    assert [field.code for field in unfilled({}, fields)] == [field.code for field in fields if field.needed]
    assert "counties" in {field.code for field in unfilled({"counties": []}, fields)}
    assert unfilled({field.code: "1" for field in fields if field.needed}, fields) == ()


def test_the_form_covers_every_criterion_and_names_each_field_once(criteria):
    fields = form_fields(criteria, ["沁县"])
    codes = [field.code for field in fields]
    assert len(codes) == len(set(codes))
    assert {code for field in fields for code in field.required_for} == {
        criterion.code for criterion in criteria.criteria
    }
    assert all(field.clause for field in fields if field.required_for)
    assert next(field for field in fields if field.code == "applicant_county").options == ("沁县",)
    output = next(field for field in fields if field.code == "output_wan")
    assert output.heading == "主导产业年产值(万元)"
    assert "制造业 10亿元以上" in output.hint


def test_json_shape(criteria):
    reading = read_answers(base("已判断", criteria), criteria)
    result = check(reading.answers, criteria, on=TODAY).as_dict()
    assert list(result) == ["overall", "paths", "findings", "missing"]
    assert list(result["paths"]) == ["standard", "relaxed"]
    for finding in result["findings"]:
        assert {"clause", "criterion", "path", "outcome", "value", "threshold", "message"} <= finding.keys()
    output = next(each for each in result["findings"] if each["criterion"] == "output")
    assert (output["value"], output["threshold"], output["clause"]) == (120000, 100000, "二(四)")
    assert json.loads(json.dumps(result, allow_nan=False)) == result
