"""The published result of a year for everybody, with its sealed package."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from spectown.evaluation.models import Evaluation
from spectown.evaluation.papers import lists_of
from spectown.evaluation.standing import result_row
from spectown.web.evaluation.seen import rows_of
from spectown.web.files import kept_file
from spectown.web.http import Request, page


def _published(year: int) -> Evaluation:
    return get_object_or_404(Evaluation.objects.published().select_related("package"), year=year)


@require_safe
@login_not_required
def evaluation(request: Request, year: int) -> HttpResponse:
    """Anybody: how did the towns do, and can it be checked?"""
    found = _published(year)
    result = result_row(found, "final")
    if result is None:
        raise Http404("没有结果")
    commended, _ = lists_of(result)
    context = {"evaluation": found, "rows": rows_of(result), "commended": commended, "package": found.package}
    return page(
        request, "public/evaluation.html", context, title=found.name, crumbs=[("专业镇", reverse("public:towns"))]
    )


@require_safe
@login_not_required
def package(request: Request, year: int) -> HttpResponseBase:
    """The sealed package."""
    return kept_file(_published(year).package)
