"""Rows taken out of a list, and put back."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from spectown.accounts.permissions import Permission
from spectown.lib.refusal import Refused
from spectown.lists.scope import changeable, visible
from spectown.lists.services.records import delete, restore
from spectown.web.http import Request, needs, page, paged
from spectown.web.lists.found import crumbs, ledger_or_404, list_url, own_row_or_404, row_url


@require_POST
@needs(Permission.LIST_CHANGE)
def row_delete(request: Request, ledger: str, pk: int) -> HttpResponse:
    """Take a row out, with a reason."""
    declared = ledger_or_404(ledger)
    found = own_row_or_404(declared, request.actor, pk)
    try:
        delete(ledger=declared, pk=pk, reason=request.POST.get("reason", ""), by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(row_url(declared, pk))
    messages.success(request, f"已删除{declared.number(pk)} {found},可在“已删除”中恢复。")
    return redirect(list_url(declared))


@require_safe
@needs(Permission.LIST_VIEW)
def deleted(request: Request, ledger: str) -> HttpResponse:
    """Counties and the office, rarely: what was taken out, by whom and why; put back what was a mistake."""
    declared = ledger_or_404(ledger)
    rows = visible(declared, request.actor, deleted=True)
    found = paged(request, rows.select_related("territory", "deleted_by").order_by("-deleted_at", "-pk"))
    own = changeable(declared, request.actor, deleted=True).filter(pk__in=[row.pk for row in found])
    if declared.successor:
        own = own.filter(**{f"{declared.successor}__isnull": True})
    pks = set(own.values_list("pk", flat=True))
    items = [(row, declared.number(row.pk), row.pk in pks) for row in found]
    context = {"ledger": declared, "rows": found, "items": items}
    return page(request, "lists/deleted.html", context, title="已删除", crumbs=crumbs(declared), partial="rows")


@require_POST
@needs(Permission.LIST_CHANGE)
def row_restore(request: Request, ledger: str, pk: int) -> HttpResponse:
    """Put a deleted row back."""
    declared = ledger_or_404(ledger)
    found = own_row_or_404(declared, request.actor, pk, deleted=True)
    try:
        restore(ledger=declared, pk=pk, reason=request.POST.get("reason", ""), by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
    except ValidationError as fault:
        messages.error(request, f"不能恢复“{found}”:{' '.join(fault.messages)}请先处理与它重复的行。")
    else:
        messages.success(request, f"已恢复{declared.number(pk)} {found}。")
        return redirect(row_url(declared, pk))
    return redirect("lists:deleted", ledger=declared.slug)
