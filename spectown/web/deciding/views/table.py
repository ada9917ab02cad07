"""The decision table of a round."""

from __future__ import annotations

from collections import Counter

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from spectown.core.rounds.decision import Choice
from spectown.core.rounds.ruleparts import Quota
from spectown.core.rounds.rules import Rules
from spectown.core.rounds.scores import rounded
from spectown.rounds.decisiontable import Decided, lines_of
from spectown.web.deciding.seen import require_part, visible_rules
from spectown.web.http import Request, page

TONES = {Choice.CERTIFY: "green", Choice.REFUSE: "red", Choice.PENDING: "yellow"}


@require_safe
def table(request: Request, pk: int) -> HttpResponse:
    """Office and leading group, before the meeting and in it: who qualifies, in which order, within which quota?"""
    require_part(request)
    current = visible_rules(request, pk)
    found, rules = current.round, current.rules
    if found.kind != "first":
        raise Http404("只有认定批次有决定表")
    lines = lines_of(found, rules)
    counted = Counter(line.row.proposal for line in lines)
    context = {
        "round": found,
        "rules": rules,
        "version": current,
        "lines": [_shown(line) for line in lines],
        "counts": [(choice.label, counted[choice], TONES[choice]) for choice in Choice],
        "quota": _quota(rules.quota),
        "order": _order(rules),
        "scored": rules.panel is not None,
    }
    return page(request, "deciding/table.html", context, title="决定表", crumbs=[])


def _shown(line: Decided) -> dict[str, object]:
    row, apart = line.row, line.spread
    score = row.entry.score
    return {
        "case": line.case,
        "row": row,
        "place": f"{row.place}{'(并列)' if row.tied else ''}" if row.place else "",
        "paths": [(path.rule.label, path.overall) for path in row.entry.check.paths.values()],
        "score": score.shown if score else None,
        "no_score": "".join(score.reasons) if score else "",
        "spread": f"{rounded(apart.low)}—{rounded(apart.high)}" if apart and apart.low and apart.high else "",
        "outliers": "、".join(line.outliers),
        "held": [factor.label for factor in row.entry.check.priority if factor.held],
        "unknown": sum(factor.held is None for factor in row.entry.check.priority),
        "tone": TONES[row.proposal],
        "decision": line.decision,
    }


def _quota(quota: Quota) -> str:
    parts = [
        f"总数 {quota.total} 个" if quota.total else "",
        f"每县(区){quota.per_county} 个" if quota.per_county else "",
    ]
    parts += [f"每类 {quota.per_field} 个" if quota.per_field else ""]
    parts += [f"{county} {most} 个" for county, most in quota.counties.items()]
    return ",".join(part for part in parts if part) or "不限"


def _order(rules: Rules) -> str:
    if rules.panel is None:
        return "本批次不评分,按优先评定因素的项数排列"
    tie = rules.priority == "tie"
    return "按评审总分,总分相同的按优先评定因素的项数" if tie else "先按优先评定因素的项数,再按评审总分"
