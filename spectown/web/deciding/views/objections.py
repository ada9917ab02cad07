"""Objections (异议) as the office handles them."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from spectown.accounts.permissions import Permission
from spectown.core.rounds.lifecycles import OBJECTION
from spectown.lib.refusal import Refused
from spectown.rounds.conditions.publicity import OPEN
from spectown.rounds.models import Objection
from spectown.rounds.services import objections as service
from spectown.web.deciding.seen import history_of, typed
from spectown.web.http import Request, needs, page, paged

TONES = {"raised": "red", "accepted": "yellow", "upheld": "blue", "dismissed": "green"}
ANSWERED = ("uphold", "dismiss")


def _seen() -> list[str]:
    return ["entry__publicity__round", "entry__case__application", "entry__case__unit", "handled_by"]


@require_safe
@needs(Permission.PUBLICITY_MANAGE)
def listing(request: Request) -> HttpResponse:
    """Office, daily during a publicity: which objections wait for us?"""
    rows = Objection.objects.select_related(*_seen())
    waiting = request.GET.get("state", "open") != "all"
    shown = paged(request, rows.filter(state__in=OPEN) if waiting else rows)
    tabs = [
        {"label": "未办结", "url": "?", "active": waiting, "count": rows.filter(state__in=OPEN).count()},
        {"label": "全部", "url": "?state=all", "active": not waiting, "count": rows.count()},
    ]
    context = {"rows": shown, "items": [(row, TONES.get(row.state, "neutral")) for row in shown], "tabs": tabs}
    return page(request, "deciding/objections.html", context, title="异议")


@require_safe
@needs(Permission.PUBLICITY_MANAGE)
def objection(request: Request, pk: int) -> HttpResponse:
    """Office, until it is answered: who says what, with which evidence, what did we do?"""
    return _page(request, get_object_or_404(Objection.objects.select_related(*_seen()), pk=pk))


def _page(request: Request, found: Objection, status: int = 200) -> HttpResponse:
    offered = service.open_moves(objection=found, by=request.actor)
    context = {
        "objection": found,
        "tone": TONES.get(found.state, "neutral"),
        "files": [
            {"name": file.name, "size": file.size, "url": reverse("deciding:evidence", args=[found.pk, file.pk])}
            for file in found.files.all()
        ],
        "moves": [(move, reasons, move.code in ANSWERED) for move, reasons in offered],
        "grounds": service.GROUNDS,
        "given": typed(request, "ground", "reason", "answer"),
        "events": history_of(found),
    }
    way = [("异议", reverse("deciding:objections"))]
    title = f"对{found.entry.case.application}的异议"
    return page(request, "deciding/objection.html", context, title=title, crumbs=way, status=status)


@require_POST
@needs(Permission.PUBLICITY_MANAGE)
def move(request: Request, pk: int, code: str) -> HttpResponse:
    """Accept, reject, uphold, dismiss, note as withdrawn."""
    found = get_object_or_404(Objection.objects.select_related(*_seen()), pk=pk)
    if code not in {each.code for each in OBJECTION.moves}:
        raise Http404("没有这个动作")
    given = request.POST
    ground, reason = given.get("ground", ""), given.get("reason", "").strip()
    if code == "reject":
        reason = f"{ground}:{reason}" if ground in service.GROUNDS and reason else ""
    try:
        service.move(objection=found, code=code, by=request.actor, reason=reason, answer=given.get("answer", ""))
    except Refused as refused:
        messages.error(request, str(refused))
        return _page(request, found, 422)
    messages.success(request, f"已{OBJECTION.move(code).label}。")
    return redirect("deciding:objection", pk=pk)


@require_safe
@needs(Permission.PUBLICITY_MANAGE)
def evidence(request: Request, pk: int, file: int) -> HttpResponseBase:
    """What came with the objection; always as a download, since it came from anybody."""
    stored = get_object_or_404(get_object_or_404(Objection, pk=pk).files, pk=file)
    try:
        content = stored.file.open("rb")
    except FileNotFoundError as lost:
        raise Http404("文件不在存储中") from lost
    return FileResponse(content, as_attachment=True, filename=stored.name, content_type=stored.content_type)
