"""A scheme of a year as written, changed step by step: every function gives a new entry and leaves the old one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from spectown.core.evaluation.reading import DEEPEST
from spectown.core.evaluation.table import Unusable

TOTAL = "total"  # code of the root
Entry = Mapping[str, Any]
DEFAULTS: Mapping[str, Any] = {
    "weighting": "entered",
    "reversed": False,
    "log": False,
    "dynamic": 0,
    "cap": 1,
    "pairs": [],
}


@dataclass(frozen=True, slots=True)
class Place:
    """A dimension or indicator where it stands: level 1 to 4, 0 = the whole; `share`: of the total score."""

    code: str
    node: dict[str, Any]
    level: int
    parent: str
    order: int
    share: float

    @property
    def is_leaf(self) -> bool:
        """True for an indicator."""
        return "children" not in self.node

    @property
    def children(self) -> list[dict[str, Any]]:
        """What stands directly beneath."""
        found: list[dict[str, Any]] = list(self.node.get("children") or [])
        return found


def places(entry: Entry) -> list[Place]:
    """The whole first, then all beneath in the order of the tree. `share` goes by the entered weights."""
    root = Place(TOTAL, entry["scheme"], 0, "", 0, 100.0)
    return [root, *_beneath(root)]


def _beneath(above: Place) -> Iterator[Place]:
    whole = sum(_weight(child) for child in above.children)
    for order, child in enumerate(above.children):
        share = above.share * _weight(child) / whole if whole else 0.0
        here = Place(str(child["code"]), child, above.level + 1, above.code, order, share)
        yield here
        yield from _beneath(here)


def _weight(node: Mapping[str, Any]) -> float:
    return float(node.get("weight", 1))


def place_of(entry: Entry, code: str) -> Place:
    """Where a code stands. Raises Unusable."""
    found = next((each for each in places(entry) if each.code == code), None)
    if found is None:
        raise Unusable(f"方案中没有“{code}”,可能刚被改动,请刷新后再试。")
    return found


def put(node: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """The node with these items; what is empty or the default is left out."""
    whole = {**node, **changes}
    said = {name: value for name, value in whole.items() if value not in (None, "", [], ())}
    return {name: value for name, value in said.items() if name in node or DEFAULTS.get(name) != value}


def changed(entry: Entry, code: str, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Items of a node told otherwise; a new code is a new name everywhere. Raises Unusable."""
    made, node = _copied(entry, code)
    new = str(changes.get("code", code))
    if new != code:
        _require_free(entry, new)
        above = _node(made, place_of(entry, code).parent)
        above["pairs"] = [[new if each == code else each for each in pair] for pair in above.get("pairs", [])]
        _tidy(above)
    kept = put(node, changes) | ({"children": node["children"]} if "children" in node else {})
    node.clear()
    node.update(kept)
    return made


def added(entry: Entry, parent: str, node: Mapping[str, Any]) -> dict[str, Any]:
    """A new dimension or indicator at the end of its parent. Raises Unusable."""
    _require_free(entry, str(node["code"]))
    made, above = _copied(entry, parent)
    level = place_of(entry, parent).level + 1
    _require_level(level, 0)
    above.setdefault("children", []).append(dict(node))
    return made


def removed(entry: Entry, code: str) -> dict[str, Any]:
    """Without it and all beneath; comparisons with it are gone too. Raises Unusable where a rule hangs on it."""
    place = place_of(entry, code)
    gone = {code, *(each.code for each in _beneath(place))}
    if used := sorted(gone & set(entry["scheme"].get("ties", ()))):
        raise Unusable(f"同分规则要比“{'、'.join(used)}”,请先在“总则”中去掉。")
    slow = (entry["consequences"].get("slow") or {}).get("indicator")
    if slow in gone:
        raise Unusable(f"“建设进度较慢”看的是“{slow}”,请先在“结果运用”中改掉。")
    if sum(1 for each in places(entry) if each.is_leaf and each.code not in gone) == 0:
        raise Unusable("至少要留一项指标。")
    made, above = _copied(entry, place.parent)
    above["children"] = [child for child in above["children"] if child["code"] != code]
    above["pairs"] = [pair for pair in above.get("pairs", []) if code not in pair[:2]]
    _tidy(above)
    return made


def moved(entry: Entry, code: str, parent: str, order: int) -> dict[str, Any]:
    """Under another parent, or to another place (from 0) of its own. Raises Unusable."""
    place, target = place_of(entry, code), place_of(entry, parent)
    below = list(_beneath(place))
    if parent == code or parent in {each.code for each in below} or target.is_leaf:
        raise Unusable("不能移到自己或自己的下级之中,也不能移到指标之下。")
    _require_level(target.level + 1, max((each.level - place.level for each in below), default=0))
    made, above = _copied(entry, place.parent)
    node = next(child for child in above["children"] if child["code"] == code)
    above["children"].remove(node)
    if parent != place.parent:
        above["pairs"] = [pair for pair in above.get("pairs", []) if code not in pair[:2]]
        _tidy(above)
    _node(made, parent)["children"].insert(order, node)
    return made


def weighted(entry: Entry, code: str, weights: Mapping[str, float], basis: str = "") -> dict[str, Any]:
    """The children of a node with these weights, entered; comparisons stay on record. Raises Unusable."""
    made, node = _copied(entry, code)
    for child in node["children"]:
        child["weight"] = bare(weights[child["code"]])
    node.pop("weighting", None)
    node["basis"] = basis
    _tidy(node)
    return made


def compared(entry: Entry, code: str, pairs: Sequence[tuple[str, str, float]], basis: str = "") -> dict[str, Any]:
    """The pairwise comparisons of a node's children, perhaps not all yet; its weights stay as they are."""
    made, node = _copied(entry, code)
    known = {child["code"] for child in node["children"]}
    node["pairs"] = [list(pair) for pair in pairs if set(pair[:2]) <= known]
    node["basis"] = basis or node.get("basis", "")
    _tidy(node)
    return made


def part(entry: Entry, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Items beside the tree: those of `scheme` go there, the others stand at the top."""
    made = deepcopy(dict(entry))
    inner = changes.get("scheme", {})
    for whole, told in ((made, {k: v for k, v in changes.items() if k != "scheme"}), (made["scheme"], inner)):
        for name, value in told.items():
            if value is None:
                whole.pop(name, None)
            else:
                whole[name] = value
    return made


def bare(number: float) -> float | int:
    """Whole numbers as such, as a person would write them."""
    return int(number) if float(number).is_integer() else float(number)


def _copied(entry: Entry, code: str) -> tuple[dict[str, Any], dict[str, Any]]:
    place_of(entry, code)
    made = deepcopy(dict(entry))
    return made, _node(made, code)


def _node(made: Entry, code: str) -> dict[str, Any]:
    """The node itself, to be changed: only of a copy."""
    return place_of(made, code).node


def _tidy(node: dict[str, Any]) -> None:
    for name in ("pairs", "basis"):
        if not node.get(name):
            node.pop(name, None)


def _require_free(entry: Entry, code: str) -> None:
    if any(each.code == code for each in places(entry)):
        raise Unusable(f"方案中已有“{code}”,同一项只能写一次。")


def _require_level(level: int, below: int) -> None:
    if level + below > DEEPEST:
        raise Unusable(f"最多 {DEEPEST} 级,不能再往下分。")
