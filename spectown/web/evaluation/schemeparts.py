"""The parts of a scheme beside its tree, as cards: what they say, whether it is the plan's suggestion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from spectown.core.evaluation.versions import differences, told
from spectown.core.evaluation.words import ITEMS, OWN

Entry = Mapping[str, Any]
GENERAL = ("normalisation", "aggregation", "missing", "coverage", "ties", "digits", "robustness")
PARTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "general": ("总则", ("label", "categories", "ended", "name", "source", "levels", "reply", *GENERAL)),
    "groups": ("同类组", ("groups",)),
    "bands": ("等次", ("bands",)),
    "items": ("加分、扣分", ("items",)),
    "vetoes": ("一票否决", ("vetoes",)),
    "lines": ("结果运用", ("commend", "progress", "supervise", "slow")),
}


@dataclass(frozen=True, slots=True)
class Card:
    """One part. `facts`: label and lines of text; `mark`: 建议值 or 本稿改动."""

    part: str
    title: str
    facts: list[tuple[str, list[str]]]
    mark: str


def cards_of(entry: Entry, base: Entry, names: Mapping[str, str]) -> list[Card]:
    """All parts in order."""
    changed = {each.about for each in differences(base, entry, names)}
    found = []
    for part, (title, keys) in PARTS.items():
        facts = [(_word(part, key), _lines(key, _value(entry, key), names)) for key in keys]
        mark = "本稿改动" if changed & set(keys) else "建议值"
        found.append(Card(part, title, [(label, lines) for label, lines in facts if lines], mark))
    return found


def _word(part: str, key: str) -> str:
    return OWN[key] if part == "general" and key in OWN else ITEMS[key]


def _value(entry: Entry, key: str) -> Any:
    if key in ("commend", "progress", "supervise", "slow"):
        return entry["consequences"].get(key)
    return entry["scheme"].get(key) if key in (*GENERAL, "bands") else entry.get(key)


def _lines(key: str, value: Any, names: Mapping[str, str]) -> list[str]:
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        return [told(key, each, names) for each in value]
    text = told(key, value, names)
    return [text] if text else []
