"""The check-up of a draft, and what would become of the ranks on the figures that were frozen last (试算)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.core.evaluation.table import Unusable
from spectown.core.evaluation.trying import tried
from spectown.core.evaluation.unfinished import inconsistent
from spectown.core.evaluation.words import plainly
from spectown.core.evaluation.yearreading import read_year_scheme
from spectown.evaluation import schemes
from spectown.evaluation.models import Scheme
from spectown.evaluation.trials import ground_for, looked_at
from spectown.web.evaluation.schemeseen import draft_of, way
from spectown.web.evaluation.seen import is_inside
from spectown.web.http import Request, needs, page


@require_safe
@needs(Permission.EVALUATION_VIEW)
def trial(request: Request, pk: int) -> HttpResponse:
    """Office and leaders before they approve: is the draft sound, and whom does it lift or lower?"""
    draft = draft_of(request, pk)
    if not is_inside(request.actor):  # figures that may not be public yet
        raise Http404("体检和试算只供内部使用")
    context: dict[str, Any] = {"draft": draft, "lacking": schemes.lacks(draft.content), "rows": [], "ground": None}
    try:
        context |= _tried(draft)
    except Unusable as fault:
        context["fault"] = plainly(str(fault))
    return page(request, "evaluation/draft_trial.html", context, title="体检和试算", crumbs=way(draft))


def _tried(draft: Scheme) -> dict[str, Any]:
    now = schemes.in_force(draft.year, draft.code) if draft.state != "approved" else draft.base
    before = now or draft.base
    ground = ground_for(draft.content, before)
    if not ground.snapshot.participants:
        return {"fault": "还没有参加评估的专业镇,不能试算。"}
    old, new = read_year_scheme(before), read_year_scheme(draft.content)
    look, rows = looked_at(new, ground.snapshot), tried(ground.snapshot, old, new)
    few = any(each.code == "few" for each in look.remarks)  # too few towns to tell
    return {
        "ground": ground,
        "before": old,
        "fresh": [ground.snapshot.meanings[code].name for code in ground.fresh if code in ground.snapshot.meanings],
        "remarks": [
            *inconsistent(draft.content),
            *(each.text for each in look.remarks if each.code not in ("real", "ahp")),  # both are told elsewhere
        ],
        "weights": [(name, 100 * own, 100 * real, not few and _off(own, real)) for name, own, real in look.weights],
        "rows": rows,
        "moved": sum(1 for row in rows if row.move),
        "regraded": sum(1 for row in rows if row.regraded),
    }


def _off(own: float, real: float) -> bool:
    return own > 0.005 and (real > 2 * own or real < own / 2)
