"""The sealed package, and everything as a workbook."""

from __future__ import annotations

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.evaluation.exporting import as_workbook
from spectown.web.evaluation.editions import edition_of
from spectown.web.evaluation.seen import is_inside, marked, shown_result, visible
from spectown.web.files import kept_file
from spectown.web.http import Request, export_response, needs


@require_safe
@needs(Permission.EVALUATION_VIEW)
def package(request: Request, key: str) -> HttpResponseBase:
    """The zip of the edition that is public, or that `?edition=` asks for; inside also what was sealed last."""
    found = visible(request, key)
    if is_inside(request.actor) and "edition" not in request.GET and found.package is not None:
        return kept_file(found.package)
    return kept_file(edition_of(found, request.GET.get("edition", "")).package)


@require_safe
@needs(Permission.EXPORT)
def export(request: Request, key: str) -> HttpResponse:
    """Scheme, figures, boards, objections, decisions in one workbook, for office and leading group."""
    found = visible(request, key)
    result = shown_result(request, found)
    who = f"{request.actor.name}({request.actor.unit_name})"
    note = f"{marked(request, found, result)}导出日期 {timezone.localdate()},导出人 {who}"
    content = as_workbook(found, result, note=note, whole=is_inside(request.actor))
    return export_response(f"{found.name}.xlsx", content)
