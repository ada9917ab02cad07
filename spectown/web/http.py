"""What every view needs: the typed request, permission check, page and fragment rendering, downloads."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Concatenate, ParamSpec, TypeVar
from urllib.parse import quote

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django_htmx.middleware import HtmxDetails

from spectown.accounts.permissions import Permission
from spectown.lib.filenames import short_name
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.organisations.models import Membership

P = ParamSpec("P")
T = TypeVar("T")
Crumb = tuple[str, str]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Request(HttpRequest):
    """A request as our middleware leaves it: annotate views with this."""

    actor: Actor
    memberships: list[Membership]
    htmx: HtmxDetails


View = Callable[Concatenate[Request, P], HttpResponseBase]


def needs(permission: Permission) -> Callable[[View[P]], View[P]]:
    """Decorate a view: actors whose role lacks the permission get the 403 page that names it."""

    def decorate(view: View[P]) -> View[P]:
        @functools.wraps(view)
        def checked(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            request.actor.require(permission)
            return view(request, *args, **kwargs)

        checked.needs = permission  # type: ignore[attr-defined]  # read by the role x URL test
        return checked

    return decorate


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    title: str,
    crumbs: Sequence[Crumb] = (),
    partial: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render a whole page with title and breadcrumb, or only its fragment `partial` when htmx asks for it.

    `crumbs`: (label, url) between the area and this page; the area itself comes from the navigation.
    """
    whole = {"title": title, "crumbs": list(crumbs), **(context or {})}
    name = f"{template}#{partial}" if partial and wants_fragment(request) else template
    return render(request, name, whole, status=status)


def wants_fragment(request: HttpRequest) -> bool:
    """True where htmx asks for a part of a page (not for a boosted or restored whole one)."""
    htmx: HtmxDetails | None = getattr(request, "htmx", None)
    return bool(htmx) and htmx is not None and not htmx.boosted and not htmx.history_restore_request


def attempted(request: HttpRequest, change: Callable[[], str]) -> bool:
    """Make a change and show its words, or those of its refusal; True where it was made."""
    try:
        messages.success(request, change())
    except Refused as refused:
        messages.error(request, str(refused))
        return False
    return True


def kept(form: BaseForm, change: Callable[[], T]) -> T | None:
    """What a valid form makes; a refusal becomes a fault of the form. None where nothing was made."""
    if not form.is_valid():
        return None
    try:
        return change()
    except Refused as refused:
        form.add_error(None, str(refused))
        return None


def export_response(filename: str, content: bytes, content_type: str = XLSX) -> HttpResponse:
    """A download whose Chinese file name survives (RFC 5987), never shown inside the page."""
    filename = short_name(filename)
    plain = filename.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_")
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(filename, safe='')}"
    return HttpResponse(content, content_type=content_type, headers={"Content-Disposition": disposition})


def paged(request: HttpRequest, rows: QuerySet[Any] | Sequence[Any], size: int = 50) -> Page[Any]:
    """The page of rows that `?page=` asks for; a number out of range gives the nearest page."""
    return Paginator(rows, size).get_page(request.GET.get("page"))
