"""方案体检: what the plan leaves open."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.core.checkup import Kind
from spectown.towns.facts import plan_checkup
from spectown.web.http import Request, needs, page
from spectown.web.plans.versions import chosen, nothing_loaded


@require_safe
@needs(Permission.PLAN_CHECKUP)
def checkup(request: Request) -> HttpResponse:
    """Office and leaders, before a meeting of the group: what is nobody's, and which gap to close first?"""
    version = chosen(request)
    if version is None:
        return nothing_loaded(request, "方案体检")
    today = timezone.localdate()
    findings = plan_checkup(version, today)
    groups = [(kind, [f for f in findings if f.kind == kind]) for kind in Kind]
    refs = set(version.clauses.values_list("ref", flat=True))
    context = {
        "version": version,
        "today": today,
        "groups": [(kind, found) for kind, found in groups if found],
        "clear": [kind.label for kind, found in groups if not found],
        "total": len(findings),
        "refs": refs,
    }
    return page(request, "plans/checkup.html", context, title="方案体检")
