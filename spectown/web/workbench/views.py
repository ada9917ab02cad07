"""工作台: one page for all roles; what differs is what waits."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.web.http import Request, needs, page
from spectown.web.workbench.sources import SOURCES


@require_safe
@needs(Permission.WORKBENCH)
def home(request: Request) -> HttpResponse:
    """Everybody, every morning: what must I do now, and where is what I handed on?"""
    today = timezone.localdate()
    parts = [part for source in SOURCES for part in source(request.actor, today)]
    waiting = [part for part in parts if part.is_mine and part.total]
    context = {
        "leading": [part for part in parts if part.leads and part.total],
        "waiting": waiting,
        "others": [part for part in parts if not (part.is_mine or part.leads) and part.total],
        "total": sum(part.total for part in waiting),
        "today": today,
    }
    return page(request, "workbench/home.html", context, title="工作台")
