"""The gallery page: every component in all its states, with long names, empty and faulty data."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Role
from spectown.web.gallery import samples
from spectown.web.http import Request, page


@require_safe
def gallery(request: Request) -> HttpResponse:
    """Only for development and for the system administrator."""
    if not settings.DEBUG and request.actor.role != Role.SYSTEM_ADMIN:
        raise Http404
    return page(request, "gallery/gallery.html", samples.context(request.GET), title="组件")
