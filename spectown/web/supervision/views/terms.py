"""Extension and pause of any dated work."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from spectown.accounts.permissions import Permission
from spectown.core.supervision.measures import EXTENSION
from spectown.lib.refusal import Refused
from spectown.supervision.services import terms
from spectown.web.http import Request, attempted, needs
from spectown.web.notices.forms import parse_day
from spectown.web.supervision.views.works import visible_work


@require_POST
@needs(Permission.WORK_CHECK)
def ask(request: Request, pk: int) -> HttpResponse:
    """The unit asks for a later day, before the deadline."""
    found = visible_work(request, pk)
    new, reason = parse_day(request.POST.get("new", "")), request.POST.get("reason", "")

    def change() -> str:
        if new is None:
            raise Refused("请填写希望延至的日期。")
        terms.ask_extension(work=found, new=new, reason=reason, by=request.actor)
        return f"已申请延至 {new},答复以前仍按原期限。"

    attempted(request, change)
    return redirect("duties:work", pk=pk)


@require_POST
@needs(Permission.LIST_VIEW)
def decide(request: Request, pk: int, extension: int, code: str) -> HttpResponse:
    """Somebody else grants or refuses it; the unit may take it back."""
    found = visible_work(request, pk)
    row = get_object_or_404(found.extensions, pk=extension)

    def change() -> str:
        if code not in {move.code for move in EXTENSION.moves}:
            raise Refused("没有这个动作。")
        terms.decide_extension(extension=row, code=code, by=request.actor, reason=request.POST.get("reason", ""))
        return f"已{EXTENSION.move(code).label}。"

    attempted(request, change)
    return redirect("duties:work", pk=pk)


@require_POST
@needs(Permission.PLAN_MANAGE)
def pause(request: Request, pk: int) -> HttpResponse:
    """The office lets the clock stand."""
    found = visible_work(request, pk)

    def change() -> str:
        terms.pause(work=found, reason=request.POST.get("reason", ""), by=request.actor)
        return "已暂停计时。"

    attempted(request, change)
    return redirect("duties:work", pk=pk)


@require_POST
@needs(Permission.PLAN_MANAGE)
def resume(request: Request, pk: int) -> HttpResponse:
    """The office lets the clock run again."""
    found = visible_work(request, pk)

    def change() -> str:
        terms.resume(work=found, by=request.actor)
        return "已恢复计时。"

    attempted(request, change)
    return redirect("duties:work", pk=pk)
