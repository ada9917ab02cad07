"""How a text of a kind takes its facts: {{ fact }} with filters for dates, amounts and lists. Jinja2, sandboxed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from spectown.core.documentkinds import figures
from spectown.core.officialdoc.numbers import capitals, chinese_date
from spectown.core.officialdoc.wording import full_width, group
from spectown.core.plandoc.numerals import written

ABSENT = "未报"
YI = Decimal(10_000)  # 万元 in one 亿元
Facts = Mapping[str, Any]


class LanguageFault(Exception):
    """A text of a kind that cannot be read or filled; the message names the text and the reason."""


def plain_number(value: Decimal | int) -> str:
    """A figure as documents write it: no separators, no zeros at the end."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def money(value: Decimal | int | str | None) -> str:
    """万元 as documents write it: 12345.6 -> 1.23亿元, 980 -> 980万元; null is 未报, 不适用 and 待核 stay."""
    if value is None or isinstance(value, str):
        return value or ABSENT
    if abs(Decimal(value)) >= YI:
        return f"{plain_number((Decimal(value) / YI).quantize(Decimal('0.01')))}亿元"
    return f"{plain_number(value)}万元"


def _day(value: date | None) -> str:
    return ABSENT if value is None else chinese_date(value)


def _month(value: date | None) -> str:
    return ABSENT if value is None else f"{value.year}年{value.month}月"


def _percent(value: Decimal | str | None) -> str:
    return value or ABSENT if value is None or isinstance(value, str) else f"{plain_number(value)}%"


def _capitals(value: Decimal | str | None, unit: int = 1) -> str:
    """元 in capitals; `unit` 10000 for an amount in 万元."""
    return value or ABSENT if value is None or isinstance(value, str) else capitals(Decimal(value) * unit)


def shown(value: Any) -> Any:
    """What stands for a value that no filter has turned into words."""
    if value is None:
        return ABSENT
    if isinstance(value, date):
        return chinese_date(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    return plain_number(value) if isinstance(value, Decimal) else value


FILTERS: Mapping[str, Callable[[Any], Any]] = {
    "day": _day,
    "month": _month,
    "money": money,
    "percent": _percent,
    "capitals": _capitals,
    "numeral": lambda value: written(int(value)),  # 3 -> 三
    "names": lambda value: group(value or ()),
    "blank": lambda value: "" if value is None else shown(value),
}
ROW_FILTERS = {"total": figures.total, "missing": figures.missing, "ranked": figures.ranked}  # of a fact of rows


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    made = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False, finalize=shown)
    made.filters.update({**FILTERS, **ROW_FILTERS})
    return made


def fill(text: str, facts: Facts) -> str:
    """A text with its facts, signs full-width beside Chinese. Raises LanguageFault."""
    try:
        return full_width(_template(text).render(facts))
    except (TemplateError, ValueError, TypeError) as error:
        raise LanguageFault(f"“{text[:60]}”不能填写:{error}") from error


def holds(expression: str, facts: Facts) -> bool:
    """Whether a condition is true. Raises LanguageFault."""
    try:
        return bool(_expression(expression)(**facts))
    except (TemplateError, TypeError) as error:
        raise LanguageFault(f"条件“{expression}”不能判断:{error}") from error


def parsed(text: str) -> nodes.Template:
    """The syntax of a text, filters and tests known. Raises LanguageFault."""
    try:
        _template(text)
        return _environment().parse(text)
    except TemplateError as error:
        raise LanguageFault(f"“{text[:60]}”不能读:{error}") from error


@cache
def _template(text: str) -> Any:
    return _environment().from_string(text)


@cache
def _expression(text: str) -> Any:
    return _environment().compile_expression(text, undefined_to_none=False)


def lines(values: Sequence[str], facts: Facts) -> tuple[str, ...]:
    """Several texts; those that become empty are left out."""
    return tuple(line for value in values if (line := fill(value, facts).strip()))
