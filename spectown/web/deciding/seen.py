"""Which rounds and cases these pages show, and the way back to them."""

from __future__ import annotations

from django.db import models
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from spectown.accounts.permissions import Permission
from spectown.audit.labels import action_label
from spectown.audit.models import Event
from spectown.rounds.models import Case, Round, RulesVersion
from spectown.web.http import Request


def require_part(request: Request) -> None:
    """Only those who propose or decide; NotAllowed names the first."""
    if not request.actor.may(Permission.CASE_DECIDE):
        request.actor.require(Permission.CASE_PROPOSE)


def visible_round(request: Request, pk: int) -> Round:
    """The round; 404 where the actor may not see it."""
    return get_object_or_404(Round.objects.visible_to(request.actor).select_related("version"), pk=pk)


def visible_rules(request: Request, pk: int) -> RulesVersion:
    """The rules of a round that count (rounds.services.rounds.current_rules), with the round, in one query; 404."""
    seen = RulesVersion.objects.filter(round__in=Round.objects.visible_to(request.actor), round=pk)
    found = list(seen.select_related("round"))
    if not found:
        raise Http404("没有这个批次")
    return max(found, key=lambda version: (version.published_at is not None, version.number))


def visible_case(request: Request, pk: int) -> Case:
    """The case with what its decision needs; 404 where the actor may not see it."""
    seen = Case.objects.visible_to(request.actor).select_related(
        "round__version", "rules", "unit__territory", "town", "application__version", "application__unit"
    )
    return get_object_or_404(seen, pk=pk)


def typed(request: Request, *names: str) -> dict[str, str]:
    """What was typed into these fields, to be shown again."""
    return {name: request.POST.get(name, "") for name in names}


def chosen_numbers(request: Request, name: str) -> set[int]:
    """Primary keys that were ticked."""
    return {int(text) for text in request.POST.getlist(name) if text.isascii() and text.isdigit() and len(text) < 10}


def round_crumbs(round_: Round) -> list[tuple[str, str]]:
    """The way back to the round."""
    return [("认定批次", reverse("rounds:list")), (round_.name, reverse("rounds:round", args=[round_.pk]))]


def crumbs(round_: Round) -> list[tuple[str, str]]:
    """The way back to the table; rechecks and recommendations have pages of their own."""
    if round_.kind != "first":
        return round_crumbs(round_)
    return [(f"{round_.name}:决定表", reverse("deciding:table", args=[round_.pk]))]


def history_of(found: models.Model) -> list[dict[str, str]]:
    """The part of the log about one row, newest first."""
    rows = Event.objects.filter(object_type=found._meta.label_lower, object_id=str(found.pk)).order_by("-seq")
    return [
        {
            "at": f"{timezone.localtime(row.at):%Y-%m-%d %H:%M}",
            "what": action_label(row.action),
            "who": f"{row.actor_name} {row.actor_unit}".strip(),
            "detail": row.reason,
        }
        for row in rows
    ]
