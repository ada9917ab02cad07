"""Sheets of a county as one workbook: taken prefilled, sent back filled in."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from spectown.accounts.permissions import Permission
from spectown.lib.excel.faults import WorkbookRefusedError
from spectown.lib.refusal import Refused
from spectown.monitoring.models import FormPeriod
from spectown.monitoring.services.uploading import Uploaded, upload
from spectown.monitoring.workbooks.prefilled import prefilled
from spectown.web.files import accepted
from spectown.web.http import Request, export_response, needs, page


@require_safe
@needs(Permission.SHEET_FILL)
def template(request: Request, pk: int) -> HttpResponse:
    """The workbook of all the actor's towns, with what is known."""
    opened = get_object_or_404(FormPeriod, pk=pk)
    try:
        return export_response(f"{opened}.xlsx", prefilled(opened, request.actor))
    except Refused as refused:
        raise Http404(str(refused)) from refused


@require_http_methods(["GET", "POST"])
@needs(Permission.SHEET_FILL)
def book(request: Request, pk: int) -> HttpResponse:
    """A county monthly: which rows are wrong, and where in my file?"""
    opened = get_object_or_404(FormPeriod, pk=pk)
    told: Uploaded | None = None
    fault = ""
    if request.method == "POST":
        try:
            told = _taken(request, opened)
        except (Refused, WorkbookRefusedError) as refused:
            fault = str(refused)
        if told is not None and not told.faults:
            messages.success(request, f"已写入 {told.cells} 格,{told.same} 行没有改动。")
            return redirect(f"{reverse('monitoring:sheets')}?period={pk}")
    context = {"opened": opened, "told": told, "fault": fault}
    crumbs = [("填报", f"{reverse('monitoring:sheets')}?period={pk}")]
    status = 422 if fault or told else 200
    return page(request, "monitoring/book.html", context, title="Excel 填报", crumbs=crumbs, status=status)


def _taken(request: Request, opened: FormPeriod) -> Uploaded:
    sent = accepted(request.FILES.get("file"))
    return upload(opened=opened, data=sent.read(), name=sent.name or "", by=request.actor)
