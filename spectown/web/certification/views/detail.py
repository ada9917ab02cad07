"""One application: its result, what is missing, who has the ball."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.certification.counted import counted_of
from spectown.certification.enums import State
from spectown.certification.facts import criteria_of, result_day, result_of
from spectown.certification.models import Application
from spectown.certification.workflow import EDITABLE
from spectown.core.certification.outcomes import Path
from spectown.core.certification.result import CheckResult
from spectown.web.certification import shown
from spectown.web.certification.compared import compared
from spectown.web.documents.about import documents_about
from spectown.web.http import Request, needs, page


def visible(request: Request, pk: int) -> Application:
    """The application with all its answers; 404 where the actor may not see it."""
    return get_object_or_404(Application.objects.visible_to(request.actor).with_material(), pk=pk)


def may_fill(request: Request, application: Application) -> bool:
    """True where the actor may change the answers now."""
    return request.actor.may(Permission.APPLICATION_FILL) and application.state in EDITABLE


def crumbs(application: Application | None = None) -> list[tuple[str, str]]:
    """The way back."""
    found = [("预审", reverse("certification:list"))]
    if application is not None:
        found.append((str(application), reverse("certification:application", args=[application.pk])))
    return found


@require_safe
@needs(Permission.APPLICATION_VIEW)
def application(request: Request, pk: int) -> HttpResponse:
    """Opened by the county until it is sent and by the office to judge: does it qualify, and what is missing?"""
    found = visible(request, pk)
    today = timezone.localdate()
    counted = counted_of([found], today)[found.pk]
    result = result_of(found, today, counted)
    filling = may_fill(request, found)
    path = _chosen(request, result)
    ours, awaited = shown.gaps(found, result, filling)
    context = {
        "application": found,
        "tone": shown.TONES[State(found.state)],
        "category": criteria_of(found.version).category(found.category).label if found.category else "",
        "result": result,
        "day": result_day(found, today),
        "paths": [
            (each, [(outcome, count) for outcome, count in each.counts.items() if count])
            for each in result.paths.values()
        ],
        "path": result.paths[path],
        "tabs": _tabs(result, path),
        "nearest": result.paths[result.nearest].rule.label,
        "ours": ours,
        "awaited": awaited,
        "verdicts": shown.verdicts(found, result.paths[path], request.actor),
        "steps": shown.steps(found, result),
        "ball": shown.ball(found, result),
        "moves": shown.moves(found, request.actor),
        "history": shown.history(found),
        "documents": documents_about(found, request.actor),
        "may_fill": filling,
        "compared": compared(found, counted),
        "counted": counted,
    }
    return page(request, "certification/application.html", context, title=str(found), crumbs=crumbs())


def _chosen(request: Request, result: CheckResult) -> Path:
    """The path to show in detail: the one asked for, else the nearest."""
    asked = request.GET.get("path", "")
    return next((path for path in result.paths if path.value == asked), result.nearest)


def _tabs(result: CheckResult, path: Path) -> list[dict[str, object]]:
    return [
        {
            "label": f"{each.rule.label}:{each.overall.label}",
            "url": f"?path={code.value}#verdicts",
            "active": code is path,
            "count": None,
        }
        for code, each in result.paths.items()
    ]
