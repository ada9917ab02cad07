"""Rows of another list while one of them is being named in a form."""

from __future__ import annotations

from typing import Any

from django.http import Http404, JsonResponse
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.lists.choosing import choose
from spectown.lists.kinds import Kind
from spectown.lists.models import ListRow
from spectown.lists.references import reference_of
from spectown.lists.registry import ledger_for
from spectown.web.http import Request, needs
from spectown.web.lists.found import ledger_or_404

SHOWN = 20


@require_safe
@needs(Permission.LIST_CHANGE)
def options(request: Request, ledger: str, column: str) -> JsonResponse:
    """Whoever fills in a form: rows whose name, code or initials contain what was typed (`q`), for js/choices.js."""
    bound = ledger_or_404(ledger).by_name.get(column)
    related: Any = bound.field.related_model if bound and bound.kind == Kind.REFERENCE else None
    if related is None or not issubclass(related, ListRow):
        raise Http404("这一栏没有可查找的名称")
    found = choose(ledger_for(related), request.actor, {"q": request.GET.get("q", "")}).rows[:SHOWN]
    labels = reference_of(related).labels([row.pk for row in found])
    return JsonResponse({"options": [{"value": label} for label in sorted(labels.values())]})
