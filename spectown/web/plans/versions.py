"""Which version of the plan a page is about: the current one, or the one that `?version=` names."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from spectown.plans.models import PlanVersion
from spectown.web.http import page

WITHOUT_TEXT = ("source_text", "criteria", "documents", "tables")


def all_versions() -> list[PlanVersion]:
    """Every loaded version, newest first, without the long columns."""
    return list(PlanVersion.objects.defer(*WITHOUT_TEXT).order_by("-loaded_at", "-pk"))


def chosen(request: HttpRequest) -> PlanVersion | None:
    """The version asked for; None where no plan is loaded; 404 for a version that does not exist."""
    wanted = request.GET.get("version", "")
    if not wanted:
        return PlanVersion.objects.current()
    return version_of(wanted)


def version_of(number: str) -> PlanVersion:
    """The version of this key, 404 for anything else."""
    found = PlanVersion.objects.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 12 else None
    if found is None:
        raise Http404("没有这一版方案")
    return found


def nothing_loaded(request: HttpRequest, title: str) -> HttpResponse:
    """The page that every plan page becomes while there is no plan."""
    return page(request, "plans/nothing.html", title=title)
