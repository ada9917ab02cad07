"""One visit: its towns, what was found, what becomes of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from spectown.accounts.permissions import Permission, Role
from spectown.core.supervision.problemkinds import KINDS as PROBLEM_KINDS
from spectown.core.supervision.visits import VERDICTS, VISIT, WAYS
from spectown.supervision.models import Finding, Visit, VisitTown
from spectown.supervision.services import visits as services
from spectown.web.http import Request, attempted, needs, page
from spectown.web.moving import press
from spectown.web.visits.views.listing import TONES

VERDICT_TONES = {"fine": "green", "finding": "red", "absent": "neutral"}


def way(visit: Visit | None = None) -> list[tuple[str, str]]:
    """The way back: to the list, and to the visit where it is given."""
    above = [("检查调研", reverse("visits:list"))]
    return [*above, (str(visit), reverse("visits:visit", args=[visit.pk]))] if visit else above


def visible_visit(request: Request, pk: int) -> Visit:
    """The visit; 404 where the actor may not see it."""
    return get_object_or_404(Visit.objects.visible_to(request.actor).select_related("made_by"), pk=pk)


@require_safe
@needs(Permission.LIST_VIEW)
def visit_page(request: Request, pk: int) -> HttpResponse:
    """The office and leaders always, those visited their own towns: what was found once it is closed."""
    found = visible_visit(request, pk)
    inside = request.actor.role in {Role.OFFICE, Role.LEADER}
    places = VisitTown.objects.of(request.actor).filter(visit=found).select_related("town")
    rows = list(places.prefetch_related("answers__finding__unit", "answers__finding__problem"))
    manages = request.actor.may(Permission.PLAN_MANAGE)
    context = {
        "visit": found,
        "tone": TONES[found.state],
        "places": [_place(row, found, shown=inside or found.state == "done") for row in rows],
        "inside": inside,
        "manages": manages,
        "begun": timezone.localdate() >= found.starts,
        "may_fill": manages and found.state == "planned" and timezone.localdate() >= found.starts,
        "moves": _moves(found, request) if manages else [],
        "ways": WAYS.items(),
        "kinds": PROBLEM_KINDS.items(),
    }
    return page(request, "visits/visit.html", context, title=str(found), crumbs=way())


def _place(row: VisitTown, visit: Visit, *, shown: bool) -> dict[str, Any]:
    answers = {answer.item: answer for answer in row.answers.all()} if shown else {}
    lines = [
        {
            "item": item,
            "answer": answers.get(item["code"]),
            "word": VERDICTS[answers[item["code"]].verdict] if item["code"] in answers else "",
            "tone": VERDICT_TONES[answers[item["code"]].verdict] if item["code"] in answers else "",
            "finding": getattr(answers.get(item["code"]), "finding", None),
        }
        for item in visit.items
    ]
    asked = [item for item in visit.items if item["code"] != "other"]
    done = sum(item["code"] in answers for item in asked)
    return {"row": row, "lines": lines if shown else [], "done": done, "total": len(asked), "shown": shown}


def _moves(found: Visit, request: Request) -> list[dict[str, Any]]:
    return [
        {
            "move": move,
            "label": move.label,
            "refusals": services.refusals(found, move.code, request.actor, asking=True),
            "url": reverse("visits:move", args=[found.pk, move.code]),
        }
        for move in VISIT.moves
        if found.state in move.sources
    ]


@require_POST
@needs(Permission.PLAN_MANAGE)
def move(request: Request, pk: int, code: str) -> HttpResponse:
    """Close or cancel."""
    found = visible_visit(request, pk)
    press(
        request,
        VISIT,
        code,
        lambda reason: services.move(visit=found, code=code, by=request.actor, reason=reason),
        found,
    )
    return redirect("visits:visit", pk=pk)


@require_POST
@needs(Permission.PLAN_MANAGE)
def settle(request: Request, pk: int, finding: int) -> HttpResponse:
    """Pass a finding on to 督办 or 问题台账, or settle it on the spot."""
    found = visible_visit(request, pk)
    row = get_object_or_404(Finding.objects.filter(answer__place__visit=found), pk=finding)
    way, kind = request.POST.get("way", ""), request.POST.get("kind", "") or "other"

    def change() -> str:
        said = request.POST.get("said", "")
        services.settle(finding=row, way=way, said=said, by=request.actor, problem_kind=kind)
        after = ",可在督办建议中拟写督办通知书" if way == "notice" else ""
        return f"已{WAYS[way]}{after}。" if way != "spot" else "已记下。"

    attempted(request, change)
    return redirect(f"{reverse('visits:visit', args=[pk])}#finding-{finding}")
