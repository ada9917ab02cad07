"""Which places, towns and units an actor may put into a row of a list (lists.scope.admits has the last word)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from spectown.accounts.permissions import Role
from spectown.lists.declaration import Ledger
from spectown.lists.scope import COUNTY, EVERYTHING, own_towns, towns_of, visible
from spectown.organisations.actors import Actor
from spectown.organisations.models import Territory
from spectown.towns.models import Town


def usable(model: type[models.Model], actor: Actor, kept: int | None = None) -> models.QuerySet[Any]:
    """Rows of a small table to choose from, in their order; `kept` is offered in any case."""
    rows = model._default_manager.all()
    if model is Town:
        rows = Town.objects.visible_to(actor, timezone.localdate())
    if model not in (Town, Territory) or actor.role in EVERYTHING:
        return _with(model, rows, kept)
    towns = towns_of(actor).order_by().values("pk")
    within = Q(pk__in=towns) if model is Town else Q(towns__in=towns)
    if actor.role in COUNTY and actor.territory_id:
        within |= Q(territory=actor.territory_id) if model is Town else Q(pk=actor.territory_id)
    return _with(model, rows.filter(within).distinct(), kept)


def offered(ledger: Ledger, name: str, actor: Actor) -> Q | None:
    """Which rows a filter offers for a reference: where the actor's own rows can stand; None = all there are."""
    model: Any = ledger.model._meta.get_field(name).related_model
    among = ledger.by_name[name].column.among
    if among is not None:
        return among
    if model not in (Town, Territory) or actor.role in EVERYTHING:
        return None
    if actor.role == Role.ENTERPRISE:  # it has no place of its own, but few rows
        return Q(pk__in=visible(ledger, actor).filter(**{f"{name}__isnull": False}).order_by().values(name))
    return Q(pk__in=usable(model, actor).order_by().values("pk"))


def _with(model: type[models.Model], rows: models.QuerySet[Any], kept: int | None) -> models.QuerySet[Any]:
    if kept is None:
        return rows
    pks = [*rows.order_by().values_list("pk", flat=True), kept]
    return model._default_manager.filter(pk__in=pks)


def first_place(actor: Actor) -> dict[str, int]:
    """What a new row begins with: the actor's own territory and town, where there is only one."""
    begun = {"territory": actor.territory_id} if actor.territory_id and actor.role not in EVERYTHING else {}
    towns = own_towns(actor) if actor.role == Role.TOWN else []
    if len(towns) == 1:
        begun["town"] = towns[0]
        begun["territory"] = Town.objects.values_list("territory", flat=True).get(pk=towns[0])
    return {name: pk for name, pk in begun.items() if pk}
