"""Fields of a pattern: filled once, never looked at again, misspelled ones named, what a row lacks stays open."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spectown.core.documentkinds.patterns import Value, faults, filled, open_fields, worded

FACTS: dict[str, Any] = {
    "subject": "关于{{ 项目名称 }}进度的督办",
    "amount": "{{总投资}}",
    "steps": [{"step": "由｛｛责任单位｝｝办理", "due": "{{计划开工}}"}],
    "plain": "没有栏目",
    "flag": True,
}
VALUES = {
    "项目名称": Value("小米加工{{总投资}}"),
    "总投资": Value("8,000万元", "8000.00"),
    "责任单位": Value("沁县政府"),
    "计划开工": Value(""),
}


def test_words_in_a_sentence_plain_values_alone_and_nothing_twice() -> None:
    found = filled(FACTS, VALUES)
    assert found["subject"] == "关于小米加工{{总投资}}进度的督办"  # a value is text: its braces are not filled again
    assert found["amount"] == "8000.00"
    assert found["steps"] == [{"step": "由沁县政府办理", "due": "{{计划开工}}"}]
    assert (found["plain"], found["flag"]) == ("没有栏目", True)


def test_what_is_left_open_is_named_once() -> None:
    found = filled(FACTS | {"more": "{{计划开工}}"}, VALUES)
    assert open_fields(found) == ["{{总投资}}", "{{计划开工}}"]
    assert open_fields({"text": "多了}}"}) == ["没有成对的“{{”或“}}”"]
    assert open_fields({"text": "一个{大括号}"}) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{项目名}}", "没有名为“项目名”的栏目,是否为“项目名称”。"),
        ("{{长城}}", "没有名为“长城”的栏目。"),
        ("{{项目名称", "字段没有结束"),
        ("{{项目 名称}}", ""),
    ],
)
def test_a_field_that_no_column_answers_is_named(text: str, said: str) -> None:
    found = "".join(faults({"a": [text]}, list(VALUES)))
    assert found.startswith(said) if said else found == ""


@given(text=st.text(), value=st.text(min_size=1))
def test_text_without_fields_stays(text: str, value: str) -> None:
    known = {"名称": Value(value)}
    if "名称" not in text:
        assert filled(text, known) == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("关于商请{{单位}}报送｛｛ 年度 ｝｝总结的通知", "关于商请【单位】报送【年度】总结的通知"),
        ("{{标题}}", "【标题】"),
        ("没有栏目", "没有栏目"),
        ("没有结束的{{单位", "没有结束的{{单位"),
    ],
)
def test_a_pattern_is_named_in_words(text: str, said: str) -> None:
    assert worded(text) == said
