"""Numbers as official documents write them: dates, document numbers, marks of headings, capitals."""

import re
from datetime import date
from decimal import Decimal

import cn2an

from spectown.core.plandoc.numerals import written

_NUMBER = re.compile(r"[^\s\[\]()〔〕【】\uff08\uff09]+〔[12]\d{3}〕[1-9]\d*号")
MOST = Decimal(10) ** 14


def chinese_date(day: date) -> str:
    """成文日期 (7.3.5.4): Arabic digits, the whole year, no leading zeros: 2026年3月5日."""
    return f"{day.year}年{day.month}月{day.day}日"


def document_number(code: str, year: int, serial: int) -> str:
    """发文字号 (7.2.5): 长专镇办〔2026〕3号."""
    return f"{code}〔{year}〕{serial}号"


def is_document_number(text: str) -> bool:
    """Whether a text is a whole 发文字号: organ's code, year of four digits in 〔〕, serial without zeros, 号."""
    return bool(_NUMBER.fullmatch(text))


def heading_mark(level: int, number: int) -> str:
    """Mark of a heading (7.3.3): 一、 (一) 1. (1)."""
    marks = {
        1: f"{written(number)}、",
        2: f"\uff08{written(number)}\uff09",
        3: f"{number}.",
        4: f"\uff08{number}\uff09",
    }
    return marks[level]


def capitals(amount: Decimal) -> str:
    """An amount of yuan in Chinese capitals: 1280.50 -> 壹仟贰佰捌拾元伍角.

    Raises ValueError where capitals cannot say it: below zero, parts of a 分, 100 万亿 and more.
    """
    if not 0 <= amount < MOST or amount != amount.quantize(Decimal("0.01")):
        raise ValueError(f"金额 {amount} 不能写成大写:应不小于 0、小于一百万亿元,且最多两位小数。")
    return str(cn2an.an2cn(f"{amount:.2f}", "rmb"))
