"""One wording for many (批量公文): fields such as {{项目名称}} in the facts of a pattern, filled from a row of a list.

Fields are read by the parser of own templates: no code, no expressions. What a row does not have stays as the field it
was, and a document with a field left is not sent on (`open_fields`).
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from unicodedata import normalize

from spectown.core.documentkinds.fields import FieldFault, Marked, marked


@dataclass(frozen=True, slots=True)
class Value:
    """What a field is replaced by: words within a sentence, and the plain value where the field is all there is."""

    words: str
    plain: str = ""


def plain_name(text: str) -> str:
    """A name as it is compared: half-width, without spaces."""
    return "".join(normalize("NFKC", text).split())


def texts(value: Any) -> Iterator[str]:
    """All texts in facts."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list | tuple):
        for part in value.values() if isinstance(value, Mapping) else value:
            yield from texts(part)


def open_fields(facts: Mapping[str, Any]) -> list[str]:
    """Fields that still stand in facts, each once, as typed; also braces without a partner."""
    found = [each.text.strip() if isinstance(each, Marked) else "" for text in texts(facts) for each in marked(text)]
    return list(dict.fromkeys(f"{{{{{name}}}}}" if name else "没有成对的“{{”或“}}”" for name in found))


def faults(facts: Mapping[str, Any], names: Iterable[str]) -> list[str]:
    """Fields of a pattern that no column answers, as Chinese sentences; empty = each can be filled."""
    known = {plain_name(name): name for name in names}
    found = []
    for text in texts(facts):
        for each in marked(text):
            if isinstance(each, FieldFault):
                found.append(f"{each}。")
            elif plain_name(each.text) not in known:
                near = difflib.get_close_matches(plain_name(each.text), known, n=1, cutoff=0.4)
                hint = f",是否为“{known[near[0]]}”" if near else ""
                found.append(f"没有名为“{each.text.strip()}”的栏目{hint}。")
    return list(dict.fromkeys(found))


def filled(facts: Any, values: Mapping[str, Value]) -> Any:
    """The facts with every field replaced that has a value (`values` by plain_name)."""
    if isinstance(facts, str):
        return _filled(facts, values)
    if isinstance(facts, Mapping):
        return {name: filled(part, values) for name, part in facts.items()}
    return [filled(part, values) for part in facts] if isinstance(facts, list | tuple) else facts


def worded(text: str) -> str:
    """A text of a pattern as it is named in lists and headings: 【单位】 where the field {{单位}} stands."""
    return _filled(text, {plain_name(each.text): Value(f"【{each.text.strip()}】") for each in _fields(text)})


def _fields(text: str) -> list[Marked]:
    return [each for each in marked(text) if isinstance(each, Marked) and each.text.strip()]


def _filled(text: str, values: Mapping[str, Value]) -> str:
    parts, at = [], 0
    for each in marked(text):
        if not isinstance(each, Marked):
            continue
        value = values.get(plain_name(each.text))
        if value is None or not value.words:
            continue
        if (each.start, each.end) == (0, len(text)):
            return value.plain or value.words
        parts += [text[at : each.start], value.words]
        at = each.end
    return "".join([*parts, text[at:]])
