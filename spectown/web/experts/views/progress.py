"""How the review of a round goes: who is how far, how far the scores lie apart, what stands out."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.rounds.models import Round
from spectown.web.experts.progressing import cases_of, progress_of, totals_of, with_review
from spectown.web.http import Request, needs, page, paged

CASES = 30  # a page: each has five experts and eight items


@require_safe
@needs(Permission.CASE_EXAMINE)
def rounds(request: Request) -> HttpResponse:
    """Rounds with experts, to choose one."""
    under_review = Q(cases__state__in=("accepted", "expert_review", "site_visit"))
    found = Round.objects.visible_to(request.actor).annotate(waiting=Count("cases", filter=under_review))
    return page(request, "experts/rounds.html", {"rows": found.exclude(state="draft")}, title="评审进度")


@require_safe
@needs(Permission.CASE_EXAMINE)
def progress(request: Request, pk: int) -> HttpResponse:
    """The office, every day of a review."""
    seen = Round.objects.visible_to(request.actor).prefetch_related("rules_versions")
    found = get_object_or_404(seen, pk=pk)
    cases = paged(request, with_review(cases_of(found, request.actor)), CASES)
    context = {
        "round": found,
        "rows": progress_of(cases),
        "cases": cases,
        "totals": totals_of(found, request.actor),
    }
    crumbs = [("评审进度", reverse("experts:rounds"))]
    return page(request, "experts/progress.html", context, title=found.name, crumbs=crumbs)
