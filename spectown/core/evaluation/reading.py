"""A scheme as written (YAML or JSON, already parsed) to a Scheme; every fault in Chinese with its place."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from spectown.core.evaluation.scheme import Aggregation, Node, Normalisation, Scheme
from spectown.core.evaluation.table import Table, Unusable
from spectown.core.faults import said

ROOT = ("children", "weighting", "pairs", "basis")
DEEPEST = 4  # levels of dimensions and indicators beneath the root
_READ = TypeAdapter(Scheme)


def read_scheme(data: Mapping[str, Any] | None, table: Table) -> Scheme:
    """The scheme for a table; without `children` all other columns of figures count the same. Raises Unusable, also
    where one of them holds a text: it would not count, and nobody would see that."""
    given = dict(data or {})
    if not given.get("children"):
        odd = [f"列“{name}”中{place}不是数。" for name, place in table.odd.items() if name not in _used(given)]
        if odd:
            raise Unusable("".join(odd) + "请改成数,没有数的留空;不是指标的列请删去,或用方案写明指标。")
        given["children"] = [{"code": name} for name in _free_columns(given, table)]
    scheme = scheme_of(given)
    _require(_columns(scheme, table))
    return scheme


def scheme_of(data: Mapping[str, Any]) -> Scheme:
    """The scheme as written, whatever the table will be. Raises Unusable."""
    given = dict(data)
    root = {"code": "total", **{key: given.pop(key) for key in ROOT if key in given}}
    try:
        scheme = _READ.validate_python({**given, "root": _completed(root)})
    except ValidationError as error:
        raise Unusable(f"评估方案有误:{';'.join(dict.fromkeys(map(_said, error.errors())))}。") from error
    _require(_faults(scheme))
    return scheme


def _free_columns(given: Mapping[str, Any], table: Table) -> list[str]:
    """Columns of figures that no other part of the scheme uses."""
    return [name for name in table.figures if name not in _used(given)]


def _used(given: Mapping[str, Any]) -> set[Any]:
    return {given.get("group"), *given.get("vetoes", ()), *(a.get("column") for a in given.get("adjustments", ()))}


def _completed(node: Any) -> Any:
    """Indicators take their column from their code, in a tree of any shape."""
    if not isinstance(node, Mapping):
        return node
    if isinstance(node.get("children"), list):
        return {**node, "children": [_completed(child) for child in node["children"]]}
    return {"column": node.get("code"), **node}


def _said(fault: ErrorDetails) -> str:
    return said(fault, without=("Node", "Indicator")).removeprefix("root.")  # the union tries both


def _require(faults: list[str]) -> None:
    if faults:
        raise Unusable("评估方案有误:" + "".join(faults))


def _faults(scheme: Scheme) -> list[str]:
    nodes = [node for node, _level in _walk(scheme.root, 0)]
    leaves = scheme.indicators
    codes = [node.code for node in nodes] + [leaf.code for leaf in leaves]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    methods = {leaf.normalisation or scheme.normalisation for leaf in leaves} | set(scheme.robustness.normalisations)
    ways = {scheme.aggregation, *scheme.robustness.aggregations, *(node.aggregation for node in nodes)}
    checks = (
        (bool(twice), f"代码重复:{'、'.join(twice)}。"),
        (max(level for _node, level in _walk(scheme.root, 1)) > DEEPEST, f"最多 {DEEPEST} 级。"),
        (any(node.aggregation == Aggregation.TOPSIS for node in nodes), "topsis 只能用于整个方案,不能用于某一维度。"),
        (Aggregation.GEOMETRIC in ways and Normalisation.ZSCORE in methods, "几何平均不能用于 zscore(有负值)。"),
        (not set(scheme.ties) <= {leaf.code for leaf in leaves}, "ties 中有方案里没有的指标。"),
        ([b.low for b in scheme.bands] != sorted((b.low for b in scheme.bands), reverse=True), "bands 须由高到低写。"),
        (not 0 <= scheme.coverage <= 1, "coverage 须在 0 到 1 之间。"),
        (not 0 <= scheme.digits <= 6, "digits 须在 0 到 6 之间。"),
        (not 1 <= scheme.robustness.draws <= 1_000_000, "draws 须在 1 到 1000000 之间。"),
        (scheme.robustness.weights is not None and not scheme.robustness.weights > 0, "weights(集中度)须大于 0。"),
        (scheme.robustness.seed < 0, "seed 不能为负。"),
        (min(scheme.robustness.top, scheme.robustness.bottom) <= 0, "top、bottom 须大于 0。"),
        (
            any(not 0 <= leaf.dynamic <= 1 or leaf.cap <= 0 for leaf in leaves),
            "dynamic 须在 0 到 1 间,cap 须大于 0。",
        ),
        (any(item.cap < 0 for item in scheme.adjustments), "加减分项的 cap 不能为负。"),
    )
    return [said for is_wrong, said in checks if is_wrong]


def _walk(node: Node, level: int) -> list[tuple[Node, int]]:
    below = [each for child in node.children if isinstance(child, Node) for each in _walk(child, level + 1)]
    return [(node, level), *below]


def _columns(scheme: Scheme, table: Table) -> list[str]:
    figures = {name for leaf in scheme.indicators for name in (leaf.column, leaf.previous) if name}
    figures |= {item.column for item in scheme.adjustments}
    words = {name for name in (scheme.group, *scheme.vetoes) if name}
    if not scheme.indicators:
        return ["没有任何指标:表中没有数值列,或方案的 children 是空的。"]
    absent: Collection[str] = sorted(figures - table.figures.keys())
    lost = sorted(words - table.figures.keys() - table.words.keys())
    found = [f"列“{name}”{_lack(table, name)}。" for name in absent]
    return [*found, *(f"表中没有列“{name}”。" for name in lost)]


def _lack(table: Table, name: str) -> str:
    if name in table.odd:
        return f"中{table.odd[name]}不是数"
    return "是文字,不是数" if name in table.words else "表中没有"
