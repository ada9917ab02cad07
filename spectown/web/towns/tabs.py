"""The pages of one town, side by side: its facts and its monitoring."""

from __future__ import annotations

from django.urls import reverse

from spectown.accounts.permissions import Permission
from spectown.monitoring.seeing import sees_all, towns_of
from spectown.organisations.actors import Actor
from spectown.towns.models import Town

Tab = dict[str, str | bool | None]


def town_tabs(town: Town, actor: Actor, active: str) -> list[Tab]:
    """What the actor may open of a town; nothing where that is one page only."""
    pages = [("info", "基本情况", "towns:town", actor.may(Permission.TOWN_VIEW))]
    pages.append(("monitoring", "监测", "monitoring:town", sees_figures(town, actor)))
    open_ = [page for page in pages if page[3]]
    found: list[Tab] = [
        {"label": label, "url": reverse(name, args=[town.code]), "active": code == active, "count": None}
        for code, label, name, _ in open_
    ]
    return found if len(found) > 1 else []


def sees_figures(town: Town, actor: Actor) -> bool:
    """True where the actor sees the values of a town."""
    if not actor.may(Permission.SHEET_VIEW) or sees_all(actor):
        return actor.may(Permission.SHEET_VIEW)
    return actor.unit_id is not None and Town.objects.filter(towns_of(actor), pk=town.pk).exists()
