"""The demonstration's draft of the scheme for the next year, in the middle of its weights."""

from __future__ import annotations

from itertools import combinations

from spectown.core.evaluation.drafting import compared, place_of, weighted
from spectown.evaluation.schemes import in_force
from spectown.evaluation.services import scheming
from spectown.organisations.actors import Actor

AT = "产业规模"  # whose weights the draft changes


def draft_scheme(year: int, by: Actor) -> None:
    """From the scheme of `year`, for the year after; nothing where that has another dimension in its place."""
    source = in_force(year)
    if source is None or not any(each["code"] == AT for each in source["scheme"]["children"]):
        return
    origin, reason = f"方案文件 {source['year']} 年度起的方案", "演示:领导小组会议要求突出产值"
    draft = scheming.start(year=year + 1, source=source, origin=origin, reason=reason, by=by)
    codes = [each["code"] for each in place_of(source, AT).children]
    pairs = [(one, two, 3 if one == codes[0] else 1) for one, two in combinations(codes, 2)]
    label = f"比较“{AT}”下各项的重要程度"
    draft = scheming.edit(scheme=draft, edition=0, change=lambda e: compared(e, AT, pairs), label=label, by=by)
    weights = dict.fromkeys(codes, 20) | {codes[0]: 120 - 20 * len(codes)}
    basis, label = "层次分析法,一致性比例 0.00", f"改“{AT}”下的权重"
    scheming.edit(scheme=draft, edition=1, change=lambda e: weighted(e, AT, weights, basis), label=label, by=by)
