"""One figure: the address that every view links it to. What is filled in has its page at the sheet; the others here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.core.monitoring.computing import Computation
from spectown.core.monitoring.derivations import DERIVATIONS
from spectown.core.monitoring.indicator import Indicator as Item
from spectown.core.monitoring.values import MISSING, Value
from spectown.core.periods import Period
from spectown.lists.registry import ledgers
from spectown.monitoring.catalogue import plan_data
from spectown.monitoring.models import Cell
from spectown.monitoring.seeing import seen
from spectown.organisations.models import Unit
from spectown.supervision.models import Work
from spectown.web.http import Request, needs, page
from spectown.web.lists.found import list_url

WITH = ("town", "indicator__source", "sheet__work__holder", "sheet__form_period")


@require_safe
@needs(Permission.SHEET_VIEW)
def value(request: Request, pk: int) -> HttpResponse:
    """Whoever doubts a figure: who gave it, when, from what, was it certified, what stood there before?"""
    cell = get_object_or_404(Cell.objects.filter(seen(request.actor)).select_related(*WITH), pk=pk)
    sheets = Work.objects.visible_to(request.actor).filter(kind="sheet", pk=cell.sheet.work_id) if cell.sheet else None
    if cell.sheet and sheets is not None and sheets.exists():
        return redirect("monitoring:history", pk=cell.sheet.pk, code=cell.indicator.code)
    item = plan_data().catalogue.on(cell.indicator.code, cell.period)
    context = {
        "cell": cell,
        "item": item,
        "versions": cell.versions.select_related("by").order_by("-revision"),
        "source": Unit.objects.filter(code=item.source).first() if item else cell.indicator.source,
        "list": _list_of(item, cell.town_id),
        **_worked_out(request, cell, item),
    }
    crumbs = [("指标目录", reverse("monitoring:catalogue"))]
    if item:
        crumbs.append((item.name, reverse("monitoring:indicator", args=[item.code])))
    title = f"{cell.town.name} {cell.period.label} {cell.indicator.name}"
    return page(request, "monitoring/value.html", context, title=title, crumbs=crumbs)


def _list_of(item: Item | None, town: int) -> dict[str, str] | None:
    """The list that a derived figure is counted from, with the rows of the town."""
    derivation = DERIVATIONS.get(item.derivation) if item else None
    if derivation is None:
        return None
    found = next((each for each in ledgers() if each.title == derivation.ledger), None)
    url = f"{list_url(found)}?{found.town_column}={town}" if found else ""
    return {"label": derivation.label, "name": derivation.ledger, "url": url}


def _worked_out(request: Request, cell: Cell, item: Item | None) -> dict[str, Any]:
    """The formula with its inputs put in, each a link. One query."""
    if item is None or not item.formula or item.every != cell.period.every:
        return {}
    computation = plan_data().catalogue.computation(item.code, cell.period)
    places = list(dict.fromkeys(_places(computation)))
    rows = Cell.objects.filter(
        seen(request.actor),
        town=cell.town_id,
        indicator__code__in={code for code, _ in places},
        ordinal__in={period.ordinal for _, period in places},
    )
    known = {(each.indicator.code, each.period): each for each in rows.select_related("indicator")}

    def lookup(code: str, period: Period) -> Value:
        found = known.get((code, period))
        return found.counts if found else MISSING

    return {"told": computation.explained(lookup), "inputs": [(place, known.get(place)) for place in places]}


def _places(computation: Computation) -> Iterator[tuple[str, Period]]:
    for reading in computation.readings.values():
        for period, _ in reading.periods:
            yield reading.code, period
