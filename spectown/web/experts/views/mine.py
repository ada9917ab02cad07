"""An expert's own cases, and the declaration that stands before everything else."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from spectown.accounts.permissions import Permission
from spectown.lib.refusal import Refused
from spectown.rounds.reading import in_reading_order, place_of, seats_for, town_of
from spectown.rounds.services import declaring
from spectown.web.experts.seated import row_of
from spectown.web.experts.views.scoring import own
from spectown.web.http import Request, needs, page


@require_safe
@needs(Permission.CASE_SCORE)
def mine(request: Request) -> HttpResponse:
    """Every expert, at the start of a review and on every day of it: which cases are mine, how far am I?"""
    seats = in_reading_order(list(seats_for(request.actor).prefetch_related("scores", "case__versions")))
    items = []
    for seat in seats:
        newest = max(seat.case.versions.all(), key=lambda version: version.number, default=None)
        items.append((row_of(seat, newest, len(seat.case.rules.rules.sheet)), town_of(seat), place_of(seat)))
    return page(request, "experts/mine.html", {"items": items}, title="我的评审")


@require_POST
@needs(Permission.CASE_SCORE)
def declare(request: Request, pk: int) -> HttpResponse:
    """No conflict of interest: the material opens."""
    try:
        declaring.declare(seat=own(request, pk), by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "声明已记录。")
    return redirect("experts:seat", pk=pk)


@require_POST
@needs(Permission.CASE_SCORE)
def recuse(request: Request, pk: int) -> HttpResponse:
    """A conflict of interest: the case leaves the list."""
    try:
        declaring.recuse(seat=own(request, pk), reason=request.POST.get("reason", ""), by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("experts:seat", pk=pk)
    messages.success(request, "已申报回避,本件不再由您评审。")
    return redirect("experts:mine")
