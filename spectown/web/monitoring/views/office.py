"""The office gives cells back, unlocks, lets a town report late."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from spectown.accounts.permissions import Permission
from spectown.lib.refusal import Refused
from spectown.monitoring.services.certifying import allow_late
from spectown.supervision.services.moves import move
from spectown.web.http import Request, attempted, needs
from spectown.web.monitoring.found import visible_sheet
from spectown.web.notices.forms import parse_day


@require_POST
@needs(Permission.INDICATOR_MANAGE)
def send_back(request: Request, pk: int) -> HttpResponse:
    """Named cells go back to the town; of a locked sheet this unlocks it."""
    found = visible_sheet(request, pk)
    code = "unlock" if found.work.state == "locked" else "send_back"
    again, reason = parse_day(request.POST.get("again_on", "")), request.POST.get("reason", "")
    cells = request.POST.getlist("cells")

    def change() -> str:
        values = {"cells": cells, **({"again_on": again} if again else {})}
        move(work=found.work, code=code, by=request.actor, reason=reason, values=values)
        return f"已退回 {len(cells)} 格,请填报单位于 {again} 前重报。"

    attempted(request, change)
    return redirect("monitoring:sheet", pk=pk)


@require_POST
@needs(Permission.INDICATOR_MANAGE)
def late(request: Request, pk: int) -> HttpResponse:
    """A late exception (逾期例外), with a reason and a day of its own."""
    found = visible_sheet(request, pk)
    until, reason = parse_day(request.POST.get("until", "")), request.POST.get("reason", "")

    def change() -> str:
        if until is None:
            raise Refused("请填写可补报至哪一天。")
        allow_late(sheet=found, until=until, reason=reason, by=request.actor)
        return f"已办理逾期例外,可补报至 {until}。"

    attempted(request, change)
    return redirect("monitoring:sheet", pk=pk)
