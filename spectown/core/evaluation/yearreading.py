"""evaluation.yaml to schemes of years; every fault in Chinese with its place."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter, ValidationError

from spectown.core.evaluation.reading import scheme_of
from spectown.core.evaluation.sharing import overlaps
from spectown.core.evaluation.table import Unusable
from spectown.core.evaluation.yearscheme import GENERAL, PREVIOUS, YearScheme
from spectown.core.faults import said

_READ = TypeAdapter(YearScheme)
CODE = re.compile(r"[a-z][a-z0-9_-]{0,39}")


def read_year_scheme(entry: Mapping[str, Any]) -> YearScheme:
    """One entry under `evaluation` of evaluation.yaml (or of its JSON). Raises Unusable with every fault."""
    if not isinstance(entry, Mapping) or not isinstance(entry.get("scheme"), Mapping):
        raise Unusable("评估方案应有 scheme 一项,写指标、权重和办法。")
    lines = entry.get("consequences") or {}
    given = {**entry, "scheme": scheme_of(_whole(entry, lines))}
    try:
        found = _READ.validate_python(given)
    except ValidationError as error:
        raise Unusable(f"评估方案有误:{';'.join(dict.fromkeys(map(said, error.errors())))}。") from error
    if faults := _faults(found):
        raise Unusable("评估方案有误:" + "".join(faults))
    return found


def _whole(entry: Mapping[str, Any], lines: Mapping[str, Any]) -> dict[str, Any]:
    """The scheme with what stands beside it: items, vetoes, shares of the lines, columns of last year."""
    given = dict(entry["scheme"])
    drawn = dict(given.get("robustness") or {})
    for name, line in (("top", "commend"), ("bottom", "supervise")):
        share = (lines.get(line) or {}).get("share")
        drawn |= {name: share} if share else {}
    items = [{name: each.get(name) for name in ("points", "cap")} | {"column": each.get("code")}
             for each in entry.get("items", ())]  # fmt: skip
    given |= {"name": entry.get("name", ""), "robustness": drawn, "adjustments": items}
    given |= {"vetoes": [each.get("code") for each in entry.get("vetoes", ())]}
    return given | {"children": [_compared(child) for child in given.get("children") or ()]}


def _compared(node: Any) -> Any:
    """Indicators with a dynamic share know the column of last year."""
    if not isinstance(node, Mapping):
        return node
    if isinstance(node.get("children"), list):  # an empty one is a dimension that is not finished
        return {**node, "children": [_compared(child) for child in node["children"]]}
    needs = node.get("dynamic") or node.get("normalisation") == "places"
    return {**node, "column": node.get("code")} | ({"previous": f"{node.get('code')}{PREVIOUS}"} if needs else {})


def _faults(found: YearScheme) -> list[str]:
    categories = [each for group in found.groups for each in group.categories]
    rules = found.consequences
    lines = [line for line in (rules.commend, rules.supervise, rules.progress) if line is not None]
    shares = [line.share for line in lines if line.share is not None]
    codes = [*(each.code for each in found.items), *(each.code for each in found.vetoes)]
    own = {leaf.code for leaf in found.scheme.indicators}
    checks = (
        (not own, "没有任何指标。"),
        (len(set(categories)) < len(categories), "同一类别写在两个同类组中。"),
        (any((line.share is None) == (line.score is None) for line in lines), "界线须写 share 或 score 之一。"),
        (any(not 0 < share < 1 for share in shares), "share 须大于 0、小于 1。"),
        (rules.progress is not None and rules.progress.share is None, "progress 须写 share。"),
        (len(set(codes) | own) < len(codes) + len(own), "加减分项、否决项和指标的代码不能相同。"),
        (rules.slow is not None and rules.slow.indicator not in own, "slow 的 indicator 不在指标中。"),
        (found.reply.days < 1, "reply 的 days 应为 1 以上的整数。"),
        *_of_code(found),
    )
    return [text for is_wrong, text in checks if is_wrong]


def _of_code(found: YearScheme) -> list[tuple[bool, str]]:
    """The general scheme claims no category, every other one does."""
    if found.code == GENERAL:
        own = bool(found.categories or found.label or found.ended)
        return [(own, f"只用于几个类别的方案要另写 code,不能是 {GENERAL}。")]
    return [
        (not CODE.fullmatch(found.code), "code 应为小写字母开头的字母、数字、下划线或连字符,不超过 40 个。"),
        (not found.categories or not found.label.strip(), "类别方案须写明适用类别和简称。"),
        (len(set(found.categories)) < len(found.categories), "适用类别中有重复的。"),
    ]


def read_year_schemes(
    entries: Sequence[Mapping[str, Any]],
    *,
    codes: Collection[str] | None = None,
    categories: Collection[str] | None = None,
) -> tuple[YearScheme, ...]:
    """All, the earliest first. `codes`, `categories`: those that the plan knows. Raises Unusable with the entry."""
    found = []
    for number, entry in enumerate(entries, start=1):
        try:
            found.append(read_year_scheme(entry))
            _require_known(found[-1], codes, categories)
        except Unusable as fault:
            raise Unusable(f"evaluation.yaml 的第 {number} 组:{fault}") from fault
    if len({(each.code, each.year) for each in found}) < len(found):
        raise Unusable("evaluation.yaml 有两组代码相同、从同一年度起用,请只留一组。")
    if faults := overlaps(entries):
        raise Unusable(f"evaluation.yaml:{''.join(faults)}")
    return tuple(sorted(found, key=lambda each: (each.year, each.code != GENERAL, each.code)))


def _require_known(scheme: YearScheme, codes: Collection[str] | None, categories: Collection[str] | None) -> None:
    named = {leaf.code for leaf in scheme.scheme.indicators}
    fields = {each for group in scheme.groups for each in group.categories} | set(scheme.categories)
    odd = sorted(named - set(codes if codes is not None else named))
    strange = sorted(fields - set(categories if categories is not None else fields))
    if odd or strange:
        said = [f"indicators.yaml 中没有指标 {'、'.join(odd)}"] * bool(odd)
        said += [f"categories.yaml 中没有类别 {'、'.join(strange)}"] * bool(strange)
        raise Unusable(f"{';'.join(said)}。")


def clauses_of(entries: Any) -> list[str]:
    """All clauses that are named anywhere in entries, each once."""
    if isinstance(entries, Mapping):
        own = [str(entries["clause"])] if entries.get("clause") else []
        return list(dict.fromkeys([*own, *(ref for each in entries.values() for ref in clauses_of(each))]))
    if isinstance(entries, list):
        return list(dict.fromkeys(ref for each in entries for ref in clauses_of(each)))
    return []
