"""One town."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.audit.labels import action_label
from spectown.audit.models import Event
from spectown.certification.models import Application
from spectown.towns.enums import Level
from spectown.towns.models import Town
from spectown.web.applications import application_url
from spectown.web.documents.about import documents_about
from spectown.web.enterprises.chain import chain_of
from spectown.web.http import Request, needs, page
from spectown.web.lists.elsewhere import town_lists
from spectown.web.towns.filters import category_names
from spectown.web.towns.tabs import town_tabs

SHOWN = 30  # events on the page; all of them stand in the log


def visible_town(request: Request, code: str) -> Town:
    """The town of this code, 404 where the actor may not see it."""
    rows = Town.objects.visible_to(request.actor, timezone.localdate())
    return get_object_or_404(rows.select_related("territory", "responsible_unit", "operator"), code=code)


def crumbs(town: Town | None = None) -> list[tuple[str, str]]:
    """The way back."""
    found = [("专业镇", reverse("towns:list"))]
    return [*found, (town.name, reverse("towns:town", args=[town.code]))] if town else found


@require_safe
@needs(Permission.TOWN_VIEW)
def town(request: Request, code: str) -> HttpResponse:
    """Facts, level history, names, applications, and what was changed when."""
    found = visible_town(request, code)
    applications = Application.objects.visible_to(request.actor).filter(town=found).select_related("unit")
    context = {
        "town": found,
        "tabs": town_tabs(found, request.actor, "info"),
        "level": dict(Level.choices).get(found.level or "", ""),
        "category": category_names().get(found.category, ""),
        "lists": town_lists(found, request.actor),
        "chain": chain_of(found, request.actor, timezone.localdate()),
        "levels": found.levels.order_by("-valid_from", "-pk"),
        "titles": found.titles.select_related("record"),
        "aliases": found.aliases.all(),
        "applications": [(a, application_url(a)) for a in applications],
        "documents": documents_about(found, request.actor),
        "events": _events(request, found),
        "today": timezone.localdate().isoformat(),
        "log": f"{reverse('system:audit')}?object_type=towns.town&object={found.pk}",
    }
    return page(request, "towns/town.html", context, title=found.name, crumbs=crumbs())


def _events(request: Request, found: Town) -> list[dict[str, str]]:
    """The town's part of the log, for those who may read it."""
    if not request.actor.may(Permission.AUDIT_VIEW):
        return []
    rows = Event.objects.filter(object_type="towns.town", object_id=str(found.pk)).order_by("-seq")[:SHOWN]
    return [
        {
            "at": f"{timezone.localtime(row.at):%Y-%m-%d %H:%M}",
            "what": action_label(row.action),
            "who": row.actor_name,
            "detail": row.reason,
        }
        for row in rows
    ]
