"""三个一批, and the projects behind each figure of it."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.core.projects.rates import Rate
from spectown.lists.scope import visible
from spectown.projects.lists import PROJECTS
from spectown.projects.models import Project, ProjectYear
from spectown.web.chips import chips_of
from spectown.web.http import Request, needs, page, paged
from spectown.web.projects.batching import Batches, batches_of
from spectown.web.projects.forms import BatchFilter

PLACES = ("territory", "town")
PARTS = {"whole": "分母", "part": "分子", "left": "未计入"}


def _found(request: Request) -> tuple[BatchFilter, Batches, dict[int, Project]]:
    form = BatchFilter(request.GET, actor=request.actor)
    rows = visible(PROJECTS, request.actor).filter(**form.condition())
    projects: list[Project] = list(rows.select_related("territory", "town").order_by("territory__order", "pk"))
    chosen = form.cleaned_data.get("period", "")
    shown = batches_of(projects, chosen, by_town=bool(form.cleaned_data.get("county")))
    return form, shown, {project.pk: project for project in projects}


@require_safe
@needs(Permission.LIST_VIEW)
def batches(request: Request) -> HttpResponse:
    """Office and leaders monthly: how many stand where, how many of the signed have started, of the started produce?"""
    form, shown, _ = _found(request)
    kept = request.GET.copy()
    for name in ("county", "town") if not form.cleaned_data.get("county") else ("town",):
        kept.pop(name, None)
    context = {
        "form": form,
        "chips": chips_of(request, form),
        "shown": shown,
        "query": request.GET.urlencode(),
        "kept": kept.urlencode(),
        "by_town": bool(form.cleaned_data.get("county")),
        "place": "".join(f"{name}={place.pk}&" for name, place in form.condition().items() if name in PLACES),
    }
    return page(request, "projects/batches.html", context, title="三个一批", partial="shown")


@require_safe
@needs(Permission.LIST_VIEW)
def batch_rows(request: Request) -> HttpResponse:
    """Whoever doubts a rate: which projects are in its denominator, numerator, or left out and why."""
    form, shown, projects = _found(request)
    rate = _rate(shown, request.GET.get("rate", ""))
    part = request.GET.get("part", "whole")
    if part not in PARTS:
        raise Http404("没有这一部分")
    reasons = _reasons(rate, part)
    rows = [(projects[key], reason) for key, reason in reasons.items()]
    found = paged(request, rows)
    outputs = ProjectYear.objects.alive().filter(year=shown.year, project__in=[p.pk for p, _ in found])
    by_project = dict(outputs.values_list("project", "output"))
    context = {
        "rate": rate,
        "part": PARTS[part],
        "shown": shown,
        "chips": chips_of(request, form),
        "rows": found,
        "items": [(project, by_project.get(project.pk), reason) for project, reason in found],
    }
    crumbs = [("三个一批", f"{reverse('projects:batches')}?{_without(request)}")]
    return page(request, "projects/rows.html", context, title=f"{rate.label}:{PARTS[part]}", crumbs=crumbs)


def _rate(shown: Batches, code: str) -> Rate:
    for rate in shown.rates:
        if rate.code == code:
            return rate
    raise Http404("没有这个比率")


def _reasons(rate: Rate, part: str) -> dict[int, str]:
    """Projects of the part, with why they were left out."""
    if part == "left":
        return {key: reason for reason, keys in rate.left_out.items() for key in keys}
    return dict.fromkeys(rate.whole if part == "whole" else rate.part, "")


def _without(request: Request) -> str:
    kept = request.GET.copy()
    for name in ("rate", "part", "page"):
        kept.pop(name, None)
    return kept.urlencode()
