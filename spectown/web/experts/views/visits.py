"""Visits: the office decides whether there is one, experts and office keep what was seen."""

from __future__ import annotations

import re

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from spectown.accounts.permissions import Permission
from spectown.lib.refusal import Refused
from spectown.rounds.models import Case, Seat
from spectown.rounds.services import visits
from spectown.web.experts.forms import NoteForm
from spectown.web.experts.views.panel import panel_page, visible
from spectown.web.experts.views.scoring import own, seat_shown
from spectown.web.http import Request, needs

ANSWERS = {"yes": True, "no": False}


@require_POST
@needs(Permission.CASE_EXAMINE)
def plan(request: Request, pk: int, answer: str) -> HttpResponse:
    """Whether this case is visited, with the reason."""
    case = visible(request, pk)
    if answer not in ANSWERS:
        raise Http404
    try:
        visits.plan(case=case, visit=ANSWERS[answer], reason=request.POST.get("reason", ""), by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "已决定安排实地核查。" if ANSWERS[answer] else "已决定不安排实地核查。")
    return redirect("experts:panel", pk=pk)


@require_POST
@needs(Permission.CASE_EXAMINE)
def case_note(request: Request, pk: int) -> HttpResponse:
    """The office keeps a record of a visit."""
    case = visible(request, pk)
    form = NoteForm(request.POST, request.FILES, items=case.rules.rules.sheet)
    if _kept(request, form, case, None):
        return redirect("experts:panel", pk=pk)
    return panel_page(request, case, note=form)


@require_POST
@needs(Permission.CASE_SCORE)
def note(request: Request, pk: int) -> HttpResponse:
    """An expert keeps photos of a visit."""
    seat = own(request, pk)
    form = NoteForm(request.POST, request.FILES, items=seat.case.rules.rules.sheet)
    if _kept(request, form, seat.case, seat):
        return redirect("experts:seat", pk=pk)
    return seat_shown(request, seat, note=form)


def _kept(request: Request, form: NoteForm, case: Case, seat: Seat | None) -> bool:
    """Keep every file that was chosen; what was refused stands with the form, the others are kept."""
    if not form.is_valid():
        return False
    given, files = form.cleaned_data, request.FILES.getlist("photos")
    signers = tuple(re.split(r"[、,,;;\s]+", given["signers"]))
    seen = visits.Seen(given["text"], given["visited_on"], signers, given["item"])
    for file in files:
        try:
            visits.note(case=case, seen=seen, name=file.name or "", content=file.read(), by=request.actor, seat=seat)
        except Refused as refused:
            form.add_error("photos", str(refused))
        else:
            messages.success(request, f"“{file.name}”已保存。")
    return not form.errors
