"""Where two schemes as written read differently, item by item, in the words of the pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from spectown.core.evaluation.drafting import TOTAL, Entry, Place, places
from spectown.core.evaluation.pairwise import in_words
from spectown.core.evaluation.words import GAPS, ITEMS, OWN, SUMS, WAYS, WEIGHTINGS

CODES = {"normalisation": WAYS, "missing": GAPS, "aggregation": SUMS, "weighting": WEIGHTINGS}
SCHEME = ("normalisation", "aggregation", "missing", "coverage", "digits", "ties", "robustness", "bands")
SHARES = ("share", "coverage", "dynamic")
SKIPPED = {"code", "children", "column", "previous"}
Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """One item: what it is called, how it read, how it reads; `about`: the code of the tree or the name of the part."""

    label: str
    before: str
    after: str
    about: str


def differences(before: Entry, after: Entry, names: Names) -> list[Difference]:
    """The tree first, then what stands beside it. `names`: of indicators, categories, levels by code."""
    return [*_of_tree(before, after, names), *_of_parts(before, after, names)]


def _of_tree(before: Entry, after: Entry, names: Names) -> Iterator[Difference]:
    old, new = ({place.code: place for place in places(entry)} for entry in (before, after))
    for code in [*new, *(each for each in old if each not in new)]:
        name = "总分" if code == TOTAL else names.get(code, code)
        if code not in old:
            yield Difference(name, "", f"新增,{_summary(new[code], names)}", code)
        elif code not in new:
            yield Difference(name, _summary(old[code], names), "删除", code)
        else:
            yield from _of_place(name, old[code], new[code], names)


def _summary(place: Place, names: Names) -> str:
    above = "总分" if place.parent == TOTAL else names.get(place.parent, place.parent)
    return f"在“{above}”下,权重 {told('weight', place.node.get('weight', 1), names)}"


def _of_place(name: str, old: Place, new: Place, names: Names) -> Iterator[Difference]:
    if old.parent != new.parent:
        above = [("总分" if each.parent == TOTAL else names.get(each.parent, each.parent)) for each in (old, new)]
        yield Difference(f"{name}:上级", above[0], above[1], new.code)
    if new.code == TOTAL:
        keys: list[str] = [each for each in ("weighting", "basis") if each in old.node or each in new.node]
    else:
        keys = [each for each in {**old.node, **new.node} if each not in SKIPPED]
    for key in keys:
        left, right = old.node.get(key), new.node.get(key)
        if left != right and not (key == "weight" and float(left or 1) == float(right or 1)):
            yield Difference(f"{name}:{ITEMS.get(key, key)}", told(key, left, names), told(key, right, names), new.code)


def _of_parts(before: Entry, after: Entry, names: Names) -> Iterator[Difference]:
    rows = [(ITEMS.get(key, key), before["scheme"].get(key), after["scheme"].get(key), key) for key in SCHEME]
    keys = ("name", "year", "clause", "source", "levels", "groups", "reply", "items", "vetoes")
    rows += [(word, before.get(key), after.get(key), key) for key, word in OWN.items()]
    rows += [(ITEMS.get(key, key), before.get(key), after.get(key), key) for key in keys]
    old, new = before["consequences"], after["consequences"]
    rows += [(ITEMS[key], old.get(key), new.get(key), key) for key in ("commend", "progress", "supervise", "slow")]
    for label, left, right, key in rows:
        if left != right:
            yield Difference(label, told(key, left, names), told(key, right, names), key)


def told(key: str, value: Any, names: Names) -> str:
    """A value of an item for people; '' = none."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if key == "pairs" and isinstance(value, list | tuple):
        return ";".join(in_words(float(times), names.get(a, a), names.get(b, b)) for a, b, times in value)
    if isinstance(value, Mapping):
        inner = [(k, told(k, v, names)) for k, v in value.items() if k != "code"]
        return ",".join(text if k in ("name", "label") else f"{ITEMS.get(k, k)} {text}" for k, text in inner if text)
    if isinstance(value, list | tuple):
        between = ";" if value and isinstance(value[0], Mapping | list | tuple) else "、"
        return between.join(told(key, each, names) for each in value)
    if isinstance(value, int | float):
        return f"{value:.10g}" if key not in SHARES else f"{100 * value:.10g}%"
    return CODES.get(key, CODES["normalisation"] if key == "normalisations" else {}).get(value) or names.get(
        value, value
    )
