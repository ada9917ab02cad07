"""Bonus, deduction and veto items, entered town by town before the freeze."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from spectown.accounts.permissions import Permission
from spectown.evaluation.gathering import towns_of_year
from spectown.evaluation.services import beginning
from spectown.web.evaluation.forms import EntryForm
from spectown.web.evaluation.seen import tabs, visible, way
from spectown.web.http import Request, attempted, kept, needs, page


@require_http_methods(["GET", "POST"])
@needs(Permission.EVALUATION_MANAGE)
def entries(request: Request, key: str) -> HttpResponse:
    """The office: what was entered for which town, on which grounds."""
    found = visible(request, key)
    items, towns = beginning.items_of(found.rules), towns_of_year(found.year, found.rules)
    form = EntryForm(request.POST if request.method == "POST" else None, towns=towns, items=items)
    if kept(form, lambda: beginning.enter(evaluation=found, by=request.actor, **form.cleaned_data)) is not None:
        messages.success(request, "已登记。")
        return redirect("evaluation:entries", key=key)
    rows = list(found.entries.select_related("town", "made_by"))
    context = {
        "evaluation": found,
        "tabs": tabs(request, found, "entries"),
        "form": form,
        "rows": rows,
        "items": [(row, items.get(row.code, row.code)) for row in rows],
        "scheme": found.rules,
        "open": found.state == "draft",
    }
    status = 422 if form.is_bound else 200
    return page(request, "evaluation/entries.html", context, title="加减分和否决", crumbs=way(found), status=status)


@require_POST
@needs(Permission.EVALUATION_MANAGE)
def strike(request: Request, key: str, pk: int) -> HttpResponse:
    """Take an item out again, with the reason."""
    entry = get_object_or_404(visible(request, key).entries.select_related("town", "evaluation"), pk=pk)

    def change() -> str:
        beginning.strike(entry=entry, reason=request.POST.get("reason", ""), by=request.actor)
        return "已删除。"

    attempted(request, change)
    return redirect("evaluation:entries", key=key)
