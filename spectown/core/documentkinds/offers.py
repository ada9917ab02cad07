"""The fields that a kind offers to own templates, each ready to be copied, with what it prints of the example."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from spectown.core.documentkinds.common import all_facts
from spectown.core.documentkinds.example import example
from spectown.core.documentkinds.facts import FactsFault
from spectown.core.documentkinds.fields import CHINESE_FILTERS, Field, FieldFault, marked, understood, value_of
from spectown.core.documentkinds.language import LanguageFault
from spectown.core.documentkinds.model import Fact, FactType, Kind
from spectown.core.documentkinds.ownfacts import own_facts

USUAL = {FactType.MONEY: "money", FactType.PERCENT: "percent"}  # the filter that most want
STROKES = {english: chinese for chinese, english in CHINESE_FILTERS.items()}
SHOWN = 60


@dataclass(frozen=True, slots=True)
class Offer:
    """One field: as it is written, what it is, whether it always has a value, what it prints of the example.

    `rows`: the fact whose rows repeat the line; empty of others.
    """

    field: str
    label: str
    about: str
    required: bool
    printed: str
    rows: str = ""


def offers(kind: Kind) -> tuple[Offer, ...]:
    """The title, unless it is a fact itself, then all facts of a kind; of a fact with rows each column."""
    facts, own = _shown_facts(kind), all_facts(kind)
    title = Offer("{{标题}}", "标题", "按文种的写法生成", True, _printed("{{标题}}", kind, facts))
    first = () if any(fact.label == title.label for fact in own) else (title,)
    return (*first, *(offer for fact in own for offer in _offers(fact, kind, facts)))


def _shown_facts(kind: Kind) -> Mapping[str, Any]:
    serial = f"{kind.code}〔2026〕1号" if kind.code else "第1期"
    try:
        return own_facts(kind, example(kind) | {"serial": serial})
    except (FactsFault, LanguageFault):
        return {}  # a sample of the kind is faulty: its fields are the same


def _offers(fact: Fact, kind: Kind, facts: Mapping[str, Any]) -> Iterator[Offer]:
    if fact.type is FactType.ROWS:
        for inner in fact.of:
            field = _written(f"{fact.label}.{inner.label}", inner)
            yield Offer(field, inner.label, inner.hint, inner.required, _printed(field, kind, facts), fact.label)
        return
    field = _written(fact.label, fact)
    if fact.type is FactType.CELLS:
        yield Offer(field, fact.label, "单独写一段,生成带表头的一整张表", fact.required, "(整张表)")
        return
    yield Offer(field, fact.label, fact.hint, fact.required, _printed(field, kind, facts))


def _written(name: str, fact: Fact) -> str:
    usual = USUAL.get(fact.type)
    return f"{{{{{name}{f'|{STROKES[usual]}' if usual else ''}}}}}"


def _printed(written: str, kind: Kind, facts: Mapping[str, Any]) -> str:
    """The value of the example, of a fact with rows that of its first row."""
    try:
        field = field_of(written, kind)
        rows = facts.get(field.fact) if field.column else None
        text = value_of(field, facts, rows[0] if rows else None, 1) if facts else ""
    except FieldFault:
        return ""
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def field_of(written: str, kind: Kind) -> Field:
    """The field that a text in double braces means. Raises FieldFault."""
    found = next(marked(written), None)
    if found is None or isinstance(found, FieldFault):
        raise found or FieldFault(f"“{written}”不是字段")
    return understood(found, kind)
