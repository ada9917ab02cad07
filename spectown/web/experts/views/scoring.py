"""The score sheet: one item a section, made for a phone in one hand; also without scripts nothing typed is lost."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from spectown.accounts.permissions import Permission
from spectown.lib.refusal import Refused
from spectown.rounds.models import Seat
from spectown.rounds.reading import DECLARED_IN, REVIEWED_IN, place_of, refusals, seats_for, town_of
from spectown.rounds.services import scoring
from spectown.rounds.services.scoring import Typed
from spectown.rounds.services.visits import is_ruled_out
from spectown.rounds.sheets import newest_version, outdated
from spectown.web.experts.forms import NoteForm
from spectown.web.experts.shown import differences, material_rows, others, own_total, proofs, sections, told_fields
from spectown.web.http import Request, needs, page, wants_fragment


def own(request: Request, pk: int) -> Seat:
    """The expert's own seat; 404 for any other."""
    return get_object_or_404(seats_for(request.actor), pk=pk)


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_SCORE)
def seat_page(request: Request, pk: int) -> HttpResponse:
    """An expert, reading a case at a desk or standing in a factory: material, points, reasons, photos."""
    seat = own(request, pk)
    if request.method == "POST":
        return _save(request, seat)
    return seat_shown(request, seat)


def _typed(request: Request, seat: Seat) -> dict[str, Typed]:
    post = request.POST
    return {
        item.code: Typed(
            post.get(f"points_{item.code}", ""), f"abstained_{item.code}" in post, post[f"reason_{item.code}"]
        )
        for item in seat.case.rules.rules.sheet
        if f"reason_{item.code}" in post
    }


def _save(request: Request, seat: Seat) -> HttpResponse:
    typed, comment = _typed(request, seat), request.POST.get("comment")
    refused, faults = "", {}
    try:
        faults = scoring.save(seat=seat, typed=typed, comment=comment, by=request.actor)
        if "submit" in request.POST and not faults:
            scoring.submit(seat=own(request, seat.pk), by=request.actor)
    except Refused as refusal:
        refused = str(refusal)
    if wants_fragment(request):
        slots = [(code, faults.get(code, "")) for code in typed]
        context = {"slots": slots, "refused": refused, "now": timezone.localtime()}
        return page(request, "experts/seat.html", context, title=town_of(seat), partial="live")
    if refused or faults:
        return seat_shown(request, own(request, seat.pk), typed=typed, faults=faults, refused=refused, comment=comment)
    messages.success(request, "评分已提交。" if "submit" in request.POST else "已保存。")
    return redirect("experts:seat", pk=seat.pk)


def seat_shown(
    request: Request,
    seat: Seat,
    *,
    typed: dict[str, Typed] | None = None,
    faults: dict[str, str] | None = None,
    refused: str = "",
    note: NoteForm | None = None,
    comment: str | None = None,
) -> HttpResponse:
    """The page; before the declaration nothing but the name of the town and its county."""
    crumbs = [("我的评审", reverse("experts:mine"))]
    context = {"seat": seat, "place": place_of(seat), "reasons": refusals(seat), "refused": refused}
    if seat.declared_at is None:
        context["is_open"] = seat.case.state in DECLARED_IN
        return page(request, "experts/declare.html", context, title=town_of(seat), crumbs=crumbs)
    if not context["reasons"]:
        context |= _content(seat, typed or {}, faults or {}, note)
        context["comment"] = seat.comment if comment is None else comment
    status = 422 if refused or faults or (note is not None and note.errors) else 200
    return page(request, "experts/seat.html", context, title=town_of(seat), crumbs=crumbs, status=status)


def _content(seat: Seat, typed: dict[str, Typed], faults: dict[str, str], note: NoteForm | None) -> dict[str, object]:
    newest, rules = newest_version(seat.case), seat.case.rules.rules
    read = seat.version or newest
    return {
        "sections": sections(seat, read, typed, faults),
        "materials": material_rows(seat, read),
        "proofs": proofs(seat, read),
        "fields": told_fields(seat, read),
        "differences": differences(seat, newest) if outdated(seat, newest) else [],
        "outdated": outdated(seat, newest),
        "is_faulty": bool(faults),
        "newest": newest,
        "total": own_total(seat),
        "others": others(seat),
        "note": note or NoteForm(items=rules.sheet),
        "notes": seat.visit_notes.order_by("pk"),
        "no_visit": is_ruled_out(seat.case),
        "may_note": seat.case.state in REVIEWED_IN and not is_ruled_out(seat.case),
        "is_closed": seat.submitted_at is not None,
    }


@require_POST
@needs(Permission.CASE_SCORE)
def confirm(request: Request, pk: int) -> HttpResponse:
    """The expert has read what is new."""
    try:
        scoring.confirm(seat=own(request, pk), by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "已确认,评分按新版本。")
    return redirect("experts:seat", pk=pk)
