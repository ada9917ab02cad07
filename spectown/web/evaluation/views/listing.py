"""Years of evaluation; a new one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from spectown.accounts.permissions import Permission
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
    last = timezone.localdate().year - 1
    context: dict[str, Any] = {
        "rows": rows,
        "items": [(row, TONES[row.state]) for row in rows],
        "manages": request.actor.may(Permission.EVALUATION_MANAGE),
        "year": last if last not in {row.year for row in rows} else last + 1,
    }
    return page(request, "evaluation/list.html", context, title="年度评估")


@require_POST
@needs(Permission.EVALUATION_MANAGE)
def begin(request: Request) -> HttpResponse:
    """The office begins the evaluation of a year."""
    typed = request.POST.get("year", "")
    try:
        if not (typed.isdecimal() and len(typed) == 4):
            raise Refused("请填写四位数的年份。")
        made = beginning.begin(year=int(typed), by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("evaluation:list")
    messages.success(request, f"已建立{made.name}。")
    return redirect("evaluation:process", year=made.year)
