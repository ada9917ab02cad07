"""The office accepts and locks many sheets at once, gives cells back, unlocks, lets a town report late."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from spectown.accounts.permissions import Permission
from spectown.lib.refusal import Refused
from spectown.monitoring.models import FormPeriod
from spectown.monitoring.services.certifying import allow_late
from spectown.supervision.models import Work
from spectown.supervision.services.moves import move, move_many
from spectown.web.http import Request, attempted, needs
from spectown.web.monitoring.found import visible_sheet
from spectown.web.notices.forms import parse_day

NAMED = 5  # refused sheets that are named one by one
SETTLES = {"accept": ("验收", "sent"), "lock": ("锁定", "accepted")}


@require_POST
@needs(Permission.INDICATOR_MANAGE)
def settle(request: Request, pk: int, code: str) -> HttpResponse:
    """The ticked sheets of a period accepted or locked, each on its own; those that cannot be are named."""
    chosen, (label, state) = get_object_or_404(FormPeriod, pk=pk), SETTLES[code]
    picked = [int(each) for each in request.POST.getlist("pk") if each.isdigit()]
    rows = Work.objects.visible_to(request.actor).filter(sheet__form_period=chosen, sheet__in=picked, state=state)
    works = list(rows.select_related("sheet__town"))
    made, refused = move_many(works=works, code=code, by=request.actor)
    if made:
        messages.success(request, f"已{label} {len(made)} 张。")
    if not works:
        messages.error(request, f"勾选的里没有可以{label}的报表,请重新勾选。")
    for work, why in refused[:NAMED]:
        messages.error(request, f"{work.sheet.town.name}没有{label}:{why}")
    if len(refused) > NAMED:
        messages.error(request, f"另有 {len(refused) - NAMED} 张没有{label},请逐张打开看原因。")
    return redirect(f"{reverse('monitoring:sheets')}?period={chosen.pk}")


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
