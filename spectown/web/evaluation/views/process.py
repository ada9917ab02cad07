"""One evaluation: what is next, who does it, what it stands on."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from spectown.accounts.permissions import PERMISSIONS, Permission
from spectown.core.evaluation.lifecycle import ASIDE, EVALUATION
from spectown.evaluation.models import Evaluation
from spectown.evaluation.papers import lists_of
from spectown.evaluation.remarks import remarks_of
from spectown.evaluation.services import moves
from spectown.evaluation.standing import correction_reason, result_row, undecided, units_to_answer
from spectown.web.evaluation.editions import editions_of, results_of
from spectown.web.evaluation.seen import (
    TONES,
    is_inside,
    participants,
    shown_scheme,
    shown_snapshot,
    tabs,
    visible,
    way,
)
from spectown.web.http import Request, needs, page
from spectown.web.moving import press

BACK = ("unfreeze", "send_back", "correct", "reopen_replies", "reopen_freeze")
SEALED = ("signed", "published", "closed")


@require_safe
@needs(Permission.EVALUATION_VIEW)
def process(request: Request, key: str) -> HttpResponse:
    """What has been done, what is next and who does it; a county finds its own towns here."""
    found = visible(request, key)
    inside, snapshot = is_inside(request.actor), shown_snapshot(request.actor, found)
    final, edition = result_row(found, "final"), found.edition
    sealed = found.package if inside and found.state in SEALED else edition.package if edition else None
    context: dict[str, Any] = {
        "evaluation": found,
        "tone": TONES[found.state],
        "tabs": tabs(request, found, "process"),
        "steps": _steps(found),
        "moves": _moves(found, request),
        "next": _next(found),
        "inside": inside,
        "snapshot": snapshot,
        "people": participants(request, found),
        "scheme": shown_scheme(request, found).rules,
        "waiting": units_to_answer(found) if inside and found.state == "replies" else [],
        "critical": undecided(final) if inside and final and found.state == "final" else [],
        "history": list(found.steps.select_related("made_by")) if inside else [],
        "package": sealed,
        "edition": edition,
        "lists": lists_of(edition.result) if edition else None,
        "editions": editions_of(found) if edition else [],
        "results": results_of(found) if inside else [],
        "why": _why(found, inside),
        "remarks": remarks_of(snapshot) if inside and snapshot else [],
    }
    return page(request, "evaluation/process.html", context, title=found.name, crumbs=way())


def _steps(found: Evaluation) -> list[dict[str, str]]:
    """The states as a line: done, current, to come; with the day on which each was entered last."""
    order = [state for state in EVALUATION.labels if state not in ASIDE or state == found.state]
    days = {step.state: step.made_at.date() for step in found.steps.all()}
    now = order.index(found.state)
    said = [("done", days.get(state)) if n < now else ("current" if n == now else "todo", None)
            for n, state in enumerate(order)]  # fmt: skip
    labels = [EVALUATION.labels[state] for state in order]
    return [
        {"label": label, "state": state, "date": f"{day:%m-%d}" if day else "", "note": ""}
        for label, (state, day) in zip(labels, said, strict=True)
    ]


def _next(found: Evaluation) -> list[dict[str, str]]:
    """What leads on from here, and whose it is."""
    return [
        {
            "label": move.label,
            "who": "、".join(str(r.label) for r, held in PERMISSIONS.items() if move.permission in held),
        }
        for move in EVALUATION.moves
        if found.state in move.sources and (found.state in ASIDE or move.code not in BACK)
    ]


def _why(found: Evaluation, inside: bool) -> str:
    """Why it stands where it stands: the reason of a return or correction, of a round begun anew."""
    if not inside:
        return correction_reason(found) if found.is_corrected else ""
    step = found.steps.filter(move__in=BACK).order_by("-pk").first()
    told = found.is_corrected or found.state in ASIDE or found.round > 1
    return f"{step.label}:{step.reason}" if step and told else ""


def _moves(found: Evaluation, request: Request) -> list[dict[str, Any]]:
    return [
        {
            "move": m,
            "label": m.label,
            "refusals": refusals,
            "url": reverse("evaluation:move", args=[found.key, m.code]),
        }
        for m, refusals in moves.open_moves(evaluation=found, by=request.actor)
    ]


@require_POST
@needs(Permission.EVALUATION_VIEW)
def move(request: Request, key: str, code: str) -> HttpResponse:
    """Make a move of the table."""
    found = visible(request, key)
    press(
        request,
        EVALUATION,
        code,
        lambda reason: moves.move(evaluation=found, code=code, by=request.actor, reason=reason),
        found.name,
    )
    return redirect("evaluation:process", key=key)
