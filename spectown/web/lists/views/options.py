"""Suggestions while a row of another list is being named."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.lists.choosing import choose
from spectown.lists.kinds import Kind
from spectown.lists.references import reference_of
from spectown.lists.registry import ledger_for
from spectown.web.http import Request, needs
from spectown.web.lists.found import ledger_or_404

SHOWN = 20


@require_safe
@needs(Permission.LIST_CHANGE)
def options(request: Request, ledger: str, column: str) -> HttpResponse:
    """Whoever fills in a form: rows whose name, code or initials contain what was typed, as options of a datalist."""
    bound = ledger_or_404(ledger).by_name.get(column)
    related: Any = bound.field.related_model if bound and bound.kind == Kind.REFERENCE else None
    if related is None or reference_of(related).options is not None:
        raise Http404("这一栏没有可查找的名称")
    typed = request.GET.get(column) or request.GET.get("value") or ""
    found = choose(ledger_for(related), request.actor, {"q": typed}).rows[:SHOWN]
    labels = reference_of(related).labels([row.pk for row in found])
    return render(request, "lists/_options.html", {"labels": sorted(labels.values())})
