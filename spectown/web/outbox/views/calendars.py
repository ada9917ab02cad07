"""The calendar feed: its secret address, and what a calendar program gets there."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_POST, require_safe

from spectown.accounts.permissions import Permission
from spectown.outbox import services
from spectown.outbox.calendars import calendar_of, owner_of
from spectown.web.http import Request, attempted, needs
from spectown.web.outbox.views.ways import settings_page


@require_POST
@needs(Permission.WORKBENCH)
def make(request: Request) -> HttpResponse:
    """A new address, shown this once; an old one ends."""
    path = reverse("outbox:calendar", args=[services.make_feed(by=request.actor)])
    address = f"{settings.SITE_URL}{path}" if settings.SITE_URL else request.build_absolute_uri(path)
    return settings_page(request, address=address)


@require_POST
@needs(Permission.WORKBENCH)
def end(request: Request) -> HttpResponse:
    """Take the address back."""

    def change() -> str:
        services.revoke_feed(by=request.actor)
        return "订阅地址已停用。"

    attempted(request, change)
    return redirect("outbox:settings")


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The dates of whoever's address it is; 404 for any other."""
    user = owner_of(token)
    if user is None:
        raise Http404
    response = HttpResponse(calendar_of(user, timezone.now()), content_type="text/calendar; charset=utf-8")
    add_never_cache_headers(response)
    return response
