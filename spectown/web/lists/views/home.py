"""All lists."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.web.http import Request, needs, page
from spectown.web.lists.overview import overview


@require_safe
@needs(Permission.LIST_VIEW)
def home(request: Request) -> HttpResponse:
    """Everybody, to begin with: which lists are there for which task, who leads, are they kept?"""
    return page(request, "lists/home.html", {"groups": overview(request.actor)}, title="清单总览")
