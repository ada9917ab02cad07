"""How the review of a round goes: who is how far, how far the scores lie apart, what stands out."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.rounds.models import Round
from spectown.web.experts.progressing import progress_of
from spectown.web.http import Request, needs, page


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
    found = get_object_or_404(Round.objects.visible_to(request.actor), pk=pk)
    rows = progress_of(found, request.actor)
    totals = {
        "cases": len(rows),
        "wanted": sum(row.wanted for row in rows),
        "submitted": sum(row.submitted for row in rows),
    }
    context = {"round": found, "rows": rows, "totals": totals}
    crumbs = [("评审进度", reverse("experts:rounds"))]
    return page(request, "experts/progress.html", context, title=found.name, crumbs=crumbs)
