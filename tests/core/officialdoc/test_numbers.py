from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spectown.core.officialdoc.numbers import capitals, chinese_date, document_number, heading_mark, is_document_number
from spectown.core.officialdoc.wording import full_width


def test_date_has_no_leading_zeros() -> None:
    assert chinese_date(date(2026, 3, 5)) == "2026年3月5日"
    assert chinese_date(date(2026, 11, 26)) == "2026年11月26日"


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("100.05", "壹佰元零伍分"),
        ("1280.50", "壹仟贰佰捌拾元伍角"),
        ("100000", "壹拾万元整"),
        ("10000000000", "壹佰亿元整"),
        ("123456789.01", "壹亿贰仟叁佰肆拾伍万陆仟柒佰捌拾玖元零壹分"),
    ],
)
def test_capitals(amount: str, words: str) -> None:
    assert capitals(Decimal(amount)) == words


@pytest.mark.parametrize("amount", ["-1", "0.001", "1e14"])
def test_capitals_refuse_what_they_cannot_say(amount: str) -> None:
    with pytest.raises(ValueError, match="大写"):
        capitals(Decimal(amount))


@given(st.decimals(0, 10**13, places=2))
def test_capitals_never_fail_within_their_range(amount: Decimal) -> None:
    assert capitals(amount)


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("长专镇办〔2026〕3号", True),
        ("长专镇办〔2026〕03号", False),
        ("长专镇办〔26〕3号", False),
        ("长专镇办[2026]3号", False),
        ("长专镇办〔2026〕第3号", False),
        ("长专镇办3号", False),
        ("〔2026〕3号", False),
    ],
)
def test_document_number_form(text: str, good: bool) -> None:
    assert is_document_number(text) is good


@given(st.integers(1000, 2999), st.integers(1, 99999))
def test_a_number_that_is_made_is_whole(year: int, serial: int) -> None:
    assert is_document_number(document_number("长专镇办", year, serial))


@pytest.mark.parametrize(("level", "mark"), [(1, "十二、"), (2, "\uff08十二\uff09"), (3, "12."), (4, "\uff0812\uff09")])
def test_heading_marks(level: int, mark: str) -> None:
    assert heading_mark(level, 12) == mark


def test_signs_beside_chinese_become_full_width() -> None:
    assert full_width("各县(区):12,345.60万元,a(b)") == "各县\uff08区\uff09\uff1a12,345.60万元\uff0ca(b)"
    assert full_width("不满足(没有数据(演示))") == "不满足\uff08没有数据\uff08演示\uff09\uff09"
    assert full_width("(a)县") == "\uff08a\uff09县"
    assert full_width("at 10:30, ok") == "at 10:30, ok"
