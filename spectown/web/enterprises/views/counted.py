"""The rows behind a count of a town."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.enterprises.counts import counts_of
from spectown.enterprises.enums import ChainRole
from spectown.enterprises.lists import ENTERPRISES
from spectown.enterprises.models import Enterprise, EnterpriseHonour, TownMembership
from spectown.lists.scope import visible
from spectown.towns.models import Town
from spectown.web.enterprises.chain import shown
from spectown.web.enterprises.figures import FIGURES, Figure
from spectown.web.http import Request, needs, page, paged
from spectown.web.lists.found import row_url
from spectown.web.towns.views.detail import crumbs, visible_town


@dataclass(frozen=True, slots=True)
class Line:
    """One enterprise, its part in this town and the honours that make it count."""

    enterprise: Enterprise
    url: str
    number: str
    role: str
    is_main: bool
    honours: list[EnterpriseHonour]


@require_safe
@needs(Permission.TOWN_VIEW)
def counted(request: Request, code: str, figure: str) -> HttpResponse:
    """Whoever doubts a figure of a town: exactly the enterprises that it counts, today."""
    request.actor.require(Permission.LIST_VIEW)
    town, today = visible_town(request, code), timezone.localdate()
    if figure not in FIGURES:
        raise Http404("没有这个数")
    chosen = FIGURES[figure]
    every = chosen.rows(town.pk, today)
    seen = (every & visible(ENTERPRISES, request.actor)).select_related("territory", "town")
    rows = paged(request, seen.order_by("name", "pk"))
    number = every.count()
    context = {
        "town": town,
        "figure": chosen,
        "number": number,
        "hidden": number - rows.paginator.count,
        "today": today,
        "rows": rows,
        "lines": lines(list(rows), town, chosen, today),
        "tabs": _tabs(town, chosen, today),
    }
    title = f"{town.name}:{chosen.label}"
    return page(request, "enterprises/counted.html", context, title=title, crumbs=crumbs(town), partial="rows")


def lines(rows: Sequence[Enterprise], town: Town, figure: Figure, day: datetime.date) -> list[Line]:
    """These enterprises with their part in the town; two queries."""
    pks = [row.pk for row in rows]
    members = TownMembership.objects.alive().filter(town=town.pk, enterprise__in=pks)
    further = dict(members.values_list("enterprise", "chain_role"))
    held: dict[int, list[EnterpriseHonour]] = defaultdict(list)
    for honour in figure.honours(day).filter(enterprise__in=pks).order_by("-valid_from", "pk"):
        held[honour.enterprise_id].append(honour)
    return [_line(row, town, further, held[row.pk]) for row in rows]


def _line(row: Enterprise, town: Town, further: dict[int, str], honours: list[EnterpriseHonour]) -> Line:
    is_main = row.town_id == town.pk
    role = row.chain_role if is_main else further.get(row.pk, "")
    label = str(ChainRole(role).label) if role else ""
    return Line(row, row_url(ENTERPRISES, row.pk), ENTERPRISES.number(row.pk), label, is_main, honours)


def _tabs(town: Town, chosen: Figure, day: datetime.date) -> list[dict[str, object]]:
    """The figures of the same group, those with nothing behind them left out."""
    codes = [code for code, figure in FIGURES.items() if figure.group == chosen.group]
    found = shown(town, counts_of([town.pk], day)[town.pk], codes)
    return [
        {"label": each.figure.label, "url": each.url, "active": each.figure is chosen, "count": each.number}
        for each in found
        if each.number or each.figure is chosen
    ]
