"""Fields of the office's own templates: {{专业镇}}, {{产值|金额}}, {{整改要求.期限}}. A strict parser.

No code, no expressions. A field names a fact of the kind by label or name; behind a point, one of the columns of a
fact with rows; behind a stroke, one of the filters of kinds. Braces, points and strokes may be full-width, as a Chinese
keyboard types them.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from unicodedata import normalize

from spectown.core.documentkinds.common import all_facts
from spectown.core.documentkinds.language import FILTERS, shown
from spectown.core.documentkinds.model import Fact, FactType, Kind
from spectown.core.officialdoc.wording import group

OPEN, CLOSE = re.compile(r"[{\uff5b]{2}"), re.compile(r"[}\uff5d]{2}")
POINT = re.compile(r"[.\u3002\uff0e\u00b7]")
NUMBER = "number"
EXTRA = {"title": "标题", NUMBER: "序号"}  # what a template may name beside the facts
CHINESE_FILTERS = {
    "日期": "day", "年月": "month", "金额": "money", "百分比": "percent", "大写": "capitals", "中文数字": "numeral",
    "并列": "names", "可空": "blank",
}  # fmt: skip


_FIGURES = {FactType.NUMBER, FactType.COUNT, FactType.MONEY, FactType.YUAN, FactType.PERCENT}
FITS = {  # which facts a filter is for; those not named take every fact
    "day": {FactType.DATE}, "month": {FactType.DATE}, "names": {FactType.LIST}, "money": {FactType.MONEY},
    "percent": {FactType.PERCENT, FactType.NUMBER}, "capitals": {FactType.YUAN}, "numeral": {FactType.COUNT},
}  # fmt: skip


class FieldFault(ValueError):
    """A field that cannot be used; the message is a Chinese sentence."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its place in the text, the fact, the column of its rows ("" = none), the filter ("" = none)."""

    start: int
    end: int
    fact: str
    column: str = ""
    filter: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch between double braces, not yet understood."""

    start: int
    end: int
    text: str


def marked(text: str) -> Iterator[Marked | FieldFault]:
    """What stands between double braces, and the braces that have no partner."""
    at = 0
    while opened := OPEN.search(text, at):
        yield from _stray(text[at : opened.start()])
        closed, again = CLOSE.search(text, opened.end()), OPEN.search(text, opened.end())
        if closed is None or (again and again.start() < closed.start()):
            yield FieldFault("字段没有结束:“{{”后面缺少“}}”,一个字段须写在同一段内,中间不能换行")
            at = opened.end()
            continue
        yield Marked(opened.start(), closed.end(), text[opened.end() : closed.start()])
        at = closed.end()
    yield from _stray(text[at:])


def _stray(text: str) -> Iterator[FieldFault]:
    if CLOSE.search(text):
        yield FieldFault("多出了“}}”,前面没有与它成对的“{{”")


def understood(found: Marked, kind: Kind) -> Field:
    """The field that a stretch means. Raises FieldFault with the nearest name."""
    path, *filters = re.split(r"[|\uff5c]", found.text)
    if "\n" in path or len(filters) > 1:
        raise FieldFault(f"字段“{found.text.strip()}”写法有误:中间不能换行,只能有一个“|”")
    fact, column = _fact(path, kind)
    name = _filter(filters[0], column or fact) if filters else ""
    return Field(found.start, found.end, fact.name, column.name if column else "", name)


def _fact(path: str, kind: Kind) -> tuple[Fact, Fact | None]:
    whole = _plain(path)
    for name, label in EXTRA.items():
        if whole in (name, label):
            return Fact(name=name, label=label), None
    facts = all_facts(kind)
    if direct := _named(whole, facts):
        if direct.type is FactType.ROWS:
            example = f"{{{{{direct.label}.{direct.of[0].label}}}}}" if direct.of else ""
            raise FieldFault(f"“{whole}”是多行的要素,请写明其中一栏,如 {example}")
        return direct, None
    head, *rest = POINT.split(path, maxsplit=1)
    rows = _named(_plain(head), [fact for fact in facts if fact.type is FactType.ROWS])
    if rest and rows:
        column = _named(_plain(rest[0]), rows.of)
        if column is None or column.type is FactType.ROWS:
            raise FieldFault(_unknown(f"“{rows.label}”没有名为“{_plain(rest[0])}”的栏", _plain(rest[0]), rows.of))
        return rows, column
    raise FieldFault(_unknown(f"{kind.label}没有名为“{whole}”的要素", whole, facts))


def _plain(text: str) -> str:
    """A name as it is compared: half-width, without spaces."""
    return "".join(normalize("NFKC", text).split())


def _named(name: str, facts: tuple[Fact, ...] | list[Fact]) -> Fact | None:
    by_name = next((fact for fact in facts if fact.name == name), None)
    return by_name or next((fact for fact in facts if _plain(fact.label) == name), None)


def _unknown(said: str, name: str, facts: tuple[Fact, ...]) -> str:
    names = [text for fact in facts for text in (fact.label, fact.name)]
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.4)
    return f"{said},是否为“{near[0]}”" if near else said


def _filter(text: str, fact: Fact) -> str:
    name = CHINESE_FILTERS.get(_plain(text), _plain(text))
    if name not in FILTERS:
        raise FieldFault(f"没有名为“{_plain(text)}”的写法,可用的有:{'、'.join(CHINESE_FILTERS)}")
    if fact.type not in FITS.get(name, {fact.type}):
        raise FieldFault(f"“{fact.label}”不能按“{_plain(text)}”写出,请去掉“|{_plain(text)}”或改用别的写法")
    return name


def value_of(field: Field, facts: Mapping[str, Any], row: Mapping[str, Any] | None, number: int) -> str:
    """What stands in place of a field. Raises FieldFault where its filter does not fit the fact."""
    if field.fact == NUMBER:
        value: Any = number or None
    elif field.column:
        value = None if row is None else row.get(field.column)
    else:
        value = facts.get(field.fact)
    try:
        if field.filter:
            return str(FILTERS[field.filter](value))
        return group(value) if isinstance(value, list) else str(shown(value))
    except (ValueError, TypeError, ArithmeticError, AttributeError) as error:
        raise FieldFault(f"“{field.column or field.fact}”的值不能按“{field.filter}”写出,请改用别的写法") from error
