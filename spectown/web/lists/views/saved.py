"""Saved views of a list."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from spectown.accounts.permissions import Permission
from spectown.lib.refusal import Refused
from spectown.lists.models import SavedView
from spectown.lists.services.views import Viewed, delete_view, kept_query, save_view, saved_views, share_view
from spectown.web.http import Request, needs
from spectown.web.lists.viewed import url_of, viewed_or_404


@require_POST
@needs(Permission.LIST_VIEW)
def view_save(request: Request, ledger: str) -> HttpResponse:
    """Keep the present choice under a name."""
    declared, query = viewed_or_404(ledger), request.POST.get("query", "")
    name, shared = request.POST.get("name", ""), bool(request.POST.get("shared"))

    def save() -> str:
        return f"已保存视图“{save_view(ledger=declared, name=name, query=query, shared=shared, by=request.actor)}”。"

    _do(request, save)
    return redirect(f"{url_of(declared)}?{kept_query(query)}")


@require_POST
@needs(Permission.LIST_VIEW)
def view_share(request: Request, ledger: str, pk: int) -> HttpResponse:
    """Share an own view, or keep it to oneself again."""
    declared = viewed_or_404(ledger)
    view, shared = _view(request, declared, pk), bool(request.POST.get("shared"))

    def share() -> str:
        share_view(view=view, shared=shared, by=request.actor)
        return f"视图“{view}”已共享给能看本清单的人。" if shared else f"视图“{view}”已不再共享。"

    _do(request, share)
    return redirect(f"{url_of(declared)}?{view.query}")


@require_POST
@needs(Permission.LIST_VIEW)
def view_delete(request: Request, ledger: str, pk: int) -> HttpResponse:
    """Forget an own view."""
    declared = viewed_or_404(ledger)
    view = _view(request, declared, pk)

    def forget() -> str:
        delete_view(view=view, by=request.actor)
        return f"视图“{view}”已删除。"

    _do(request, forget)
    return redirect(url_of(declared))


def _view(request: Request, ledger: Viewed, pk: int) -> SavedView:
    return get_object_or_404(saved_views(ledger, request.actor), pk=pk)


def _do(request: Request, act: Callable[[], str]) -> None:
    try:
        messages.success(request, act())
    except Refused as refused:
        messages.error(request, str(refused))
