"""版本比较: what changed between two versions, and what hangs on it."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.core import plandiff
from spectown.plans.facts import clause_texts
from spectown.plans.models import PlanVersion
from spectown.web.http import Request, needs, page
from spectown.web.plans.carried import Carried, Scene, carried
from spectown.web.plans.changes import change_rows, counted
from spectown.web.plans.versions import all_versions, version_of

TITLE = "版本比较"


@require_safe
@needs(Permission.PLAN_CHECKUP)
def compare(request: Request) -> HttpResponse:
    """Office, when a new plan or an amendment has been loaded: which duties and conditions to look at again?"""
    versions = all_versions()
    if len(versions) < 2:
        return page(request, "plans/compare.html", {"versions": versions, "before": None}, title=TITLE)
    before, after = _pair(request, versions)
    changes = plandiff.compare(clause_texts(before), clause_texts(after))
    rows = change_rows(changes, _carried(request, before), _carried(request, after))
    context = {
        "versions": versions,
        "before": before,
        "after": after,
        "rows": rows,
        "counts": counted(changes),
    }
    return page(request, "plans/compare.html", context, title=TITLE)


def _pair(request: Request, versions: list[PlanVersion]) -> tuple[PlanVersion, PlanVersion]:
    """`?before=&after=`; without them the current version and the newest other one, the one loaded first first."""
    later = next((v for v in versions if v.is_current), versions[0])
    other = next(v for v in versions if v.pk != later.pk)
    earlier, later = sorted((other, later), key=lambda version: version.pk)
    before, after = (request.GET.get(name, "") for name in ("before", "after"))
    return (version_of(before) if before else earlier, version_of(after) if after else later)


def _carried(request: Request, version: PlanVersion) -> dict[str, list[Carried]]:
    return carried(Scene(version, request.actor, timezone.localdate()))
