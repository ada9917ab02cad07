"""What a draft of a scheme still lacks before somebody can be asked to approve it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from spectown.core.evaluation.drafting import Entry, Place, places
from spectown.core.evaluation.pairwise import CONSISTENT, LARGEST, compared
from spectown.core.evaluation.scheme import Normalisation, Weighting
from spectown.core.evaluation.table import Unusable
from spectown.core.evaluation.words import WAYS, WEIGHTINGS, plainly
from spectown.core.evaluation.yearreading import read_year_scheme

POSTS = (Normalisation.GOALPOSTS, Normalisation.EFFICACY)
TARGET = (Normalisation.TARGET, Normalisation.ATTAINMENT)


def lacking(entry: Entry, codes: Collection[str], categories: Collection[str], names: Mapping[str, str]) -> list[str]:
    """Sentences; empty = it can be sent. `codes`, `categories`: those in use; `names`: of indicators."""
    try:
        read_year_scheme(entry)
    except Unusable as fault:
        return [plainly(str(fault))]
    found = places(entry)
    return [
        *(text for place in found if not place.is_leaf for text in _of_node(place)),
        *(text for place in found if place.is_leaf for text in _of_leaf(place, entry, codes, names)),
        *_of_groups(entry, categories),
        *_of_own(entry, categories),
    ]


def inconsistent(entry: Entry) -> list[str]:
    """Comparisons on record that do not go together: to look at, nothing that is lacking."""
    found = []
    for place in places(entry):
        codes = [str(child["code"]) for child in place.children]
        done = compared(codes, place.node.get("pairs", [])) if 2 <= len(codes) <= LARGEST else None
        if done is not None and not done.is_consistent:
            title = place.code if place.level else "总分"
            text = f"“{title}”下的两两比较前后不一致(一致性比例 {done.ratio:.2f},应不大于 {CONSISTENT}),请复核。"
            found.append(text)
    return found


def remaining(place: Place) -> float | None:
    """What the weights beneath lack to 100 (or to 1), below 0: too much; None where nothing is to add up."""
    weights = [float(child.get("weight", 1)) for child in place.children]
    if not weights or place.node.get("weighting", "entered") != "entered" or set(weights) == {1.0}:
        return None
    total = sum(weights)
    return round((1.0 if total <= 1.5 else 100.0) - total, 6)


def name_of(place: Place, names: Mapping[str, str]) -> str:
    """How people call it."""
    return names.get(place.code, place.code) if place.level else "总分"


def _of_node(place: Place) -> Iterator[str]:
    title = place.code if place.level else "总分"
    if not place.children:
        yield f"“{title}”下还没有指标,请新增或删除它。"
    if not _works(place):
        word = WEIGHTINGS[place.node["weighting"]]
        yield f"“{title}”下的权重写的是{word},但现在算不出,请在“权重”页重新确定。"
    rest = remaining(place)
    if rest:
        yield f"“{title}”下各项权重合计不是 100,{f'还差 {rest:g}' if rest > 0 else f'多出 {-rest:g}'}。"


def _works(place: Place) -> bool:
    """True where the way of weighting that the files name can be carried out."""
    way, codes = place.node.get("weighting", Weighting.ENTERED), [str(child["code"]) for child in place.children]
    if way == Weighting.AHP:
        pairs = place.node.get("pairs", [])
        known = all(set(pair[:2]) <= set(codes) for pair in pairs)
        return known and 2 <= len(codes) <= LARGEST and compared(codes, pairs) is not None
    return way not in (Weighting.ENTROPY, Weighting.CRITIC) or all("children" not in each for each in place.children)


def _of_leaf(place: Place, entry: Entry, codes: Collection[str], names: Mapping[str, str]) -> Iterator[str]:
    name, node = names.get(place.code, place.code), place.node
    if place.code not in codes:
        yield f"指标目录中没有“{name}”,请删除或先在指标目录中新增。"
    way = node.get("normalisation") or entry["scheme"].get("normalisation", Normalisation.MINMAX)
    yield from (f"“{name}”{text}" for text in needed(way, node))


def needed(way: str, node: Mapping[str, Any]) -> Iterator[str]:
    """What a way of normalising needs and the indicator has not."""
    posts = list(node.get("posts") or [])
    if way in POSTS and (len(posts) != 2 or posts[0] == posts[1]):
        yield f"按{WAYS[way]}计分,要填两个不同的界值。"
    if way in TARGET and not node.get("target"):
        yield f"按{WAYS[way]}计分,要填不为 0 的目标值。"


def _of_groups(entry: Entry, categories: Collection[str]) -> Iterator[str]:
    strange = sorted({each for group in entry["groups"] for each in group["categories"]} - set(categories))
    if categories and strange:  # a plan without categories has none to compare
        yield f"同类组中的类别 {'、'.join(strange)} 方案中已没有,请重新选择。"


def _of_own(entry: Entry, categories: Collection[str]) -> Iterator[str]:
    strange = sorted(set(entry.get("categories", ())) - set(categories))
    if categories and strange:
        yield f"适用类别 {'、'.join(strange)} 方案中已没有,请重新选择。"
