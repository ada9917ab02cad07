"""One case: materials, figures, corrections, moves, versions, history."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from spectown.accounts.permissions import Permission
from spectown.core.rounds.rulediff import differences
from spectown.lib.refusal import Refused
from spectown.rounds.conditions.intake import closes_of
from spectown.rounds.course import table_of
from spectown.rounds.facts import Facts
from spectown.rounds.models import Case, RulesVersion
from spectown.rounds.services import cases, moves
from spectown.rounds.services.examining import EXAMINED_IN
from spectown.rounds.services.notes import writable_kinds
from spectown.rounds.services.printing import code_of
from spectown.web.documents.about import documents_about
from spectown.web.http import Request, needs, page
from spectown.web.rounds.correctionsshown import corrections_of
from spectown.web.rounds.figures import figures_of, version_differences
from spectown.web.rounds.materialsshown import SENT_ONLY, lines_of, meter_of
from spectown.web.rounds.papersshown import papers_of
from spectown.web.rounds.shown import held, history, moves_shown
from spectown.web.rounds.views.rounds import crumbs
from spectown.web.rounds.words import CASE_TONES


def visible_case(request: Request, pk: int) -> Case:
    """The case with what its pages need; 404 where the actor may not see it."""
    seen = Case.objects.visible_to(request.actor).select_related(
        "round", "rules", "unit", "town", "application__version", "application__unit"
    )
    return get_object_or_404(seen, pk=pk)


@require_safe
@needs(Permission.APPLICATION_VIEW)
def case_page(request: Request, pk: int) -> HttpResponse:
    """Opened by county, office and leaders until the end: what is there, what lacks, who has it, what can be done."""
    found = visible_case(request, pk)
    facts = Facts(found)
    facts.steps = list(found.steps.select_related("by", "version").order_by("pk"))
    lines = lines_of(facts, request.actor)
    unsent = request.actor.role in SENT_ONLY and facts.version is None
    offered = moves.open_moves(case=found, by=request.actor, facts=facts)
    newer = _newer(found) if request.actor.may(Permission.ROUND_MANAGE) else None
    context = {
        "case": found,
        "tone": CASE_TONES.get(found.state, "blue"),
        "held": held(found, facts.steps, facts.calendar, facts.on),
        "moves": moves_shown(offered, "rounds:case_move", found.pk),
        "lines": lines,
        "meter": meter_of(lines),
        "filling": any(line.may_put for line in lines),
        "corrections": corrections_of(facts, request.actor),
        "figures": figures_of(facts, request.actor),
        "figures_empty": "县(区)还没有提交" if unsent else "申报书还没有填写",
        "unsent": unsent,
        "versions": _versions(facts),
        "history": history(facts.steps),
        "papers": papers_of(found, request.actor),
        "notes": found.notes.select_related("made_by"),
        "writable": [(kind.value, kind.label) for kind in writable_kinds(found, request.actor)],
        "documents": documents_about(found, request.actor),
        "newer": newer,
        "closes": closes_of(facts),
        "corrections_title": "补正和整改" if found.round.kind == "recheck" else "补正",
        "may_scan": any(request.actor.may(p) for p in (Permission.APPLICATION_FILL, Permission.APPLICATION_CHECK)),
        "rules_changes": [each.sentence for each in differences(facts.rules, newer.rules)] if newer else [],
        "examining": found.state in EXAMINED_IN and request.actor.may(Permission.CASE_EXAMINE),
    }
    return page(request, "rounds/case.html", context, title=str(found.application), crumbs=crumbs(found.round))


def _newer(case: Case) -> RulesVersion | None:
    """The newest published rules of the round, where the case still runs under older ones."""
    found = case.round.rules_versions.filter(published_at__isnull=False, number__gt=case.rules.number)
    return found.order_by("number").last()


def _versions(facts: Facts) -> list[dict[str, object]]:
    """Pinned versions, newest first, each with what differs from the one before."""
    rows = facts.case.versions.select_related("made_by", "print").prefetch_related("scans__uploaded_by")
    every = list(rows.order_by("number"))
    return [
        {
            "version": new,
            "code": code_of(new),
            "print": getattr(new, "print", None),
            "changes": version_differences(facts, old, new) if old else [],
        }
        for old, new in zip([None, *every], every, strict=False)
    ][::-1]


@require_POST
@needs(Permission.APPLICATION_VIEW)
def case_move(request: Request, pk: int, code: str) -> HttpResponse:
    """Hand in, send, examine, accept …: whatever the table of the case allows to the role."""
    found = visible_case(request, pk)
    try:
        chosen = table_of(found).move(code)
    except KeyError as unknown:
        raise Http404("没有这个动作") from unknown
    try:
        moves.move(case=found, code=code, by=request.actor, reason=request.POST.get("reason", ""))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{found.application}:已{chosen.label}。")
    if Case.objects.visible_to(request.actor).filter(pk=pk).exists():
        return redirect("rounds:case", pk=pk)
    return redirect("rounds:round", pk=found.round_id)


@require_POST
@needs(Permission.ROUND_MANAGE)
def case_rules(request: Request, pk: int) -> HttpResponse:
    """The office puts a running case under newer rules, with the reason."""
    found = visible_case(request, pk)
    newer = _newer(found)
    try:
        if newer is None:
            raise Refused("没有更新的已发布规则。")
        cases.move_to_rules(case=found, rules=newer, reason=request.POST.get("reason", ""), by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"已改用第 {newer.number} 版规则。")
    return redirect(f"{reverse('rounds:case', args=[pk])}#versions")
