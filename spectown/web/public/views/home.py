"""Front page."""

from __future__ import annotations

from collections import Counter

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from spectown.organisations.models import Territory
from spectown.plans.models import PlanVersion, Target
from spectown.rounds.standing import listed
from spectown.towns.enums import PUBLISHED_LEVELS, Level
from spectown.web.http import Request, page
from spectown.web.plans.quantities import quantity_words
from spectown.web.public.disclosure import published_plan
from spectown.web.public.schematic import schematic


@require_safe
@login_not_required
def home(request: Request) -> HttpResponse:
    """Citizens, enterprises, journalists, once: what is this, which towns are there? Officials go on to the login."""
    today = timezone.localdate()
    version = published_plan()
    towns = list(listed(today).select_related("territory"))
    territories = list(Territory.objects.all())
    held = Counter(town.territory_id for town in towns if town.territory_id)
    context = {
        "version": version,
        "city": version.city if version else "",
        "today": today,
        "towns": towns,
        "levels": [(Level(level), [t for t in towns if t.level == level]) for level in reversed(PUBLISHED_LEVELS)],
        "grid": schematic(territories, held),
        "places": sum(held[t.pk] > 0 for t in territories),
        "territories": len(territories),
        "targets": _targets(version),
        "tasks": version.tasks.count() if version else 0,
        "demo": any(town.is_demo for town in towns),
    }
    return page(request, "public/home.html", context, title=f"{version.city if version else ''}专业镇")


def _targets(version: PlanVersion | None) -> dict[str, tuple[Target, str]]:
    """The dated target of each level (its label) with its words, for the note under the figure."""
    rows = version.targets.select_related("clause").exclude(year=None) if version else ()
    return {target.level: (target, quantity_words(target)) for target in rows}
