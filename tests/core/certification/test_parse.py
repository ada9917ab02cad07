"""What people type into a form, and what JSON and Excel deliver."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spectown.core.certification.fields import Field, FieldKind, form_fields
from spectown.core.certification.money import plain, wan_text
from spectown.core.certification.parse import parse
from spectown.core.numbers import Unreadable

MONEY = Field("output_wan", "主导产业年产值", FieldKind.MONEY, unit="万元")
COUNT = Field("chain_partners", "上下游配套企业户数", FieldKind.INTEGER, unit="户")
COUNTIES = Field("counties", "县(区)", FieldKind.LIST)


@pytest.mark.parametrize(
    ("raw", "wan"),
    [
        ("100000", "100000"),
        (100000, "100000"),
        (99999.99, "99999.99"),
        (Decimal("1E+5"), "100000"),
        ("100,000", "100000"),
        (" 100 000 ", "100000"),
        ("100000.50", "100000.5"),
        ("10亿", "100000"),
        ("12.5亿元", "125000"),
        ("8000万元", "8000"),
        ("8000 万", "8000"),
        ("50000000元", "5000"),
        ("10,000.5万元", "10000.5"),
        ("0", "0"),
        (0, "0"),
        ("+5", "5"),
        ("0.0001", "0.0001"),
        ("\u200b12\u00a0亿", "120000"),
    ],
)
def test_amounts(raw, wan):
    assert parse(MONEY, raw) == Decimal(wan)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("约两千", "应为数字,现为“约两千”,请填写阿拉伯数字"),
        ("两千", "应为数字"),
        ("12亿以上", "应为数字"),
        ("-5", "不能为负数"),
        (-5, "不能为负数"),
        (Decimal("-0.01"), "不能为负数"),
        (float("nan"), "应为数字"),
        (float("inf"), "应为数字"),
        ("NaN", "应为数字"),
        ("Infinity", "应为数字"),
        (Decimal("NaN"), "应为数字"),
        (Decimal("sNaN"), "应为数字"),
        (True, "应为数字"),
        (False, "应为数字"),
        (Decimal("1e400"), "数值过大"),
        (Decimal("1e-400"), "数值过大或过小"),
        (10**30, "数值过大"),
        ("9" * 5000, "数值过大"),
        ("1e400", "应为数字"),
        ("1e5", "应为数字"),
        ("1,0000", "应为数字"),
        ("12,34", "应为数字"),
        ("1.2.3", "应为数字"),
        ("10²", "应为数字"),
        ("٣", "应为数字"),
        ("0.00001", "最多保留 4 位小数"),
        ([1], "应为数字"),
        ({"value": 1}, "应为数字"),
    ],
)
def test_amounts_that_are_faults(raw, reason):
    with pytest.raises(Unreadable, match=reason):
        parse(MONEY, raw)


@pytest.mark.parametrize(("raw", "count"), [("10", 10), (10.0, 10), ("10户", 10), ("1,200", 1200), ("12 户", 12)])
def test_counts(raw, count):
    parsed = parse(COUNT, raw)
    assert parsed == count
    assert type(parsed) is int


@pytest.mark.parametrize("raw", [9.5, "9.5", "十", "10亿", True, "10家", 10**10])
def test_counts_that_are_faults(raw):
    with pytest.raises(Unreadable):
        parse(COUNT, raw)


@pytest.mark.parametrize("field", [MONEY, COUNT, COUNTIES])
@pytest.mark.parametrize("raw", [None, "", "  ", "\u3000", "\n", [], "\ufeff"])
def test_blank_is_not_reported(field, raw):
    assert parse(field, raw) is None


@pytest.mark.parametrize(
    ("raw", "names"),
    [
        ("沁县", ("沁县",)),
        ("上党区、平顺县", ("上党区", "平顺县")),
        ("上党区,平顺县;沁县\n沁县", ("上党区", "平顺县", "沁县")),
        (["上党区", " 上党区 ", ""], ("上党区",)),
        ("、", ()),
    ],
)
def test_lists(raw, names):
    assert parse(COUNTIES, raw) == names


@pytest.mark.parametrize("raw", [["沁县", 3], [None], {"a": 1}, 5, [["沁县"]]])
def test_lists_that_are_faults(raw):
    with pytest.raises(Unreadable):
        parse(COUNTIES, raw)


def test_choices(criteria):
    category = next(each for each in form_fields(criteria) if each.code == "category")
    for raw in ("light_industry", "特色轻工(工艺美术)", "特色轻工(工艺美术)", "工艺美术", "Light_Industry"):
        assert parse(category, raw) == "light_industry"
    assert parse(category, "数据服务") == "数据服务"


def test_yes_no_unknown(criteria):
    origin = next(each for each in form_fields(criteria) if each.code == "traditional_origin")
    assert [parse(origin, raw) for raw in (True, "是", "有", "TRUE")] == [True] * 4
    assert [parse(origin, raw) for raw in (False, "否", "没有", "false")] == [False] * 4
    assert parse(origin, "不清楚") is None
    for raw in (1, 0, "maybe", 1.0):
        with pytest.raises(Unreadable, match="从列表中选择"):
            parse(origin, raw)


ANYTHING = st.none() | st.booleans() | st.integers() | st.floats() | st.decimals() | st.text() | st.lists(st.text())


@given(ANYTHING)
def test_any_value_is_read_or_refused_in_words(criteria, raw):
    for field in form_fields(criteria):
        read = outcome_of(field, raw)
        assert json.dumps(str(read), ensure_ascii=False).encode()


def outcome_of(field, raw):
    try:
        return parse(field, raw)
    except Unreadable as error:
        return error


@given(st.decimals(0, 10**9, places=4, allow_nan=False))
def test_a_written_amount_reads_back_exactly(amount):
    assert parse(MONEY, wan_text(amount)) == amount
    assert parse(MONEY, plain(amount)) == amount


def test_amounts_are_never_rounded_across_a_threshold():
    assert wan_text(Decimal("99999.99")) == "99,999.99万元"
    assert wan_text(Decimal(100000)) == "10亿元"
    assert wan_text(Decimal(125500)) == "12.55亿元"
    assert wan_text(Decimal("0.01")) == "0.01万元"
    assert wan_text(Decimal(0)) == "0万元"
