"""The published result of a year for everybody, with its sealed package."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from spectown.evaluation.models import Evaluation, Publication
from spectown.evaluation.papers import lists_of
from spectown.evaluation.standing import correction_reason
from spectown.web.evaluation.editions import edition_of, editions_of
from spectown.web.evaluation.seen import rows_of
from spectown.web.files import kept_file
from spectown.web.http import Request, page


def _edition(request: Request, key: str) -> tuple[Evaluation, Publication]:
    """The edition in force, or an older one that `?edition=` asks for."""
    found = get_object_or_404(Evaluation.objects.published().keyed(key))
    return found, edition_of(found, request.GET.get("edition", ""))


@require_safe
@login_not_required
def evaluation(request: Request, key: str) -> HttpResponse:
    """Anybody: how did the towns do, can it be checked, was it corrected?"""
    found, edition = _edition(request, key)
    commended, _ = lists_of(edition.result)
    context = {
        "evaluation": found,
        "edition": edition,
        "editions": editions_of(found),
        "newest": found.edition == edition,
        "why": correction_reason(found) if found.is_corrected else "",
        "rows": rows_of(edition.result),
        "commended": commended,
        "package": edition.package,
    }
    return page(
        request, "public/evaluation.html", context, title=found.name, crumbs=[("专业镇", reverse("public:towns"))]
    )


@require_safe
@login_not_required
def package(request: Request, key: str) -> HttpResponseBase:
    """The sealed package."""
    return kept_file(_edition(request, key)[1].package)
