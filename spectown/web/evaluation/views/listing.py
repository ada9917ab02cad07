"""Years of evaluation; a new one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from spectown.accounts.permissions import Permission
from spectown.core.evaluation.sharing import title_of
from spectown.core.evaluation.yearscheme import GENERAL
from spectown.evaluation import schemes
from spectown.evaluation.models import Evaluation
from spectown.evaluation.services import beginning
from spectown.lib.refusal import Refused
from spectown.web.evaluation.seen import TONES
from spectown.web.http import Request, needs, page


@require_safe
@needs(Permission.EVALUATION_VIEW)
def evaluations(request: Request) -> HttpResponse:
    """Everybody: which years were evaluated, how far is the present one?"""
    rows = list(Evaluation.objects.visible_to(request.actor))
    manages = request.actor.may(Permission.EVALUATION_MANAGE)
    context: dict[str, Any] = {
        "rows": rows,
        "items": [(row, TONES[row.state]) for row in rows],
        "manages": manages,
        **(_to_begin(rows) if manages else {}),
    }
    return page(request, "evaluation/list.html", context, title="年度评估")


def _to_begin(rows: Sequence[Evaluation]) -> dict[str, Any]:
    """The year to begin next and by which scheme; the last year until each of its schemes has its evaluation."""
    last, begun = timezone.localdate().year - 1, {(row.year, row.code) for row in rows}
    held = {year: schemes.all_in_force(year) for year in (last, last + 1)}
    waiting = [title_of(entry) for code, entry in held[last].items() if (last, code) not in begun]
    year = last if waiting or not any(row.year == last for row in rows) else last + 1
    choices = {code: title_of(entry) for found in held.values() for code, entry in found.items()}
    first = next((code for code in held[year] if (year, code) not in begun), GENERAL)
    told = waiting if len(held[last]) > 1 else []
    return {"year": year, "choices": list(choices.items()), "chosen": first, "waiting": told, "last": last}


@require_POST
@needs(Permission.EVALUATION_MANAGE)
def begin(request: Request) -> HttpResponse:
    """The office begins the evaluation of a year."""
    typed = request.POST.get("year", "")
    try:
        if not (typed.isdecimal() and len(typed) == 4):
            raise Refused("请填写四位数的年份。")
        made = beginning.begin(year=int(typed), code=request.POST.get("code") or GENERAL, by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("evaluation:list")
    messages.success(request, f"已建立{made.name}。")
    return redirect("evaluation:process", key=made.key)
