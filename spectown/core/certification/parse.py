"""Reading one raw value of the form: what people type, and what JSON and Excel deliver.

Every function takes a raw value that is not blank and returns the value, or raises Unreadable with the
reason in Chinese: what was expected, what stands there, what to do.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from spectown.core.certification.fields import Choice, Field, FieldKind
from spectown.core.numbers import MOST_DECIMALS, Unreadable, clean, narrow, read_number, shown

Parsed = str | Decimal | int | bool | tuple[str, ...] | None
MOST_COUNTED = 10**9
FIRST_YEAR, LAST_YEAR = 1949, 2100
_MONEY_UNITS: Mapping[str, int | Decimal] = {
    "": 1,
    "万": 1,
    "万元": 1,
    "亿": 10000,
    "亿元": 10000,
    "元": Decimal("0.0001"),
}
_SEPARATORS = re.compile(r"[、,,;;\n\r\t/]+")


def parse(field: Field, raw: object) -> Parsed:
    """Read a raw value of a field. None and blanks are None (not reported). Raises Unreadable."""
    if raw is None or (isinstance(raw, str) and not clean(raw)) or raw in ([], ()):
        return None
    return _PARSERS[field.kind](field, raw)


def has_unit(raw: object) -> bool:
    """Tell whether an amount was written with its unit."""
    return isinstance(raw, str) and any(unit in raw for unit in "元万亿")


def _text(field: Field, raw: object) -> str:
    if not isinstance(raw, str):
        raise Unreadable(f"应为文字,现为“{shown(raw)}”,请填写文字")
    text, longest = clean(raw), field.longest
    if len(text) > longest:
        raise Unreadable(f"应不超过 {longest} 字,现为 {len(text)} 字,请删减")
    return text


def _money(field: Field, raw: object) -> Decimal:
    return read_number(raw, _MONEY_UNITS, MOST_DECIMALS)


def _percent(field: Field, raw: object) -> Decimal:
    number = read_number(raw, {"": 1, "%": 1}, MOST_DECIMALS)
    if number > 100:
        raise Unreadable(f"应在 0 至 100 之间,现为“{shown(raw)}”,请核对后填写")
    return number


def _integer(field: Field, raw: object) -> int:
    number = int(read_number(raw, dict.fromkeys(("", field.unit or "", "个"), 1), 0))
    if number > MOST_COUNTED:
        raise Unreadable(f"数值过大,现为“{shown(raw)}”,请核对后填写")
    return number


def _year(field: Field, raw: object) -> int:
    year = int(read_number(raw, {"": 1, "年": 1, "年度": 1}, 0))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Unreadable(f"应为四位年份,现为“{shown(raw)}”,请按“2022”的样式填写")
    return year


def _choice(field: Field, raw: object) -> str:
    text = _text(field, raw)
    for choice in field.choices:
        if _same(text, choice):
            return choice.code
    if field.open_choice:
        return text
    raise Unreadable(f"应为“{'、'.join(field.options)}”之一,现为“{shown(raw)}”,请从列表中选择")


def _same(text: str, choice: Choice) -> bool:
    return _plain(text) in {_plain(name) for name in (choice.code, choice.label, *choice.aliases)}


def _plain(text: str) -> str:
    return narrow(text).casefold()


def _yes_no(field: Field, raw: object) -> bool | None:
    if isinstance(raw, bool):
        return raw
    if not isinstance(raw, str):
        raise Unreadable(f"应为“{'、'.join(field.options)}”之一,现为“{shown(raw)}”,请从列表中选择")
    return {"yes": True, "no": False, "unknown": None}[_choice(field, raw)]


def _list(field: Field, raw: object) -> tuple[str, ...]:
    parts = list(raw) if isinstance(raw, list | tuple) else _SEPARATORS.split(_text(field, raw))
    names = [_text(field, part) for part in parts]
    return tuple(dict.fromkeys(name for name in names if name))


_PARSERS: Mapping[FieldKind, Callable[[Field, object], Parsed]] = {
    FieldKind.TEXT: _text,
    FieldKind.LONG_TEXT: _text,
    FieldKind.MONEY: _money,
    FieldKind.PERCENT: _percent,
    FieldKind.INTEGER: _integer,
    FieldKind.YEAR: _year,
    FieldKind.CHOICE: _choice,
    FieldKind.YES_NO: _yes_no,
    FieldKind.LIST: _list,
}
