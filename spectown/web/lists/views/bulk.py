"""One value for many rows."""

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
from spectown.lists.models import ListRow
from spectown.lists.scope import changeable
from spectown.lists.services.records import BULK_MOST, bulk_change
from spectown.organisations.actors import NotAllowed
from spectown.web.http import Request, needs, page
from spectown.web.lists.found import crumbs, ledger_or_404, list_url, require_change
from spectown.web.lists.picked import ColumnForm, ValueForm, numbers, present_values

LISTED = 10


@require_POST
@needs(Permission.LIST_CHANGE)
def bulk(request: Request, ledger: str) -> HttpResponse:
    """Office and counties, after an inspection or a re-division: the ticked rows get one value; all or none."""
    declared = ledger_or_404(ledger)
    require_change(declared, request.actor)
    picked = numbers(request.POST.getlist("pk"))
    if not picked or len(picked) > BULK_MOST:
        wrong = f"一次最多改 {BULK_MOST} 行,请少选一些。" if picked else "请先在清单中勾选要改的行。"
        messages.error(request, wrong)
        return redirect(list_url(declared))
    rows = list(changeable(declared, request.actor).filter(pk__in=picked).order_by("pk"))
    column = declared.by_name.get(request.POST.get("column", ""))
    if not rows or column is None or column.column.locked:
        return _page(request, declared, rows, len(picked), ColumnForm(ledger=declared))
    is_sent = "reason" in request.POST
    form = ValueForm(request.POST if is_sent else None, ledger=declared, column=column, actor=request.actor)
    if is_sent and form.is_valid() and _change(request, declared, rows, column, form):
        return redirect(list_url(declared))
    return _page(request, declared, rows, len(picked), form, column)


def _change(request: Request, ledger: Ledger, rows: list[ListRow], column: BoundColumn, form: ValueForm) -> bool:
    data = form.cleaned_data
    pks, values = [row.pk for row in rows], {column.name: data["value"]}
    try:
        changed = bulk_change(ledger=ledger, pks=pks, values=values, by=request.actor, reason=data["reason"])
    except ValidationError as fault:
        form.add_error(None, f"没有改动任何一行。有的行改后不合规定:{' '.join(fault.messages)}")
    except (Refused, NotAllowed) as refused:
        form.add_error(None, f"没有改动任何一行。{refused}")
    else:
        messages.success(
            request, f"{column.label}:改了 {changed} {ledger.counter},{len(rows) - changed} {ledger.counter}原来就是。"
        )
        return True
    return False


def _page(
    request: Request,
    ledger: Ledger,
    rows: list[ListRow],
    picked: int,
    form: ColumnForm | ValueForm,
    column: BoundColumn | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "ledger": ledger,
        "rows": rows,
        "listed": rows[:LISTED],
        "further": max(0, len(rows) - LISTED),
        "left_out": picked - len(rows),
        "form": form,
        "column": column,
        "present": present_values(rows, column) if column else [],
        "back": list_url(ledger),
    }
    status = 422 if form.errors else 200
    return page(request, "lists/bulk.html", context, title="批量修改", crumbs=crumbs(ledger), status=status)
