"""Numbers as people type them, made exact: 1,234.5, 3.5亿, 1200 万元, １２. Never a float, never a guess."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

MOST_DIGITS = 12  # before the point: 10^12 万元 is far beyond any economy
MOST_DECIMALS = 4  # of 万元: one 元; shares too
_WIDE = {0xFF01 + offset: 0x21 + offset for offset in range(94)} | {0x3000: 0x20}
_NUMBER = re.compile(r"(?P<sign>[+-]?)(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?P<rest>\.[0-9]+)?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060\ufeff\ud800-\udfff]")


class Unreadable(ValueError):
    """A value cannot be read; the text says what was expected and what to do."""


def clean(text: str) -> str:
    """Remove control and direction characters, and blanks around the text."""
    return _CONTROL.sub("", text).strip()


def narrow(text: str) -> str:
    """Full-width letters and signs in half width."""
    return text.translate(_WIDE)


def shown(raw: object) -> str:
    """Show a raw value in a message, shortened."""
    text = clean(str(raw))
    return text if len(text) <= 40 else f"{text[:40]}…"


def read_number(raw: object, suffixes: Mapping[str, int | Decimal], decimals: int, *, signed: bool = False) -> Decimal:
    """Read a number with an allowed unit behind it; the unit multiplies. `signed`: it may be below 0."""
    refused = Unreadable(f"应为数字,现为“{shown(raw)}”,请填写阿拉伯数字")
    if isinstance(raw, bool) or not isinstance(raw, str | int | float | Decimal):
        raise refused
    text = re.sub(r"\s", "", narrow(clean(raw))) if isinstance(raw, str) else _digits(raw, refused)
    match = _NUMBER.match(text)
    if match is None or text[match.end() :] not in suffixes:
        raise refused
    if not signed and match["sign"] == "-" and text.strip("-0.,") != "":
        raise Unreadable(f"不能为负数,现为“{shown(raw)}”,请核对后填写")
    digits = match["digits"].replace(",", "").lstrip("0")
    if len(digits) > MOST_DIGITS:
        raise Unreadable(f"数值过大,现为“{shown(raw)}”,请核对数字和单位")
    number = Decimal((digits or "0") + (match["rest"] or "")) * suffixes[text[match.end() :]]
    return _few_decimals(-number if match["sign"] == "-" else number, decimals, raw)


def _digits(raw: int | float | Decimal, refused: Unreadable) -> str:
    number = Decimal(repr(raw)) if isinstance(raw, float) else Decimal(raw)
    if not number.is_finite():
        raise refused
    if number and abs(number.adjusted()) > MOST_DIGITS + MOST_DECIMALS:
        raise Unreadable("数值过大或过小,请核对数字和单位")
    return f"{number:f}"


def _few_decimals(number: Decimal, decimals: int, raw: object) -> Decimal:
    try:
        rounded = number.quantize(Decimal(1).scaleb(-decimals))
    except InvalidOperation as error:
        raise Unreadable(f"数值过大,现为“{shown(raw)}”,请核对数字和单位") from error
    if rounded != number:
        kind = f"最多保留 {decimals} 位小数" if decimals else "应为整数"
        raise Unreadable(f"{kind},现为“{shown(raw)}”,请核对后填写")
    return number.normalize() + 0 if number else Decimal(0)
