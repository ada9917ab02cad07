"""One round: its rules, its cases, its moves; exceptions; versions of the rules."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from spectown.accounts.permissions import Permission
from spectown.core.rounds.lifecycles import ROUND
from spectown.core.rounds.words import RoundKind
from spectown.lib.refusal import Refused
from spectown.organisations.models import Unit
from spectown.rounds.enums import CASE_STATES
from spectown.rounds.models import Case, Round
from spectown.rounds.models.case import CaseQuerySet
from spectown.rounds.services import notices, round_moves, rounds
from spectown.rounds.services.cases import ENTERED_IN
from spectown.web.http import Request, needs, page, paged
from spectown.web.rounds.days import day_of
from spectown.web.rounds.rulesshown import facts_of, materials_of, source_of, terms_shown
from spectown.web.rounds.shown import moves_shown, rows_of, with_course
from spectown.web.rounds.views.listing import in_force
from spectown.web.rounds.words import ROUND_TONES


def visible_round(request: Request, pk: int) -> Round:
    """The round with its rules; 404 where the actor may not see it."""
    seen = Round.objects.visible_to(request.actor).select_related("version", "changed_by", "notice")
    return get_object_or_404(seen.prefetch_related("rules_versions__made_by", "rules_versions__published_by"), pk=pk)


def crumbs(round_: Round | None = None) -> list[tuple[str, str]]:
    """The way back."""
    found = [("认定批次", reverse("rounds:list"))]
    return found + ([(round_.name, reverse("rounds:round", args=[round_.pk]))] if round_ else [])


@require_safe
@needs(Permission.APPLICATION_VIEW)
def round_page(request: Request, pk: int) -> HttpResponse:
    """Opened by everybody of the round: the rules in force, where each case stands, what can be done now."""
    found = visible_round(request, pk)
    manages = request.actor.may(Permission.ROUND_MANAGE)
    current = in_force(found)
    cases = Case.objects.visible_to(request.actor).filter(round=found)
    shown = paged(request, with_course(_of_state(request, cases)))
    context = {
        "round": found,
        "tone": ROUND_TONES.get(found.state, "neutral"),
        "current": current,
        "rules": current.rules,
        "facts": facts_of(current.rules),
        "materials": materials_of(current.rules),
        "terms": terms_shown(current.rules),
        "sources": {name: source_of(current.rules, name) for name in ("materials", "sheet", "terms")},
        "moves": _moves(request, found) if manages else [],
        "cases": shown,
        "rows": rows_of(list(shown)),
        "tabs": _tabs(request, cases),
        "versions": sorted(found.rules_versions.all(), key=lambda each: -each.number),
        "late": found.late_entries.select_related("unit", "made_by") if manages else [],
        "units": _units() if manages else [],
        "today": timezone.localdate(),
        "notice_due": manages and notices.due().filter(pk=found.pk).exists(),
        "may_enter": found.kind != RoundKind.RECHECK
        and found.state in ENTERED_IN
        and request.actor.may(Permission.APPLICATION_FILL),
    }
    return page(request, "rounds/round.html", context, title=found.name, crumbs=crumbs(), partial="cases")


def _moves(request: Request, found: Round) -> list[dict[str, object]]:
    """Publishing changed rules is offered where there are any."""
    changed = any(version.published_at is None for version in found.rules_versions.all())
    offered = round_moves.open_moves(round_=found, by=request.actor)
    wanted = [pair for pair in offered if changed or not pair[0].code.startswith("change_")]
    return moves_shown(wanted, "rounds:round_move", found.pk)


def _of_state(request: Request, cases: CaseQuerySet) -> CaseQuerySet:
    state = request.GET.get("state", "")
    return cases.filter(state=state) if state in dict(CASE_STATES) else cases


def _tabs(request: Request, cases: CaseQuerySet) -> list[dict[str, object]]:
    """States that occur, with how many cases."""
    counts = dict(cases.order_by().values_list("state").annotate(Count("pk")))
    asked = request.GET.get("state", "")
    every = {"label": "全部", "url": "?", "active": asked not in counts, "count": sum(counts.values())}
    return [every] + [
        {"label": label, "url": f"?state={state}#cases", "active": asked == state, "count": counts[state]}
        for state, label in CASE_STATES
        if state in counts
    ]


def _units() -> list[Unit]:
    return list(Unit.objects.filter(territory__isnull=False).order_by("order", "name"))


@require_POST
@needs(Permission.ROUND_MANAGE)
def round_move(request: Request, pk: int, code: str) -> HttpResponse:
    """Publish, open, close …: whatever the table of rounds allows."""
    found = visible_round(request, pk)
    if code not in {move.code for move in ROUND.moves}:
        raise Http404("没有这个动作")
    try:
        round_moves.move(round_=found, code=code, by=request.actor, reason=request.POST.get("reason", ""))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"已{ROUND.move(code).label}。")
    return redirect("rounds:round", pk=pk)


@require_POST
@needs(Permission.ROUND_MANAGE)
def allow_late(request: Request, pk: int) -> HttpResponse:
    """The office records that a unit may hand in later, with the reason."""
    found = visible_round(request, pk)
    unit = _unit_by_number(request.POST.get("unit", ""))
    try:
        until = day_of(request.POST.get("until", ""))
        if unit is None or until is None:
            raise Refused("请选择单位和日期。")
        rounds.allow_late(round_=found, unit=unit, until=until, reason=request.POST.get("reason", ""), by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"已登记:{unit} 可以延至 {until} 申报。")
    return redirect(f"{reverse('rounds:round', args=[pk])}#late")


def _unit_by_number(text: str) -> Unit | None:
    known = text.isascii() and text.isdigit() and len(text) < 10
    return Unit.objects.filter(pk=int(text), territory__isnull=False).first() if known else None
