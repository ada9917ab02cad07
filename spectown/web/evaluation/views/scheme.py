"""The scheme of a year for everybody who is measured by it: weights, indicators, method, lines."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.core.evaluation.scheme import Indicator, Missing, Node, Normalisation
from spectown.core.evaluation.yearscheme import Line, YearScheme
from spectown.monitoring.models import Indicator as Known
from spectown.web.evaluation.seen import tabs, visible, way
from spectown.web.http import Request, needs, page

WAYS = {
    Normalisation.MINMAX: "极差",
    Normalisation.GOALPOSTS: "定界",
    Normalisation.ZSCORE: "标准化",
    Normalisation.RANK: "名次",
    Normalisation.PERCENTILE: "百分位",
    Normalisation.TARGET: "目标距离",
    Normalisation.ATTAINMENT: "目标完成",
    Normalisation.EFFICACY: "功效系数",
    Normalisation.PLACES: "争先进位",
    Normalisation.VECTOR: "向量",
}
GAPS = {
    Missing.DROP: "缺的不计入,同一方面其余指标的权重相应增加",
    Missing.MEAN: "按各镇平均计",
    Missing.ZERO: "按 0 分计",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One dimension or indicator; `weight`: among its siblings, `share`: of the whole, in per cent."""

    name: str
    weight: float
    share: float
    clause: str
    way: str = ""
    more: str = ""
    leaf: bool = False


@require_safe
@needs(Permission.EVALUATION_VIEW)
def scheme(request: Request, year: int) -> HttpResponse:
    """A county: by what are we measured, where does each figure of the scheme come from?"""
    found = visible(request, year)
    rules = found.rules
    names = {row.code: row for row in Known.objects.filter(code__in=[leaf.code for leaf in rules.scheme.indicators])}
    rows = list(_shown(rules, names))
    lines = [
        ("表扬:名次", _line(rules.consequences.commend, "前"), rules.consequences.commend.source),
        ("督办:名次", _line(rules.consequences.supervise, "后"), rules.consequences.supervise.source),
    ]
    if rules.consequences.progress:
        lines.append(("表扬:进步", _line(rules.consequences.progress, "进步榜前"), rules.consequences.progress.source))
    if slow := rules.consequences.slow:
        name = names[slow.indicator].name if slow.indicator in names else slow.indicator
        lines.append(("督办:建设进度较慢", f"{name}低于 {slow.below:g}", slow.source))
    context = {
        "evaluation": found,
        "tabs": tabs(request, found, "scheme"),
        "rules": rules,
        "rows": rows,
        "lines": lines,
        "gaps": GAPS[rules.scheme.missing],
        "coverage": round(100 * rules.scheme.coverage),
    }
    return page(request, "evaluation/scheme.html", context, title="评估方案", crumbs=way(found))


def _shown(rules: YearScheme, names: dict[str, Known]) -> list[Shown]:
    children = rules.scheme.root.children
    whole, rows = sum(child.weight for child in children), []
    for node in children:
        share = 100 * node.weight / whole
        rows.append(Shown(node.code, node.weight, share, node.clause))
        leaves = node.children if isinstance(node, Node) else ()
        part = sum(child.weight for child in leaves)
        rows += [
            _leaf(leaf, share * leaf.weight / part, rules, names) for leaf in leaves if isinstance(leaf, Indicator)
        ]
    return rows


def _leaf(leaf: Indicator, share: float, rules: YearScheme, names: dict[str, Known]) -> Shown:
    known = names.get(leaf.code)
    told = [f"界值 {leaf.posts[0]:g} 至 {leaf.posts[1]:g}"] if leaf.posts else []
    told += [f"目标 {leaf.target:g}"] if leaf.target is not None else []
    told += [f"增长占 {leaf.dynamic:.0%}"] if leaf.dynamic else []
    told += ["越小越好"] if leaf.reversed else []
    name = f"{known.name}({known.unit})" if known and known.unit else str(known or leaf.code)
    way = WAYS[leaf.normalisation or rules.scheme.normalisation]
    return Shown(name, leaf.weight, share, leaf.clause, way, ",".join(told), leaf=True)


def _line(line: Line, word: str) -> str:
    found = f"{word} {line.share:.0%}" if line.share is not None else f"{line.score:g} 分"
    return found + (f",且不低于 {line.least:g} 分" if line.least is not None else "")
