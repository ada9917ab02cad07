"""每月调度 of projects: page, print, workbook."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.lib.columnar.reading import key_set
from spectown.lib.tables.sheet import workbook
from spectown.lists.services.exports import note_export
from spectown.projects.lists import PROJECTS
from spectown.projects.models import Project
from spectown.web.chips import chips_of
from spectown.web.http import Request, export_response, needs, page, paged
from spectown.web.projects.dispatching import dispatch_of
from spectown.web.projects.forms import DispatchFilter
from spectown.web.projects.tables import dispatch_table


@require_safe
@needs(Permission.LIST_VIEW)
def dispatch(request: Request) -> HttpResponse:
    """Office monthly, before the meeting: which projects lag and why, who has not reported, which need a leader?"""
    form = DispatchFilter(request.GET, actor=request.actor)
    shown = dispatch_of(request.actor, form)
    context = {
        "form": form,
        "chips": chips_of(request, form),
        "shown": shown,
        "rows": paged(request, shown.rows),
        "query": request.GET.urlencode(),
        "month": f"{shown.look.year}-{shown.look.month:02d}",
    }
    title = f"项目调度:{shown.look.year}年{shown.look.month}月"
    return page(request, "projects/dispatch.html", context, title=title, partial="shown")


@require_safe
@needs(Permission.LIST_VIEW)
def dispatch_export(request: Request) -> HttpResponse:
    """The same as a workbook for the meeting, open to whoever sees the page."""
    shown = dispatch_of(request.actor, DispatchFilter(request.GET, actor=request.actor))
    rows = Project.objects.filter(pk__in=key_set(figures.project.pk for figures in shown.rows))
    note_export(ledger=PROJECTS, rows=rows, query=f"dispatch {request.GET.urlencode()}", by=request.actor)
    name = f"项目调度{shown.look.year}年{shown.look.month}月.xlsx"
    return export_response(name, workbook(dispatch_table(shown, request.actor)))
