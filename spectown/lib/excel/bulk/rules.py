"""What may be typed into a column, as a data validation of XlsxWriter."""

from datetime import date
from typing import Any

from spectown.lib.excel.bulk.lists import Lists
from spectown.lib.excel.bulk.sheet import DATES, NUMBERS, BulkColumn

_LARGEST = 999_999_999_999_999
_EARLIEST, _LATEST = date(1900, 3, 1), date(9999, 12, 31)
_WHOLE = frozenset({"integer", "year"})


def rule_of(column: BulkColumn, lists: Lists) -> dict[str, Any] | None:
    """The rule of a column; None where anything may be typed."""
    options = ("是", "否") if column.kind == "flag" and column.options is None else column.options
    if options:
        return _list(column, lists.name_of(options))
    if column.kind in NUMBERS:
        kind = "integer" if column.kind in _WHOLE else "decimal"
        return _between(column, kind, -_LARGEST, _LARGEST, "整数" if kind == "integer" else "数字")
    if column.kind in DATES:
        return _between(column, "date", _EARLIEST, _LATEST, "日期(如 2026-06-30)")
    if column.maximum is not None:
        message = f"{column.heading}不超过 {column.maximum} 个字"
        rule = {"validate": "length", "criteria": "<=", "value": column.maximum}
        return {**rule, **_texts(column, message)}
    return None


def _list(column: BulkColumn, name: str) -> dict[str, Any]:
    message = "请从下拉列表中选择" if column.strict else "列表中没有这一项,确定要填写吗?"
    rule = {"validate": "list", "source": f"={name}", "error_type": "stop" if column.strict else "warning"}
    return {**rule, **_texts(column, message)}


def _between(column: BulkColumn, kind: str, least: Any, most: Any, what: str) -> dict[str, Any]:
    low = least if column.minimum is None else column.minimum
    high = most if column.maximum is None else column.maximum
    bounds = [f"不小于 {column.minimum}"] if column.minimum is not None else []
    bounds += [f"不大于 {column.maximum}"] if column.maximum is not None else []
    message = f"{column.heading}应为{what}" + "".join(f",{bound}" for bound in bounds)
    return {"validate": kind, "criteria": "between", "minimum": low, "maximum": high, **_texts(column, message)}


def _texts(column: BulkColumn, message: str) -> dict[str, str]:
    return {"error_title": column.heading[:32], "error_message": message[:255]}
