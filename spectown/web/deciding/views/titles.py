"""Titles (称号): who holds which, until when; one title with its course; what the office notes by hand."""

from __future__ import annotations

import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from spectown.accounts.permissions import Permission
from spectown.core.rounds.titles import Validity, validity
from spectown.lib.refusal import Refused
from spectown.rounds.models import Case, Title
from spectown.rounds.services import titles as service
from spectown.towns.models import LevelRecord
from spectown.web.deciding.seen import history_of
from spectown.web.http import Request, needs, page, paged
from spectown.web.rounds.days import day_of

TONES = {Validity.VALID: "green", Validity.EXPIRING: "yellow", Validity.EXPIRED: "red", Validity.NOT_YET: "blue"}
STATE_TONES = {"valid": "green", "rectification": "yellow", "withdrawn": "red", "expired": "red"}


@require_safe
@needs(Permission.TOWN_VIEW)
def titles(request: Request) -> HttpResponse:
    """Everybody inside, now and then: which titles are in force, which expire soon?"""
    today = timezone.localdate()
    rows = paged(
        request, Title.objects.select_related("town__territory", "case__round", "record").order_by("valid_to", "pk")
    )
    manages = request.actor.may(Permission.TITLE_MANAGE)
    context = {
        "rows": rows,
        "items": [(row, *stands(row, today)) for row in rows],
        "today": today,
        "adoptable": service.adoptable() if manages else [],
    }
    return page(request, "deciding/titles.html", context, title="称号")


def stands(title: Title, today: datetime.date) -> tuple[str, str]:
    """Word and colour: the state, of a title in force how near its end is."""
    if title.state != "valid" or title.valid_to is None:
        return title.get_state_display(), STATE_TONES.get(title.state, "neutral")
    found = validity(title.granted_on, title.valid_to, today)
    return found.label, TONES[found]


@require_safe
@needs(Permission.TOWN_VIEW)
def title(request: Request, pk: int) -> HttpResponse:
    """The same readers: when and by what was it given, until when, how did it fare since?"""
    found = get_object_or_404(Title.objects.select_related("town", "case__round", "certificate", "record"), pk=pk)
    word, tone = stands(found, timezone.localdate())
    cases = Case.objects.visible_to(request.actor).filter(town=found.town_id).exclude(state="withdrawn")
    context = {
        "title_": found,
        "today": timezone.localdate(),
        "word": word,
        "tone": tone,
        "cases": list(cases.select_related("round", "application").order_by("-pk")),
        "moves": service.open_moves(title=found, by=request.actor),
        "events": history_of(found) if request.actor.may(Permission.TITLE_MANAGE) else [],
        "document": found.certificate if request.actor.may(Permission.DOCUMENT_VIEW) else None,
    }
    way = [("称号", reverse("deciding:titles"))]
    return page(request, "deciding/title.html", context, title=f"{found.town.name} {found.number}", crumbs=way)


@require_POST
@needs(Permission.TITLE_MANAGE)
def move(request: Request, pk: int, code: str) -> HttpResponse:
    """The office notes that a title was given up, has expired, or comes back."""
    found, given = get_object_or_404(Title, pk=pk), request.POST
    if code not in service.BY_HAND:
        raise Http404("没有这个动作")
    reason, document = given.get("reason", ""), given.get("document", "")
    try:
        done = service.move(title=found, code=code, by=request.actor, reason=reason, document=document)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{done.number}:{done.get_state_display()}。")
    return redirect("deciding:title", pk=pk)


@require_POST
@needs(Permission.TITLE_MANAGE)
def plaque(request: Request, pk: int) -> HttpResponse:
    """The office notes on which day the plaque was handed over."""
    found = get_object_or_404(Title, pk=pk)
    try:
        on = day_of(request.POST.get("plaque_on", ""))
        service.hand_over_plaque(title=found, on=on, by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"已登记 {found.number} 于 {on} 授牌。")
    return redirect("deciding:title", pk=pk)


@require_POST
@needs(Permission.TITLE_MANAGE)
def adopt(request: Request) -> HttpResponse:
    """The office gives a number to a level that was published before the system kept titles."""
    text = request.POST.get("record", "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    record = get_object_or_404(LevelRecord, pk=number)
    try:
        made = service.adopt(record=record, valid_to=day_of(request.POST.get("valid_to", "")), by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"已补登 {made.town.name} {made.number}。")
    return redirect("deciding:titles")
