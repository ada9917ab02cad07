"""The sealed package, and everything as a workbook."""

from __future__ import annotations

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.evaluation.exporting import as_workbook
from spectown.evaluation.models import Package
from spectown.web.evaluation.seen import is_inside, sees_all, shown_result, visible
from spectown.web.files import kept_file
from spectown.web.http import Request, export_response, needs


@require_safe
@needs(Permission.EVALUATION_VIEW)
def package(request: Request, year: int) -> HttpResponseBase:
    """The zip, for whoever may see all of the result."""
    found = visible(request, year)
    rows = Package.objects.filter(evaluation=found)
    return kept_file(get_object_or_404(rows if sees_all(request.actor, found) else rows.none()))


@require_safe
@needs(Permission.EXPORT)
def export(request: Request, year: int) -> HttpResponse:
    """Scheme, figures, boards, objections, decisions in one workbook, for office and leading group."""
    found = visible(request, year)
    result = shown_result(found)
    who = f"{request.actor.name}({request.actor.unit_name})"
    inside = is_inside(request.actor)
    if not sees_all(request.actor, found):
        request.actor.require(Permission.EVALUATION_MANAGE)
    content = as_workbook(found, result, note=f"导出日期 {timezone.localdate()},导出人 {who}", whole=inside)
    return export_response(f"{found.name}.xlsx", content)
