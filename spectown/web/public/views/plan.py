"""The plan for everybody: only the text, with anchors."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from spectown.web.http import Request, page
from spectown.web.plans.reader import passages
from spectown.web.plans.views.text import clause_answer, clause_of, contents, source_answer
from spectown.web.public.disclosure import published_plan
from spectown.web.templatetags.spectown import clause_anchor


@require_safe
@login_not_required
def plan(request: Request) -> HttpResponse:
    """Citizens and enterprises, when they want to apply or object: what does the plan say?"""
    version = published_plan()
    if version is None:
        return page(request, "public/nothing.html", title="方案全文")
    read = list(passages(version, version.clauses.all()))
    context = {"version": version, "passages": read, "contents": contents(read)}
    return page(request, "public/plan.html", context, title="方案全文")


@require_safe
@login_not_required
def clause(request: Request, ref: str) -> HttpResponseBase:
    """The same readers, from a clause chip: the sentence behind a figure, in place."""
    found = clause_of(published_plan(), ref)
    return clause_answer(request, found, f"{reverse('public:plan')}#{clause_anchor(found.ref)}")


@require_safe
@login_not_required
def source(request: Request) -> HttpResponse:
    """Anybody, rarely: the published text to keep."""
    return source_answer(published_plan())
