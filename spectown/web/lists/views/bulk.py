"""One value for many rows: which column, which value and why, what would come of it, done."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from spectown.accounts.permissions import Permission
from spectown.lib.refusal import Refused
from spectown.lists.declaration import BoundColumn, Ledger
from spectown.lists.services.bulk import Proposal, bulk_change, propose
from spectown.web.http import Request, needs, page
from spectown.web.lists.found import crumbs, ledger_or_404, list_url, require_change
from spectown.web.lists.picked import ColumnForm, Picked, ValueForm, picked, present_values, shown

FAULTS = 10  # told on the page


@require_POST
@needs(Permission.LIST_CHANGE)
def bulk(request: Request, ledger: str) -> HttpResponse:
    """Office and counties, after an inspection or a re-division: many rows get one value; previewed; all or none."""
    declared = ledger_or_404(ledger)
    require_change(declared, request.actor)
    try:
        rows = picked(declared, request.POST, request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(_back(declared, request.POST.get("query", "")))
    column = declared.by_name.get(request.POST.get("column", ""))
    if not rows.pks or column not in declared.bulk:
        asked = ColumnForm(request.POST if "column" in request.POST else None, ledger=declared)
        return _page(request, declared, rows, asked)
    return _value(request, declared, rows, column)


def _value(request: Request, ledger: Ledger, rows: Picked, column: BoundColumn) -> HttpResponse:
    is_sent, is_back = "reason" in request.POST, "back" in request.POST
    form = ValueForm(request.POST if is_sent else None, ledger=ledger, column=column, actor=request.actor)
    if not is_sent or is_back or not form.is_valid():
        return _page(request, ledger, rows, form, column)
    seal = request.POST.get("seal", "")
    if seal and _change(request, ledger, rows, column, form, seal):
        return redirect(_back(ledger, rows.query))
    return _page(request, ledger, rows, form, column, _proposed(request, ledger, rows, column, form))


def _proposed(request: Request, ledger: Ledger, rows: Picked, column: BoundColumn, form: ValueForm) -> Proposal | None:
    """What would come of it; None, with an error in the form, where no row could have the value."""
    values = {column.name: form.cleaned_data["value"]}
    try:
        return propose(ledger=ledger, pks=rows.pks, values=values, by=request.actor)
    except ValidationError as fault:
        form.add_error("value", fault.messages)
    except Refused as refused:
        form.add_error(None, str(refused))
    return None


def _change(request: Request, ledger: Ledger, rows: Picked, column: BoundColumn, form: ValueForm, seal: str) -> bool:
    """Do what was previewed; else the preview is shown again and says why."""
    values, reason = {column.name: form.cleaned_data["value"]}, form.cleaned_data["reason"]
    try:
        changed = bulk_change(ledger=ledger, pks=rows.pks, values=values, by=request.actor, reason=reason, seal=seal)
    except Refused as refused:
        messages.error(request, str(refused))
    except ValidationError:
        messages.error(request, "没有改动任何一行,原因见下。")
    else:
        same, counter = len(rows.pks) - changed, ledger.counter
        messages.success(request, f"{column.label}:改了 {changed:,} {counter},{same:,} {counter}原来就是。")
        return True
    return False


def _named(ledger: Ledger, rows: Picked, proposal: Proposal) -> list[tuple[str, str, str]]:
    """Number, name and reason of the first rows that would break a rule."""
    found = proposal.faults(FAULTS)
    names = {row.pk: str(row) for row in rows.rows.filter(pk__in=[pk for pk, _ in found])}
    return [(ledger.number(pk), names.get(pk, ""), said) for pk, said in found]


def _back(ledger: Ledger, query: str) -> str:
    return f"{list_url(ledger)}?{query}" if query else list_url(ledger)


def _page(
    request: Request,
    ledger: Ledger,
    rows: Picked,
    form: ColumnForm | ValueForm,
    column: BoundColumn | None = None,
    proposal: Proposal | None = None,
) -> HttpResponse:
    faults = _named(ledger, rows, proposal) if proposal else []
    context: dict[str, Any] = {
        "ledger": ledger,
        "picked": rows,
        "form": form,
        "column": column,
        "present": present_values(rows.rows, column) if column else [],
        "proposal": proposal,
        "new": shown(column, form.cleaned_data["value"]) if proposal and column else "",
        "faults": faults,
        "back": _back(ledger, rows.query),
    }
    status = 422 if form.errors or faults else 200
    return page(request, "lists/bulk.html", context, title="批量修改", crumbs=crumbs(ledger), status=status)
