"""全文: the reader, one clause in place, the source text."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.plans.models import Clause, PlanVersion
from spectown.web.http import Request, export_response, needs, page, wants_fragment
from spectown.web.plans import sources
from spectown.web.plans.carried import Carried, Scene, carried, carries
from spectown.web.plans.reader import Passage, excerpt, passages
from spectown.web.plans.versions import all_versions, chosen, nothing_loaded
from spectown.web.templatetags.spectown import clause_anchor

Beside = list[tuple[Passage, list[Carried]]]
carries(sources.duties)  # the reader needs the sources: importing them registers them


@require_safe
@needs(Permission.PLAN_VIEW)
def text(request: Request) -> HttpResponse:
    """Everybody, weekly: what does the plan say, and what in the system carries it out? Decides what to ask whom."""
    version = chosen(request)
    if version is None:
        return nothing_loaded(request, "方案全文")
    lines = carried(Scene(version, request.actor, timezone.localdate()))
    read = list(passages(version, version.clauses.all()))
    context = {
        "version": version,
        "versions": all_versions(),
        "beside": [(passage, lines.get(passage.ref, []) if passage.ref else []) for passage in read],
        "contents": contents(read),
        "problems": version.problems,
    }
    return page(request, "plans/text.html", context, title="方案全文")


def contents(read: Iterable[Passage]) -> list[Passage]:
    """Lines of the table of contents: clauses with a heading, down to the second level."""
    return [p for p in read if p.ref and p.heading and p.level <= 2]


@require_safe
@needs(Permission.PLAN_VIEW)
def clause(request: Request, ref: str) -> HttpResponseBase:
    """Everybody, many times a day through the clause chips: the sentence behind a rule, in place."""
    found = clause_of(chosen(request), ref)
    reader = f"{reverse('plans:text')}#{clause_anchor(found.ref)}"
    return clause_answer(request, found, reader)


def clause_of(version: PlanVersion | None, ref: str) -> Clause:
    """The clause of a version, 404 where there is none."""
    if version is None:
        raise Http404("还没有装入方案")
    return get_object_or_404(version.clauses.all(), ref=ref)


def clause_answer(request: Request, found: Clause, reader: str) -> HttpResponseBase:
    """The clause box for htmx; a plain link leads to the reader. `start` and `end` highlight a range of the source."""
    if not wants_fragment(request):
        return redirect(reader)
    start, end = (_number(request.GET.get(name, "")) for name in ("start", "end"))
    context = {"clause": found, "excerpt": excerpt(found, start, end), "reader": reader}
    return render(request, "plans/clause.html", context)


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None


@require_safe
@needs(Permission.PLAN_VIEW)
def source(request: Request) -> HttpResponse:
    """Office and departments, rarely: the text exactly as it was read, to check the reading against."""
    return source_answer(chosen(request))


def source_answer(version: PlanVersion | None) -> HttpResponse:
    """Download of the source text; 404 without a plan."""
    if version is None:
        raise Http404("还没有装入方案")
    return export_response(f"{version.title}.txt", version.source_text.encode(), "text/plain; charset=utf-8")
