"""Own account pages beside allauth's: choice of role, and the overview 我的账户."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from spectown.web import nav
from spectown.web.http import Request, page
from spectown.web.middleware import CHOICE


@require_POST
def switch(request: Request) -> HttpResponse:
    """Act in another of one's own roles from now on in this session."""
    wanted = request.POST.get("membership", "")
    chosen = next((m for m in request.memberships if str(m.pk) == wanted), None)
    if chosen is None:
        raise Http404
    request.session[CHOICE] = chosen.pk
    messages.success(request, f"已切换为:{chosen.unit.name} · {chosen.get_role_display()}")
    return redirect(_back(request))


def _back(request: Request) -> str:
    """The work bench: the page one came from may be closed to the new role."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if wanted and safe else nav.address("workbench:home") or "/"


@require_safe
def overview(request: Request) -> HttpResponse:
    """Who I am here: name, roles, password, second factor, sessions."""
    return page(request, "account/overview.html", {"memberships": request.memberships}, title="我的账户")
