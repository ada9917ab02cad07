"""The kinds of value (a figure, 不适用, 未报; 0 is a figure) and how one cell of a grid or sheet is read."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from spectown.core.certification.money import plain
from spectown.core.numbers import Unreadable, clean, narrow, read_number
from spectown.core.units import is_unit, parts_of, powers

DOES_NOT_APPLY = frozenset({"不适用", "不涉及", "n/a", "na", "-", "--", "/", "—", "——", "–"})
NOT_REPORTED = frozenset({"", "未报", "未填报"})
AMBIGUOUS = frozenset({"无", "没有", "暂无", "空"})
LONGEST = 500  # letters of a text


class ValueKind(StrEnum):
    """What stands in a cell. Empty is not 0, and 0 is a figure like any other."""

    FIGURE = "figure"
    TEXT = "text"
    NOT_APPLICABLE = "not_applicable"
    MISSING = "missing"

    @property
    def label(self) -> str:
        """Chinese word."""
        return {"figure": "数值", "text": "文字", "not_applicable": "不适用", "missing": "未报"}[self.value]


@dataclass(frozen=True, slots=True)
class Value:
    """One value; `number` of a figure in the indicator's unit; `reason`: why there is no figure."""

    kind: ValueKind
    number: Decimal | None = None
    text: str = ""
    reason: str = ""

    @property
    def is_figure(self) -> bool:
        """True for a figure, 0 too."""
        return self.kind == ValueKind.FIGURE

    @property
    def shown(self) -> str:
        """1,234.5, 0, 不适用, 未报, or the text."""
        if self.number is not None:
            return plain(self.number)
        return self.text or self.kind.label


MISSING = Value(ValueKind.MISSING)
NOT_APPLICABLE = Value(ValueKind.NOT_APPLICABLE)


def figure(number: Decimal | int | str) -> Value:
    """A figure."""
    return Value(ValueKind.FIGURE, Decimal(number))


def missing(reason: str) -> Value:
    """Not reported, with what is lacking."""
    return Value(ValueKind.MISSING, reason=reason)


def not_applicable(reason: str) -> Value:
    """Not applicable, with why."""
    return Value(ValueKind.NOT_APPLICABLE, reason=reason)


def read_value(raw: object, unit: str, decimals: int, *, signed: bool = False) -> Value:
    """One cell as typed or as Excel gives it; a figure may carry its own unit (3.5亿). Raises Unreadable."""
    word = narrow(clean(raw)).casefold() if isinstance(raw, str) else raw
    if word is None or word in NOT_REPORTED:
        return MISSING
    if word in DOES_NOT_APPLY:
        return NOT_APPLICABLE
    if word in AMBIGUOUS:
        raise Unreadable(f"“{raw}”说不清是 0 还是不适用,请填 0 或“不适用”")
    return figure(read_number(raw, _suffixes(unit), decimals, signed=signed))


def read_text(raw: object) -> Value:
    """One cell of a text. Raises Unreadable."""
    text = clean(str(raw)) if raw is not None else ""
    if text in NOT_REPORTED:
        return MISSING
    if len(text) > LONGEST:
        raise Unreadable(f"应不超过 {LONGEST} 字,现为 {len(text)} 字,请删减")
    return Value(ValueKind.TEXT, text=text)


def rounded(number: Fraction, decimals: int) -> Decimal:
    """The one place where results are rounded: half up, exact before."""
    scaled = abs(number) * 10**decimals + Fraction(1, 2)
    whole = scaled.numerator // scaled.denominator
    return Decimal(-whole if number < 0 else whole).scaleb(-decimals)


@lru_cache(maxsize=256)
def _suffixes(unit: str) -> dict[str, int | Decimal]:
    """What may stand behind a figure in this unit, with what it multiplies by: 亿元 in a column of 万元 is 10000."""
    if "/" in unit or unit in ("%", "‰", "倍", ""):
        return {"": 1, unit: 1}
    own, base = parts_of(unit)
    words = {"": 1} | {
        word + tail: Decimal(10) ** (power - own)
        for word, power in powers().items()
        for tail in ("", base)
        if (word or tail) and (tail or power > 0) and is_unit(word + tail)
    }
    return words | ({"户": 1, "家": 1} if unit in ("户", "家") else {})
