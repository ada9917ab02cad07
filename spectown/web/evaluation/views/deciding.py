"""Critical towns: what the figures say, and the decision of the person who signs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from spectown.accounts.permissions import Permission
from spectown.core.evaluation.consequences import GOOD, LABELS, Call
from spectown.evaluation.models import Decision, Evaluation
from spectown.evaluation.robust import chances_of
from spectown.evaluation.services.deciding import decide
from spectown.evaluation.standing import calls_of, decisions_of, taken, undecided
from spectown.lib.refusal import Refused
from spectown.web.evaluation.drawn import strip
from spectown.web.evaluation.forms import DecisionForm
from spectown.web.evaluation.linesshown import lines_shown
from spectown.web.evaluation.seen import is_inside, marked, rows_of, shown_result, tabs, visible, way
from spectown.web.http import Request, attempted, needs, page


@require_http_methods(["GET", "POST"])
@needs(Permission.EVALUATION_VIEW)
def decisions(request: Request, key: str) -> HttpResponse:
    """The leading group: which towns stand at a line, and what was decided about each, by whom and why?"""
    found = visible(request, key)
    if not is_inside(request.actor):
        raise Http404("临界决定由领导小组办理")
    typed: Mapping[str, str] = {}
    if request.method == "POST":
        request.actor.require(Permission.EVALUATION_DECIDE)
        if _decided(request, found):
            return redirect("evaluation:decisions", key=key)
        typed = request.POST.dict()
    result = shown_result(request, found)
    rows = {row.participant.name: row for row in rows_of(result)}
    made, ranked = decisions_of(result), sum(1 for row in rows.values() if row.rank is not None)
    calls, rules = [call for call in calls_of(result) if call.critical], result.snapshot.rules
    chances = chances_of(result)
    context: dict[str, Any] = {
        "evaluation": found,
        "tabs": tabs(request, found, "decisions"),
        "cases": [{**_case(call, rows, made, ranked, typed), "chances": chances.get(call.town)} for call in calls],
        "clear": [(call, LABELS[call.line], call.line in GOOD) for call in calls_of(result) if not call.critical],
        "may_decide": found.state == "final"
        and request.actor.may(Permission.EVALUATION_DECIDE)
        and not marked(request, found, result),
        "marked": marked(request, found, result),
        "left": len(undecided(result)),
        "lines": lines_shown(rules.consequences, {code: m.name for code, m in taken(result.snapshot).meanings.items()}),
        "final": result.stage == "final",
    }
    status = 422 if request.method == "POST" else 200
    return page(request, "evaluation/decisions.html", context, title="临界决定", crumbs=way(found), status=status)


def _decided(request: Request, found: Evaluation) -> bool:
    form = DecisionForm(request.POST)

    def change() -> str:
        if not form.is_valid():
            raise Refused("请选择适用或不适用,并写明理由。")
        decide(evaluation=found, by=request.actor, **form.cleaned_data)
        return f"已记下对{form.cleaned_data['town']}的决定。"

    return attempted(request, change)


def _case(call: Call, rows: Any, made: Any, ranked: int, typed: Mapping[str, str]) -> dict[str, Any]:
    row, decision = rows[call.town], made.get((call.town, call.line))
    known: Decision | None = decision
    refused = (typed.get("town"), typed.get("line")) == (call.town, call.line)
    by_rank = call.line in ("commend", "supervise")
    return {
        "call": call,
        "label": LABELS[call.line],
        "what": "表扬" if call.line in GOOD else "督办",
        "row": row,
        "strip": strip(row.rank_low, row.rank_high, row.rank, ranked) if by_rank else None,
        "decision": known,
        "applies": typed.get("applies", "") if refused else "",
        "reason": typed.get("reason", "") if refused else "",
    }
