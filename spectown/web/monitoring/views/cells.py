"""One cell: every version of it, how it was worked out, the files that prove it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from spectown.accounts.permissions import Permission
from spectown.core.monitoring.values import MISSING, Value
from spectown.core.periods import Period
from spectown.lib.proofs.check import ACCEPT
from spectown.monitoring.catalogue import plan_data
from spectown.monitoring.models import Cell, CellFile, Sheet
from spectown.monitoring.services import proving
from spectown.web.files import keep_all, kept_file
from spectown.web.http import Request, attempted, needs, page
from spectown.web.monitoring.found import visible_sheet


def cell_of(request: Request, pk: int, code: str) -> tuple[Sheet, Cell]:
    """A cell of the town and period of a sheet that the actor sees; 404 for others."""
    found = visible_sheet(request, pk)
    rows = Cell.objects.filter(town=found.town, ordinal=found.form_period.ordinal)
    rows = rows.select_related("indicator__source", "sheet__work", "town")
    return found, get_object_or_404(rows, indicator__code=code)


@require_safe
@needs(Permission.SHEET_VIEW)
def history(request: Request, pk: int, code: str) -> HttpResponse:
    """Whoever doubts a figure: who put it there, when, why, out of what, what proves it?"""
    sheet, cell = cell_of(request, pk, code)
    context = {
        "cell": cell,
        "versions": cell.versions.select_related("by").order_by("-revision"),
        "sheet": sheet,
        "worked_out": worked_out(cell),
        "files": _files(sheet, cell),
        "may_prove": cell.sheet_id is not None and not proving.proving_refusals(sheet, cell, request.actor),
        "accept": ACCEPT,
    }
    crumbs = [("填报", reverse("monitoring:sheets")), (str(sheet), reverse("monitoring:sheet", args=[pk]))]
    title = f"{cell.indicator.name}({cell.period.label})"
    return page(request, "monitoring/cell.html", context, title=title, crumbs=crumbs, partial="history")


def _files(sheet: Sheet, cell: Cell) -> list[dict[str, Any]]:
    rows = cell.files.filter(removed_at__isnull=True).select_related("uploaded_by")
    return [
        {"row": row, "url": reverse("monitoring:file", args=[sheet.pk, cell.indicator.code, row.pk])} for row in rows
    ]


def worked_out(cell: Cell) -> dict[str, Any] | None:
    """The formula of a computed figure with the inputs put in, each leading to its cell. Three queries."""
    catalogue, code = plan_data().catalogue, cell.indicator.code
    item = catalogue.on(code, cell.period)
    if item is None or not item.formula or item.every != cell.period.every:
        return None
    computation = catalogue.computation(code, cell.period)
    wanted = {period.ordinal for reading in computation.readings.values() for period, _ in reading.periods}
    rows = Cell.objects.filter(town=cell.town_id, ordinal__in=wanted).select_related("indicator")
    known = {(row.indicator.code, row.ordinal): row.counts for row in rows}

    def lookup(read: str, period: Period) -> Value:
        return known.get((read, period.ordinal), MISSING)

    pages = dict(
        Sheet.objects.filter(town=cell.town_id, form_period__ordinal__in=wanted)
        .order_by("-pk")
        .values_list("form_period__ordinal", "pk")
    )
    inputs = [
        {
            "name": reading.name,
            "code": reading.code,
            "period": period,
            "said": f"{value.shown}{reading.unit if value.is_figure else ''}",
            "sheet": pages.get(period.ordinal) if (reading.code, period.ordinal) in known else None,
        }
        for reading, period, value in computation.inputs(lookup)
    ]
    return {"formula": computation.explained(lookup), "inputs": inputs}


@require_POST
@needs(Permission.SHEET_VIEW)
def put(request: Request, pk: int, code: str) -> HttpResponse:
    """A file that proves the value; a phone takes the picture itself."""
    _, cell = cell_of(request, pk, code)

    def keep(name: str, content: bytes) -> None:
        proving.add_file(cell=cell, name=name, content=content, by=request.actor)

    attempted(request, lambda: keep_all(request, keep))
    return redirect("monitoring:history", pk=pk, code=code)


@require_POST
@needs(Permission.SHEET_VIEW)
def remove(request: Request, pk: int, code: str, file: int) -> HttpResponse:
    """Take a file out."""
    stored = _file(request, pk, code, file)

    def change() -> str:
        proving.remove_file(file=stored, by=request.actor)
        return "已移除文件。"

    attempted(request, change)
    return redirect("monitoring:history", pk=pk, code=code)


@require_safe
@xframe_options_sameorigin
@needs(Permission.SHEET_VIEW)
def file(request: Request, pk: int, code: str, file: int) -> HttpResponseBase:
    """Whoever sees the sheet sees its files."""
    return kept_file(_file(request, pk, code, file))


def _file(request: Request, pk: int, code: str, file: int) -> CellFile:
    _, cell = cell_of(request, pk, code)
    rows = CellFile.objects.select_related("cell__indicator", "cell__sheet__work")
    return get_object_or_404(rows, cell=cell, pk=file, removed_at__isnull=True)
