"""Strengths and weaknesses of a town in words (长处和短板), every word of them from a figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spectown.core.evaluation.scheme import Indicator, Node, Scheme
from spectown.core.evaluation.snapshot import Meaning

APART = 5.0  # points from the mean at which a dimension is worth a sentence (建议值)
MOST = 3

Parts = Mapping[str, Mapping[str, float | None]]  # by code: value, weight, raw


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence about one dimension."""

    code: str
    good: bool
    text: str


def sentences(town: str, rows: Mapping[str, Parts], scheme: Scheme, meanings: Mapping[str, Meaning]) -> list[Said]:
    """Up to MOST strengths and as many weaknesses, the clearest first. `rows`: parts of all ranked towns by name.

    None of a town that is not ranked: there is nobody to compare it with.
    """
    if town not in rows:
        return []
    found = []
    for node in scheme.root.children:
        own, others = rows[town].get(node.code, {}).get("value"), _known(rows, node.code, "value")
        if own is None or len(others) < 2:
            continue
        apart = own - sum(others) / len(others)
        if abs(apart) >= APART:
            found.append((apart, _sentence(town, node, own, apart, others, rows, meanings)))
    ordered = sorted(found, key=lambda each: -abs(each[0]))
    return [said for sign in (True, False) for said in [s for _, s in ordered if s.good is sign][:MOST]]


def _sentence(
    town: str,
    node: Node | Indicator,
    own: float,
    apart: float,
    others: Sequence[float],
    rows: Mapping[str, Parts],
    meanings: Mapping[str, Meaning],
) -> Said:
    place = 1 + sum(1 for value in others if value > own)
    name = meanings[node.code].name if node.code in meanings else node.code
    word = "高" if apart > 0 else "低"
    text = f"{name}得 {own:.1f} 分,比平均{word} {abs(apart):.1f} 分,在 {len(others)} 个镇中列第 {place}"
    leaf = _telling(town, node, rows, apart > 0) if isinstance(node, Node) else None
    return Said(node.code, apart > 0, f"{text}{_why(town, leaf, rows, meanings)}。")


def _telling(town: str, node: Node, rows: Mapping[str, Parts], good: bool) -> Indicator | None:
    """The indicator beneath that does most for the difference."""
    shares = {}
    for leaf in node.leaves():
        part, others = rows[town].get(leaf.code, {}), _known(rows, leaf.code, "value")
        value, weight = part.get("value"), part.get("weight")
        if value is not None and weight and part.get("raw") is not None and others:
            shares[leaf.code] = (value - sum(others) / len(others)) * weight * (1 if good else -1)
    best = max(shares, key=lambda code: shares[code], default="")
    return next((leaf for leaf in node.leaves() if leaf.code == best and shares[best] > 0), None)


def _why(town: str, leaf: Indicator | None, rows: Mapping[str, Parts], meanings: Mapping[str, Meaning]) -> str:
    if leaf is None:
        return ""
    raw, others = rows[town][leaf.code].get("raw"), _known(rows, leaf.code, "raw")
    meaning = meanings.get(leaf.code, Meaning(leaf.code, "", 2, ""))
    if raw is None:
        return ""
    mean = sum(others) / len(others)
    return f",主要是{meaning.name} {_told(raw, meaning)},各镇平均 {_told(mean, meaning, mean=True)}"


def _known(rows: Mapping[str, Parts], code: str, what: str) -> list[float]:
    values = [parts.get(code, {}).get(what) for parts in rows.values()]
    return [value for value in values if value is not None]


def _told(value: float, meaning: Meaning, *, mean: bool = False) -> str:
    places = max(meaning.decimals, 1) if mean else meaning.decimals
    text = f"{value:,.{places}f}"
    gap = "" if meaning.unit.startswith("%") else " "
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text}{gap}{meaning.unit}".strip()
