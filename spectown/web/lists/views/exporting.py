"""A list as a workbook, and the prefilled workbook that counties fill in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.lib.refusal import Refused
from spectown.lists import exporting
from spectown.lists.choosing import choose
from spectown.lists.declaration import Ledger
from spectown.lists.scope import changeable
from spectown.lists.services.exports import note_export
from spectown.web.http import XLSX, Request, needs
from spectown.web.lists.found import ledger_or_404, list_url, require_change


@require_safe
@needs(Permission.LIST_VIEW)
def export(request: Request, ledger: str) -> HttpResponseBase:
    """Whoever sees a list, for a report: the chosen rows with all columns as an official table; noted in the log."""
    declared = ledger_or_404(ledger)
    rows = choose(declared, request.actor, request.GET)
    day = timezone.localdate()
    try:
        content = exporting.export(declared, _ordered(declared, rows.queryset), by=request.actor, day=day)
    except Refused as refused:
        return _refused(request, declared, refused)
    note_export(ledger=declared, rows=rows.queryset, query=request.GET.urlencode(), by=request.actor)
    return _download(f"{declared.title}{day:%Y%m%d}.xlsx", content)


@require_safe
@needs(Permission.LIST_CHANGE)
def template(request: Request, ledger: str) -> HttpResponseBase:
    """Counties and towns, monthly: their own chosen rows in a workbook to correct and add to."""
    declared = ledger_or_404(ledger)
    require_change(declared, request.actor)
    chosen = choose(declared, request.actor, request.GET).queryset
    own = chosen.filter(pk__in=changeable(declared, request.actor).values("pk"))
    try:
        content = exporting.template(declared, _ordered(declared, own), by=request.actor, day=timezone.localdate())
    except Refused as refused:
        return _refused(request, declared, refused)
    query = request.GET.urlencode()
    note_export(ledger=declared, rows=own, query=query, by=request.actor, template=True)
    return _download(f"{declared.title}填报表({request.actor.unit_name}).xlsx", content)


def _ordered(ledger: Ledger, rows: QuerySet[Any]) -> QuerySet[Any]:
    """In the list's own order; the number breaks ties, so that the same rows give the same file."""
    return rows.order_by(*ledger.order, "pk")


def _refused(request: Request, ledger: Ledger, refused: Refused) -> HttpResponseBase:
    messages.error(request, str(refused))
    return redirect(f"{list_url(ledger)}?{request.GET.urlencode()}")


def _download(name: str, content: Iterator[bytes]) -> HttpResponseBase:
    disposition = f"attachment; filename=\"list.xlsx\"; filename*=UTF-8''{quote(name, safe='')}"
    return StreamingHttpResponse(content, content_type=XLSX, headers={"Content-Disposition": disposition})
