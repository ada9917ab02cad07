"""The league table with its intervals; ranks over the years."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.core.evaluation.sensitivity import SOURCES
from spectown.evaluation.models import Evaluation, ResultRow
from spectown.evaluation.standing import calls_of, first_of, result_row
from spectown.web.evaluation.drawn import slopes, strip
from spectown.web.evaluation.seen import is_inside, marked, rows_of, shown_result, tabs, visible, way
from spectown.web.http import Request, needs, page


@require_safe
@needs(Permission.EVALUATION_VIEW)
def league(request: Request, year: int) -> HttpResponse:
    """Office and leaders, after publication everybody: who stands where, how sure is that?"""
    found = visible(request, year)
    result = shown_result(request, found)
    rows, first = rows_of(result), first_of(result)
    before = dict(first.rows.values_list("participant_id", "rank")) if first else {}
    critical = {call.town for call in calls_of(result) if call.critical}
    ranked = sum(1 for row in rows if row.rank is not None)
    by = request.GET.get("by", "")
    lines = [_line(row, ranked, before, critical) for row in rows]
    if by == "gain":
        lines.sort(key=lambda line: line["row"].gain_rank or len(lines) + 1)
    if by == "peers":
        lines.sort(key=lambda line: (line["row"].participant.group, line["row"].peer_rank or len(lines) + 1))
    context: dict[str, Any] = {
        "evaluation": found,
        "result": result,
        "tabs": tabs(request, found, "league"),
        "boards": _boards(by),
        "rows": rows,
        "lines": lines,
        "by": by,
        "corrected": bool(before),
        "scheme": result.snapshot.rules,
        "marked": marked(request, found, result),
        "shares": [(SOURCES[name], round(100 * s)) for name, s in result.content["board"]["variance"].items()],
    }
    return page(request, "evaluation/league.html", context, title="名次", crumbs=way(found))


def _boards(by: str) -> list[dict[str, Any]]:
    known = {"": "综合榜", "gain": "进步榜", "peers": "同类榜"}
    return [
        {"label": label, "url": f"?by={code}" if code else "?", "active": code == (by if by in known else "")}
        for code, label in known.items()
    ]


def _line(row: ResultRow, towns: int, before: dict[int, int | None], critical: set[str]) -> dict[str, Any]:
    old = before.get(row.participant_id)
    return {
        "row": row,
        "strip": strip(row.rank_low, row.rank_high, row.rank, towns),
        "before": old if old != row.rank else None,
        "critical": row.participant.name in critical,
    }


@require_safe
@needs(Permission.EVALUATION_VIEW)
def trend(request: Request, year: int) -> HttpResponse:
    """How ranks went over the years that the actor may see."""
    found = visible(request, year)
    shown_result(request, found)
    years = [e for e in Evaluation.objects.visible_to(request.actor).order_by("year") if e.year <= year]
    ranks: dict[str, dict[int, int]] = defaultdict(dict)
    for each in years:
        public = each.edition.result if each.edition else None
        result = result_row(each) if is_inside(request.actor) else public
        for row in rows_of(result) if result else []:
            if row.rank is not None:
                ranks[row.participant.town.name][each.year] = row.rank
    shown = sorted({year for found_years in ranks.values() for year in found_years})
    context = {
        "evaluation": found,
        "tabs": tabs(request, found, "trend"),
        "chart": slopes(ranks, shown),
        "years": shown,
        "rows": [(name, [found_years.get(y) for y in shown]) for name, found_years in ranks.items()],
    }
    return page(request, "evaluation/trend.html", context, title="历年名次", crumbs=way(found))
