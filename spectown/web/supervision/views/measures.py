"""Coverage of the plan by measures, copying to the next year, a leader's own judgement."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from spectown.accounts.permissions import Permission
from spectown.lib.refusal import Refused
from spectown.lists.scope import visible
from spectown.supervision.coverage import coverage
from spectown.supervision.lists.measures import MEASURES
from spectown.supervision.services import measures as services
from spectown.web.http import Request, attempted, needs, page
from spectown.web.lists.found import list_url, row_url
from spectown.web.supervision.forms import PlacesForm


@require_safe
@needs(Permission.PLAN_CHECKUP)
def coverage_page(request: Request) -> HttpResponse:
    """Office and leaders, when the year is planned: which sentence of the plan is nobody's work?"""
    year, form = year_of(request.GET.get("year", "")), PlacesForm(request.GET)
    rows = visible(MEASURES, request.actor).filter(form.condition, year=year).select_related("lead").order_by("pk")
    found = coverage(list(rows))
    whole = sum(len(each.sentences) for each in found)
    context = {
        "form": form,
        "places": urlencode(form.chosen),
        "year": year,
        "years": range(year - 1, year + 2),
        "clauses": found,
        "open": sum(each.open for each in found),
        "whole": whole,
        "manages": request.actor.may(Permission.PLAN_MANAGE),
        "begin": reverse("lists:row_create", kwargs={"ledger": MEASURES.slug}),
    }
    return page(request, "supervision/coverage.html", context, title="方案覆盖情况")


def year_of(text: str) -> int:
    """A year as an address has it; this year where it has none."""
    known = text.isascii() and text.isdecimal() and len(text) == 4 and 2020 <= int(text) <= 2100
    return int(text) if known else timezone.localdate().year


@require_POST
@needs(Permission.PLAN_MANAGE)
def copy(request: Request) -> HttpResponse:
    """The office begins a year with what was not finished in the one before."""
    year = year_of(request.POST.get("year", ""))
    try:
        made, left = services.copy_year(year=year, by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(f"{reverse('supervision:coverage')}?{urlencode({'year': year})}")
    if made:
        messages.success(request, f"已把 {len(made)} 项未完成的措施转入 {year} 年,请逐项核对期限和节点。")
    for sentence in left:
        messages.warning(request, sentence)
    return redirect(f"{list_url(MEASURES)}?{urlencode({'year_from': year, 'year_to': year, 'state': 'draft'})}")


@require_POST
@needs(Permission.PLAN_DECIDE)
def rate(request: Request, pk: int) -> HttpResponse:
    """A leader says how likely it is."""
    found = get_object_or_404(visible(MEASURES, request.actor), pk=pk)

    def change() -> str:
        note, confidence = request.POST.get("note", ""), request.POST.get("confidence", "")
        services.rate(measure=found, confidence=confidence, note=note, by=request.actor)
        return "已记下您的判断。"

    attempted(request, change)
    return redirect(row_url(MEASURES, pk))
