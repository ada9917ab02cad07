"""Fields of the office's own templates: {{专业镇}}, {{产值|金额}}, {{整改要求.期限}}. A strict parser.

No code, no expressions. A field names a fact of the kind by label or name; behind a point, one of the columns of a
fact with rows; behind a stroke, one of the filters of kinds; last of all perhaps |可省: its paragraph goes where there
is no value. Braces, points and strokes may be full-width, as a Chinese keyboard types them.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from unicodedata import normalize

from spectown.core.documentkinds.common import all_facts
from spectown.core.documentkinds.figures import total
from spectown.core.documentkinds.language import FILTERS, shown
from spectown.core.documentkinds.model import FIGURES, Fact, FactType, Kind
from spectown.core.officialdoc.wording import group

OPEN, CLOSE = re.compile(r"[{\uff5b]{2}"), re.compile(r"[}\uff5d]{2}")
POINT = re.compile(r"[.\u3002\uff0e\u00b7]")
NUMBER = "number"
EXTRA = {"title": "标题", NUMBER: "序号"}  # what a template may name beside the facts
CHINESE_FILTERS = {
    "日期": "day", "年月": "month", "金额": "money", "百分比": "percent", "大写": "capitals", "中文数字": "numeral",
    "并列": "names", "可空": "blank",
}  # fmt: skip
COUNT, TOTAL = "count", "total"
OF_MANY = {"项数": COUNT, COUNT: COUNT, "合计": TOTAL, TOTAL: TOTAL}  # one figure of all rows of a fact
OMIT = ("可省", "omit")  # not a filter: behind it or alone
CHOOSE = "从“可用的字段”表中复制一个"


MANY = {FactType.LIST, FactType.ROWS, FactType.CELLS}
FITS = {  # which facts a filter is for; those not named take every fact
    "day": {FactType.DATE}, "month": {FactType.DATE}, "names": {FactType.LIST}, "money": {FactType.MONEY},
    "percent": {FactType.PERCENT, FactType.NUMBER}, "capitals": {FactType.YUAN}, "numeral": {FactType.COUNT},
}  # fmt: skip


class FieldFault(ValueError):
    """A field that cannot be used; the message is a Chinese sentence, `todo` another one that says what to do."""

    def __init__(self, message: str, todo: str = CHOOSE) -> None:
        super().__init__(message)
        self.todo = todo


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its place in the text, the fact, the column of its rows ("" = none), the filter ("" = none).

    `omit`: without a value its paragraph goes. `across`: of a fact of CELLS, the fact with the headings. `summed`: the
    column of which the filter TOTAL makes one figure; `column` is empty then, since nothing is repeated.
    """

    start: int
    end: int
    fact: str
    column: str = ""
    filter: str = ""
    omit: bool = False
    across: str = ""
    summed: str = ""


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
            said = "字段没有结束:“{{”后面缺少“}}”,一个字段须写在同一段内,中间不能换行"
            yield FieldFault(said, "补上“}}”,把整个字段连写在同一段内")
            at = opened.end()
            continue
        yield Marked(opened.start(), closed.end(), text[opened.end() : closed.start()])
        at = closed.end()
    yield from _stray(text[at:])


def _stray(text: str) -> Iterator[FieldFault]:
    if CLOSE.search(text):
        yield FieldFault("多出了“}}”,前面没有与它成对的“{{”", "删去多余的“}}”,或在前面补上“{{”")


def understood(found: Marked, kind: Kind) -> Field:
    """The field that a stretch means. Raises FieldFault with the nearest name."""
    path, *filters = re.split(r"[|\uff5c]", found.text)
    omit = bool(filters) and _plain(filters[-1]) in OMIT
    filters = filters[:-1] if omit else filters
    if "\n" in path or len(filters) > 1:
        said = f"字段“{found.text.strip()}”写法有误:中间不能换行,只能有一个“|”(另可在最后加“|可省”)"
        raise FieldFault(said, "把字段连写在一行内,“|”后只留一种写法")
    if filters and (many := OF_MANY.get(_plain(filters[0]))):
        fact, summed = _of_many(path, kind, many)
        return Field(found.start, found.end, fact.name, filter=many, omit=omit, summed=summed)
    fact, column = _fact(path, kind)
    name = _filter(filters[0], column or fact) if filters else ""
    return Field(found.start, found.end, fact.name, column.name if column else "", name, omit, fact.across)


def _of_many(path: str, kind: Kind, filter: str) -> tuple[Fact, str]:
    """The fact that is counted, or the fact and the column of figures that are summed."""
    listed = _named(_plain(path), [fact for fact in all_facts(kind) if fact.type in MANY])
    if filter == COUNT and listed:
        return listed, ""
    fact, column = _fact(path, kind)
    if filter == TOTAL and column and column.type in FIGURES:
        return fact, column.name
    said = "“项数”用于有多项的要素" if filter == COUNT else "“合计”用于多行要素中的数字栏"
    raise FieldFault(f"{said},“{_plain(path)}”不是", "去掉“|”和后面的字,或改用别的写法")


def _fact(path: str, kind: Kind) -> tuple[Fact, Fact | None]:
    whole = _plain(path)
    facts = all_facts(kind)
    if direct := _named(whole, facts):
        if direct.type is FactType.ROWS:
            example = f"{{{{{direct.label}.{direct.of[0].label}}}}}" if direct.of else ""
            said = f"“{whole}”是多行的要素,请写明其中一栏,如 {example}"
            raise FieldFault(said, f"在名称后加“.”和栏名,如 {example}")
        return direct, None
    for name, label in EXTRA.items():
        if whole in (name, label):
            return Fact(name=name, label=label, type=FactType.COUNT if name == NUMBER else FactType.TEXT), None
    head, *rest = POINT.split(path, maxsplit=1)
    rows = _named(_plain(head), [fact for fact in facts if fact.type is FactType.ROWS])
    if rest and rows:
        column = _named(_plain(rest[0]), rows.of)
        if column is None or column.type is FactType.ROWS:
            raise _unknown(f"“{rows.label}”没有名为“{_plain(rest[0])}”的栏", _plain(rest[0]), rows.of)
        return rows, column
    raise _unknown(f"{kind.label}没有名为“{whole}”的要素", whole, facts)


def _plain(text: str) -> str:
    """A name as it is compared: half-width, without spaces."""
    return "".join(normalize("NFKC", text).split())


def _named(name: str, facts: tuple[Fact, ...] | list[Fact]) -> Fact | None:
    by_name = next((fact for fact in facts if fact.name == name), None)
    return by_name or next((fact for fact in facts if _plain(fact.label) == name), None)


def _unknown(said: str, name: str, facts: tuple[Fact, ...]) -> FieldFault:
    names = [text for fact in facts for text in (fact.label, fact.name)]
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.4)
    return FieldFault(f"{said},是否为“{near[0]}”", f"把名称改为“{near[0]}”,或{CHOOSE}") if near else FieldFault(said)


def _filter(text: str, fact: Fact) -> str:
    name = CHINESE_FILTERS.get(_plain(text), _plain(text))
    if name not in FILTERS:
        offered = "、".join([*CHINESE_FILTERS, "项数", "合计", OMIT[0]])
        said = f"没有名为“{_plain(text)}”的写法,可用的有:{offered}"
        raise FieldFault(said, "改为可用的写法,或删去“|”和后面的字")
    if fact.type is FactType.CELLS or fact.type not in FITS.get(name, {fact.type}):
        said = f"“{fact.label}”不能按“{_plain(text)}”写出,请去掉“|{_plain(text)}”或改用别的写法"
        raise FieldFault(said, f"去掉“|{_plain(text)}”,或改用别的写法")
    return name


def is_left_out(field: Field, facts: Mapping[str, Any], row: Mapping[str, Any] | None) -> bool:
    """Whether the paragraph of a field goes, since there is no value."""
    value = _given(field, facts, row, 0)
    return field.omit and (value is None or value is False or value == "" or value == [])


def _given(field: Field, facts: Mapping[str, Any], row: Mapping[str, Any] | None, number: int) -> Any:
    if field.fact == NUMBER:
        return number or None
    if field.column:
        return None if row is None else row.get(field.column)
    return facts.get(field.fact)


def value_of(field: Field, facts: Mapping[str, Any], row: Mapping[str, Any] | None, number: int) -> str:
    """What stands in place of a field. Raises FieldFault where its filter does not fit the fact."""
    value = _given(field, facts, row, number)
    if field.filter == COUNT:
        return str(len(value or ()))
    if field.filter == TOTAL:
        return str(shown(total(value or (), field.summed)))
    try:
        if field.filter:
            return str(FILTERS[field.filter](value))
        return group(value) if isinstance(value, list) else str(shown(value))
    except (ValueError, TypeError, ArithmeticError, AttributeError) as error:
        raise FieldFault(f"“{field.column or field.fact}”的值不能按“{field.filter}”写出,请改用别的写法") from error
