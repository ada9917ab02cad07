"""目标: targets against the towns of today, and the quantified conditions."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.towns.facts import counts_by_level
from spectown.web.http import Request, needs, page
from spectown.web.plans.attained import attained_targets
from spectown.web.plans.quantities import quantity_words
from spectown.web.plans.versions import chosen, nothing_loaded


@require_safe
@needs(Permission.PLAN_VIEW)
def targets(request: Request) -> HttpResponse:
    """Leaders and office, monthly and before every report: where do we stand, what is to be pushed?"""
    version = chosen(request)
    if version is None:
        return nothing_loaded(request, "目标")
    today = timezone.localdate()
    counts = counts_by_level(today)
    thresholds = version.thresholds.select_related("clause")
    context = {
        "version": version,
        "rows": attained_targets(version, counts, today),
        "counts": counts,
        "today": today,
        "thresholds": [(threshold, quantity_words(threshold)) for threshold in thresholds],
    }
    return page(request, "plans/targets.html", context, title="目标")
