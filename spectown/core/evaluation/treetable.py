"""The tree of a scheme as rows of a table, and back: what a person fills in in a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from spectown.core.evaluation.drafting import TOTAL, Place, bare, places, put
from spectown.core.evaluation.table import Unusable
from spectown.core.evaluation.words import WAYS

HEADS = ("类别", "代码", "名称", "上级", "层内权重", "标准化办法", "最差值", "最好值", "目标值", "增长占(%)",
         "越小越好", "取对数", "条款")  # fmt: skip
KINDS = {False: "方面", True: "指标"}
WHOLE, YES, NO = "总分", frozenset({"是", "√", "1"}), frozenset({"", "否", "0"})
Row = Mapping[str, str]
Names = Mapping[str, str]


def rows_of(entry: Mapping[str, Any], names: Names) -> list[tuple[str, ...]]:
    """A row for each dimension and indicator, in the order of the tree, under HEADS."""
    return [tuple(_cells(place, names)) for place in places(entry)[1:]]


def _cells(place: Place, names: Names) -> Iterator[str]:
    node, leaf = place.node, place.is_leaf
    posts = node.get("posts") or (None, None)
    yield from (KINDS[leaf], place.code, names.get(place.code, place.code) if leaf else place.code)
    yield from (WHOLE if place.parent == TOTAL else place.parent, _text(node.get("weight", 1)))
    yield WAYS.get(node.get("normalisation", ""), "")
    yield from (_text(each) for each in (*posts, node.get("target")))
    yield _text(bare(round(100 * node["dynamic"], 6))) if node.get("dynamic") else ""
    yield from ("是" if node.get(name) else "" for name in ("reversed", "log"))
    yield str(node.get("clause", ""))


def _text(number: Any) -> str:
    return "" if number is None else f"{number:.10g}"


def tree_from(entry: Mapping[str, Any], rows: Sequence[tuple[int, Row]], clauses: frozenset[str]) -> dict[str, Any]:
    """The entry with this tree; what the table does not say stays as it was. Raises Unusable with every fault.

    `rows`: by their number in the sheet; `clauses`: those that the plan has, empty = not looked at.
    """
    faults: list[str] = []
    old = {place.code: place.node for place in places(entry)}
    made: dict[str, dict[str, Any]] = {TOTAL: {"children": []}}
    for number, row in rows:
        code, parent = row["代码"], TOTAL if row["上级"] == WHOLE else row["上级"]
        wrong = list(_wrong(row, made, parent, clauses))
        faults += [f"第 {number} 行{text}。" for text in wrong]
        if not wrong:
            made[code] = _node(row, old.get(code, {}))
            made[parent]["children"].append(made[code])
    if faults:
        raise Unusable("".join(faults))
    whole = {**entry["scheme"], "children": made[TOTAL]["children"]}
    for node in (whole, *made.values()):
        _prune(node)
    return {**entry, "scheme": whole}


def _prune(node: dict[str, Any]) -> None:
    """Comparisons of what does not stand beneath any more are gone."""
    here = {child["code"] for child in node.get("children", ())}
    if "pairs" in node:
        node["pairs"] = [pair for pair in node["pairs"] if set(pair[:2]) <= here]


def _wrong(row: Row, made: Mapping[str, Mapping[str, Any]], parent: str, clauses: frozenset[str]) -> Iterator[str]:
    if row["类别"] not in KINDS.values():
        yield f"的类别应为方面或指标,现为“{row['类别']}”"
    if not row["代码"] or row["代码"] in made:
        yield f"的代码“{row['代码']}”{'与前面的重复' if row['代码'] else '没有填'}"
    if parent not in made or "children" not in made[parent]:
        yield f"的上级“{row['上级']}”应是前面的一个方面,或“{WHOLE}”"
    if clauses and row["条款"] not in clauses:
        yield f"的条款“{row['条款']}”方案中没有"
    yield from _unreadable(row)


def _unreadable(row: Row) -> Iterator[str]:
    """What cannot be understood, whatever stands around it."""
    if row["标准化办法"] not in {"", *WAYS.values()}:
        yield f"的标准化办法“{row['标准化办法']}”没有这一种,可填 {'、'.join(WAYS.values())}"
    figures = ("层内权重", "最差值", "最好值", "目标值", "增长占(%)")
    yield from (f"的{head}应是数,现为“{row[head]}”" for head in figures if row[head] and _number(row[head]) is None)
    if not row["层内权重"]:
        yield "没有填层内权重"
    if bool(row["最差值"]) != bool(row["最好值"]):
        yield "的最差值、最好值要都填或都不填"
    odd = [head for head in ("越小越好", "取对数") if row[head] not in YES | NO]
    yield from (f"的{head}填是或不填,现为“{row[head]}”" for head in odd)


def _node(row: Row, old: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in old.items() if name not in ("children", "posts", "target", "dynamic")}
    said: dict[str, Any] = {"code": row["代码"], "weight": _number(row["层内权重"]), "clause": row["条款"]}
    if row["类别"] == KINDS[False]:
        return {**put(kept, said), "children": []}
    posts = [number for head in ("最差值", "最好值") if (number := _number(row[head])) is not None]
    codes = {word: code for code, word in WAYS.items()}
    share = _number(row["增长占(%)"]) or 0
    said |= {"normalisation": str(codes.get(row["标准化办法"], "")), "posts": posts, "target": _number(row["目标值"])}
    said |= {"dynamic": bare(round(share / 100, 6)), "reversed": row["越小越好"] in YES, "log": row["取对数"] in YES}
    return put(kept, said)


def _number(text: str) -> float | int | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return bare(number) if abs(number) < 1e15 else None
