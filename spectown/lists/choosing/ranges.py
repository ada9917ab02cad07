"""From–to filters of years, dates and figures."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Q

from spectown.lists.declaration import BoundColumn
from spectown.lists.kinds import Kind

LARGEST = Decimal(10) ** 15
WORDS = {Kind.YEAR: "四位年份,如 2023", Kind.DATE: "日期,如 2023-05-01", Kind.INTEGER: "整数,如 10"}


def bounds(bound: BoundColumn, low: str, high: str) -> tuple[Q, str]:
    """Condition and what is wrong with the limits; a wrong limit chooses nothing."""
    read = READERS.get(bound.kind, _decimal)
    try:
        limits = [read(text) if text else None for text in (low, high)]
    except (ValueError, InvalidOperation):
        expected = WORDS.get(bound.kind, "数字,如 1200.5")
        return Q(pk__in=()), f"筛选“{bound.label}”的范围“{low}—{high}”看不懂,应为{expected}。"
    first, last = limits
    if first is not None and last is not None and first > last:
        return Q(pk__in=()), f"筛选“{bound.label}”的起点 {low} 大于终点 {high},所以没有选出任何行。"
    condition = Q() if first is None else Q(**{f"{bound.name}__gte": first})
    return (condition if last is None else condition & Q(**{f"{bound.name}__lte": last})), ""


def _decimal(text: str) -> Decimal:
    value = Decimal(text.replace(",", "").replace(",", ""))
    if not value.is_finite() or abs(value) >= LARGEST or value != round(value, 6):
        raise ValueError(text)
    return value


def _integer(text: str) -> int:
    value = int(text)
    if abs(value) >= 2**31:
        raise ValueError(text)
    return value


def _year(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) == 4):
        raise ValueError(text)
    return int(text)


READERS: dict[Kind, Callable[[str], Any]] = {
    Kind.YEAR: _year,
    Kind.DATE: datetime.date.fromisoformat,
    Kind.INTEGER: _integer,
}
