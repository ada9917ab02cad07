"""八项功能: which public services does each town have, which are missing?"""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.ledgers.facts import FunctionsOfTown, function_labels, functions_of_towns
from spectown.ledgers.lists.places import PLATFORMS
from spectown.organisations.models import Territory
from spectown.towns.enums import Level
from spectown.towns.models import Town
from spectown.web.http import Request, needs, page

LEVELS = dict(Level.choices)


@require_safe
@needs(Permission.TOWN_VIEW)
def functions(request: Request) -> HttpResponse:
    """The office and the lead units, monthly: towns down, the eight functions across, each number leads to its rows."""
    today, labels = timezone.localdate(), function_labels()
    towns = Town.objects.visible_to(request.actor, today).select_related("territory")
    county = request.GET.get("county", "")
    chosen = list(towns.filter(territory__code=county) if county else towns)
    found = functions_of_towns(request.actor, [town.pk for town in chosen], today)
    rows = [_row(town, found[town.pk]) for town in chosen]
    context = {
        "labels": list(labels.values()),
        "rows": rows,
        "counties": Territory.objects.all(),
        "county": county,
        "totals": [sum(1 for town in found.values() if town.offered[name]) for name in labels],
        "none": sum(1 for town in found.values() if not town.present),
        "platforms": reverse("lists:list", args=[PLATFORMS.slug]),
    }
    return page(request, "ledgers/functions.html", context, title="公共服务八项功能", partial="rows")


def _row(town: Town, found: FunctionsOfTown) -> dict[str, object]:
    """One line: the town, and per function the count with the address of its rows."""
    address = reverse("lists:list", args=[PLATFORMS.slug])
    cells = [
        (count, f"{address}?{urlencode({'town': town.pk, name: '1'})}" if count else "")
        for name, count in found.offered.items()
    ]
    return {"town": town, "level": LEVELS.get(town.level or "", ""), "cells": cells, "present": found.present}
