"""checks.yaml to rules; every fault in Chinese with file, entry and place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter

from spectown.core.monitoring.balance import sides_of
from spectown.core.monitoring.catalogue import Catalogue
from spectown.core.monitoring.checks import AnyRule, Balance, Falls, Magnitude, Outlier, Range
from spectown.core.monitoring.indicator import Kind
from spectown.core.monitoring.parsing import tree_faults
from spectown.core.monitoring.reading import Known, read_entries, require
from spectown.core.monitoring.tree import FormulaFault, Number, parse, refs

FILE = "checks.yaml"
_READ: TypeAdapter[AnyRule] = TypeAdapter(AnyRule)


def read_rules(data: Sequence[Mapping[str, Any]], catalogue: Catalogue, known: Known | None = None) -> list[AnyRule]:
    """The entries under `checks` of checks.yaml (or of its JSON). Raises MonitoringFault with all faults."""
    rules, known = read_entries(FILE, "checks", data, _READ), known or Known()
    codes = [rule.code for rule in rules]
    faults = [f"{FILE}:代码 {code} 用了两次" for code in sorted({c for c in codes if codes.count(c) > 1})]
    faults += [f"{FILE} 的 {rule.code}:{fault}" for rule in rules for fault in _faults(rule, catalogue, known)]
    require(faults)
    return rules


def _faults(rule: AnyRule, catalogue: Catalogue, known: Known) -> Iterator[str]:
    if known.categories is not None and (odd := sorted(set(rule.categories) - set(known.categories))):
        yield f"categories:没有类别 {'、'.join(odd)}"
    if isinstance(rule, Balance):
        yield from _balance(rule, catalogue)
        return
    if odd := sorted(set(rule.indicators) - catalogue.versions.keys()):
        yield f"没有指标 {'、'.join(odd)}"
        return
    yield from _numbers(rule)
    kinds = {code: catalogue.versions[code][-1].kind for code in rule.indicators}
    names = {code: catalogue.versions[code][-1].name for code in rule.indicators}
    if isinstance(rule, Falls) and (not kinds or set(kinds.values()) != {Kind.CUMULATIVE}):
        yield "falls 只用于本年累计数,请在 indicators 中写明"
    for code in [code for code, kind in kinds.items() if kind == Kind.TEXT]:
        yield f"“{names[code]}”是文字,不能校验大小"
    for code in [code for code, kind in kinds.items() if kind == Kind.RATIO and isinstance(rule, Magnitude)]:
        yield f"“{names[code]}”是比率,不按量级校验"


def _numbers(rule: AnyRule) -> Iterator[str]:
    if isinstance(rule, Range):
        if rule.low is None and rule.high is None:
            yield "low 和 high 至少写一个"
        elif rule.low is not None and rule.high is not None and rule.low > rule.high:
            yield "low 大于 high"
    elif isinstance(rule, Outlier):
        if rule.score <= 0 or rule.peers < 3:
            yield "score 应大于 0,peers 至少为 3"
    elif not isinstance(rule, Balance | Falls | Magnitude) and (rule.percent < 0 or rule.floor < 0):
        yield "percent 和 floor 不能小于 0"


def _balance(rule: Balance, catalogue: Catalogue) -> Iterator[str]:
    """Both sides can be told in the unit; a side may be a plain 0, since 0 goes with any unit."""
    try:
        nodes = {"left": parse(rule.left), "right": parse(rule.right)}
        unknown = {ref.code for node in nodes.values() for ref in refs(node)} - catalogue.versions.keys()
        if unknown or not list(refs(nodes["left"])):
            yield f"没有指标 {'、'.join(sorted(unknown))}" if unknown else "left 中至少应有一个指标"
            return
        result = sides_of(rule, catalogue).result
        for side, node in nodes.items():
            if not (isinstance(node, Number) and not node.value):
                yield from (f"{side}:{fault}" for fault in tree_faults(catalogue, node, result))
    except (FormulaFault, ValueError) as fault:
        yield str(fault)
