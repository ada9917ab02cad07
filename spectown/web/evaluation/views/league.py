"""The league table with its intervals; ranks over the years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.evaluation.models import ResultRow
from spectown.evaluation.robust import left_out, sources_of
from spectown.evaluation.standing import calls_of, first_of, taken
from spectown.web.evaluation.drawn import slopes, strip
from spectown.web.evaluation.past import Place, elsewhere_before, places_of
from spectown.web.evaluation.seen import chosen_result, marked, rows_of, shown_result, tabs, visible, way
from spectown.web.http import Request, needs, page


@require_safe
@needs(Permission.EVALUATION_VIEW)
def league(request: Request, key: str) -> HttpResponse:
    """Office and leaders, after publication everybody: who stands where, how sure is that?"""
    found = visible(request, key)
    result = shown_result(request, found)
    rows, first = rows_of(result), first_of(result)
    before = dict(first.rows.values_list("participant_id", "rank")) if first else {}
    critical = {call.town for call in calls_of(result) if call.critical}
    ranked = sum(1 for row in rows if row.rank is not None)
    by, asked = request.GET.get("by", ""), f"result={result.pk}" if chosen_result(request, found) else ""
    lines = [_line(row, ranked, before, critical) for row in rows]
    if by == "gain":
        lines.sort(key=lambda line: line["row"].gain_rank or len(lines) + 1)
    if by == "peers":
        lines.sort(key=lambda line: (line["row"].participant.group, line["row"].peer_rank or len(lines) + 1))
    context: dict[str, Any] = {
        "evaluation": found,
        "result": result,
        "tabs": tabs(request, found, "league"),
        "boards": _boards(by, asked),
        "asked": f"?{asked}" if asked else "",
        "rows": rows,
        "lines": lines,
        "by": by,
        "corrected": bool(before),
        "scheme": result.snapshot.rules,
        "marked": marked(request, found, result),
        "elsewhere": len(elsewhere_before(found, [row.participant.town_id for row in rows])),
        "shares": sources_of(result),
        "without": left_out(result, {code: each.name for code, each in taken(result.snapshot).meanings.items()}),
    }
    return page(request, "evaluation/league.html", context, title="名次", crumbs=way(found))


def _boards(by: str, asked: str) -> list[dict[str, Any]]:
    """`asked`: an older result, which stays the one that is shown."""
    known = {"": "综合榜", "gain": "进步榜", "peers": "同类榜"}
    return [
        {
            "label": label,
            "url": "?" + "&".join(filter(None, (f"by={code}" if code else "", asked))),
            "active": code == (by if by in known else ""),
        }
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
def trend(request: Request, key: str) -> HttpResponse:
    """How ranks went over the years that the actor may see."""
    found = visible(request, key)
    places = places_of(request.actor, found, shown_result(request, found))
    shown = sorted({year for years in places.values() for year in years})
    context = {
        "evaluation": found,
        "tabs": tabs(request, found, "trend"),
        "chart": slopes(places, shown),
        "rows": _by_last(places, shown),
        "mixed": any(place.other for years in places.values() for place in years.values()),
    }
    return page(request, "evaluation/trend.html", context, title="历年名次", crumbs=way(found))


def _by_last(places: Mapping[str, Mapping[int, Place]], years: Sequence[int]) -> list[dict[str, Any]]:
    """Lines of the table, the best of the last year first."""
    rows = [{"name": name, "cells": [(year, found.get(year)) for year in years]} for name, found in places.items()]
    return sorted(rows, key=lambda row: [place.rank if place else len(rows) + 1 for _, place in row["cells"][::-1]])
