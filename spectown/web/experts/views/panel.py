"""The panel of a case: the office draws or chooses, sees how far everybody is, replaces, gives sheets back."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from spectown.accounts.permissions import Permission
from spectown.core.rounds.ruleparts import VisitPlan
from spectown.lib.refusal import Refused
from spectown.rounds.models import Case, Seat
from spectown.rounds.panels import seats_of
from spectown.rounds.reading import REVIEWED_IN
from spectown.rounds.services import scoring, seating
from spectown.rounds.services.visits import BEFORE_VISIT, is_ruled_out
from spectown.rounds.sheets import newest_version
from spectown.web.experts.forms import DrawForm, NoteForm, PickForm
from spectown.web.experts.seated import may_come, row_of, told
from spectown.web.http import Request, needs, page

RELATED = ("round", "rules", "application__unit__territory", "unit__territory", "town__territory")
MORE = ("town__responsible_unit__territory", "town__operator__territory")


def visible(request: Request, pk: int) -> Case:
    """A case that the office may see; 404 otherwise."""
    return get_object_or_404(Case.objects.visible_to(request.actor).select_related(*RELATED, *MORE), pk=pk)


@require_safe
@needs(Permission.CASE_EXAMINE)
def panel(request: Request, pk: int) -> HttpResponse:
    """The office, before and during the review of a case."""
    return panel_page(request, visible(request, pk))


def panel_page(
    request: Request,
    case: Case,
    *,
    draw: DrawForm | None = None,
    pick: PickForm | None = None,
    note: NoteForm | None = None,
) -> HttpResponse:
    """The page, with a form that was refused as it was typed."""
    seats = list(seats_of(case))
    missing = seating.missing_on(case, seats)
    candidates = may_come(case, seats) if missing else []
    context = {
        **_shown(case, seats),
        "missing": missing,
        "candidates": candidates,
        "draw": draw or DrawForm(),
        "pick": pick or PickForm(may=candidates),
        "note": note or NoteForm(items=case.rules.rules.sheet),
    }
    faulty = any(form is not None and form.errors for form in (draw, pick, note))
    above = (case.round.name, reverse("experts:progress", args=[case.round_id]))
    crumbs = [("评审进度", reverse("experts:rounds")), above]
    title = f"{case.town or case.application.town_name or '未命名的专业镇'}的评审专家"
    return page(request, "experts/panel.html", context, title=title, crumbs=crumbs, status=422 if faulty else 200)


def _shown(case: Case, seats: list[Seat]) -> dict[str, object]:
    rules, newest = case.rules.rules, newest_version(case)
    draws = case.draws.select_related("made_by").prefetch_related("seats__expert__user")
    return {
        "case": case,
        "rows": [row_of(seat, newest, len(rules.sheet)) for seat in seats],
        "draws": [told(each) for each in draws],
        "size": rules.panel.size if rules.panel else 0,
        "notes": case.visit_notes.order_by("pk"),
        "may_plan_visit": rules.visit is VisitPlan.CHOSEN and case.state in BEFORE_VISIT,
        "visit_rule": rules.visit,
        "is_review": case.state in REVIEWED_IN,
        "no_visit": is_ruled_out(case),
        "may_note": case.state in REVIEWED_IN and not is_ruled_out(case),
    }


@require_POST
@needs(Permission.CASE_EXAMINE)
def draw(request: Request, pk: int) -> HttpResponse:
    """Draw whoever is missing."""
    case, form = visible(request, pk), DrawForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            made = seating.draw(case=case, seed=given["seed"], source=given["source"], by=request.actor)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"已抽取 {len(made.result['drawn'])} 名专家。")
            return redirect("experts:panel", pk=pk)
    return panel_page(request, case, draw=form)


@require_POST
@needs(Permission.CASE_EXAMINE)
def pick(request: Request, pk: int) -> HttpResponse:
    """Choose experts, with the reason."""
    case = visible(request, pk)
    form = PickForm(request.POST, may=may_come(case, list(seats_of(case))))
    if form.is_valid():
        try:
            seating.pick(
                case=case,
                experts=list(form.cleaned_data["experts"]),
                reason=form.cleaned_data["reason"],
                by=request.actor,
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已选定。")
            return redirect("experts:panel", pk=pk)
    return panel_page(request, case, pick=form)


@require_POST
@needs(Permission.CASE_EXAMINE)
def release(request: Request, pk: int, seat: int) -> HttpResponse:
    """Let an expert leave the case; a reserve follows."""
    return _seat_done(request, pk, seat, seating.release, "已退出,有候补的已经递补。")


@require_POST
@needs(Permission.CASE_EXAMINE)
def reopen(request: Request, pk: int, seat: int) -> HttpResponse:
    """Give a submitted sheet back to its expert."""
    return _seat_done(request, pk, seat, scoring.reopen, "的评分已退回,可以修改后再提交。")


def _seat_done(request: Request, pk: int, seat: int, act: Callable[..., Seat], said: str) -> HttpResponse:
    found = get_object_or_404(seats_of(visible(request, pk)).select_related("case"), pk=seat)
    try:
        act(seat=found, reason=request.POST.get("reason", ""), by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{found.expert.user.name}{said}")
    return redirect("experts:panel", pk=pk)
