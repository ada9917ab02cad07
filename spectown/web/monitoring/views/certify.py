"""A bureau answers for its figures: many alike at once, one with its own figure, one given back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spectown.accounts.permissions import Permission
from spectown.core.monitoring.values import MISSING
from spectown.core.periods import year_ago
from spectown.lib.refusal import Refused
from spectown.monitoring.catalogue import plan_data
from spectown.monitoring.models import Cell, FormPeriod
from spectown.monitoring.services.certifying import agree_all
from spectown.monitoring.services.certifying import answer as give
from spectown.supervision.models import Work
from spectown.web.http import Request, attempted, needs, page
from spectown.web.monitoring.found import chosen_period, periods, visible_cell

OPEN = ("reported", "resubmitted")
LATE = (*OPEN, "deemed")  # a late answer is still an answer
WORDS = {
    "agree": "已核定一致。",
    "differ": "已核定为另一数,填报数同时保留。",
    "bureau_return": "已退回,请填报单位核对后重报。",
}


def own_cells(request: Request) -> QuerySet[Cell]:
    """Cells of the actor's indicators in sheets that were sent."""
    seen = Work.objects.visible_to(request.actor).filter(kind="sheet", state="sent").values("pk")
    return Cell.objects.filter(sheet__work__in=seen, indicator__source=request.actor.unit_id)


def waiting_cells(request: Request, chosen: FormPeriod | None) -> QuerySet[Cell]:
    """Those of a form and period."""
    rows = own_cells(request).filter(sheet__form_period=chosen).select_related("indicator__source", "town", "sheet")
    return rows.order_by("indicator__order", "town__order", "town_id")


def opened_first(request: Request) -> FormPeriod | None:
    """The form and period that is asked for, else the newest one in which something waits for the bureau."""
    waiting = own_cells(request).filter(state__in=OPEN).values("sheet__form_period")
    newest = FormPeriod.objects.filter(pk__in=waiting).order_by("-ordinal", "form").first()
    return newest if newest and "period" not in request.GET else chosen_period(request)


@require_safe
@needs(Permission.VALUE_CERTIFY)
def cells(request: Request) -> HttpResponse:
    """A bureau monthly: do these figures of mine agree with what I know? Beside each: last month, a year ago."""
    chosen = opened_first(request)
    rows = list(waiting_cells(request, chosen))
    context = {
        "groups": _groups(rows, chosen),
        "chosen": chosen,
        "periods": periods(),
        "open": sum(1 for cell in rows if cell.state in OPEN),
    }
    return page(request, "monitoring/certify.html", context, title="核定")


def _groups(rows: Sequence[Cell], chosen: FormPeriod | None) -> list[dict[str, Any]]:
    """By indicator: each cell with the figures before it. One query more."""
    if chosen is None:
        return []
    joins, period = plan_data().catalogue.joins, chosen.period
    lasts = {cell.indicator_id: joins.previous(cell.indicator.code, period) for cell in rows}
    wanted = {each.ordinal for each in (*lasts.values(), year_ago(period))}
    past = Cell.objects.filter(
        ordinal__in=wanted, indicator__in={cell.indicator_id for cell in rows}, town__in={cell.town_id for cell in rows}
    )
    known = {(cell.indicator_id, cell.town_id, cell.ordinal): cell.counts for cell in past}
    found: dict[int, dict[str, Any]] = {}
    for cell in rows:
        group = found.setdefault(cell.indicator_id, {"indicator": cell.indicator, "lines": [], "open": 0})
        earlier = [
            known.get((cell.indicator_id, cell.town_id, each.ordinal), MISSING)
            for each in (lasts[cell.indicator_id], year_ago(period))
        ]
        group["lines"].append({"cell": cell, "last": earlier[0], "year": earlier[1], "open": cell.state in LATE})
        group["open"] += cell.state in OPEN
    return list(found.values())


@require_POST
@needs(Permission.VALUE_CERTIFY)
def agree(request: Request) -> HttpResponse:
    """Agree to the ticked ones."""
    picked = [int(pk) for pk in request.POST.getlist("pk") if pk.isdigit()]
    chosen = opened_first(request)

    def change() -> str:
        if not picked:
            raise Refused("请先勾选。")
        made, refused = agree_all(cells=list(waiting_cells(request, chosen).filter(pk__in=picked)), by=request.actor)
        told = f",{len(refused)} 格没有办理:{refused[0][1]}" if refused else "。"
        return f"已核定一致 {len(made)} 格{told}"

    attempted(request, change)
    return redirect(f"{reverse('monitoring:certify')}?{request.GET.urlencode()}")


@require_http_methods(["POST"])
@needs(Permission.SHEET_VIEW)
def answer(request: Request, pk: int) -> HttpResponse:
    """One cell: another figure, given back, or sent again by the county."""
    found, code = visible_cell(request, pk), request.POST.get("code", "")
    own = code == "resubmit"
    if code not in {*WORDS, "resubmit"}:
        return HttpResponse(status=404)

    def change() -> str:
        given = {"raw": request.POST.get("value", ""), "reason": request.POST.get("reason", "")}
        give(cell=found, code=code, by=request.actor, **given)
        return "已重新报送这一格。" if own else WORDS[code]

    attempted(request, change)
    if own and found.sheet_id:
        return redirect("monitoring:sheet", pk=found.sheet_id)
    period = found.sheet.form_period_id if found.sheet else ""
    return redirect(f"{reverse('monitoring:certify')}?period={period}")
