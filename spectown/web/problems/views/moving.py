"""One move of a problem by the one whose turn it is; files."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from spectown.accounts.permissions import Permission
from spectown.core.supervision.problems import PROBLEM
from spectown.core.workflow import Move
from spectown.lib.refusal import Refused
from spectown.supervision.facts import Facts
from spectown.supervision.lists.problems import PROBLEMS
from spectown.supervision.models import Problem, Work
from spectown.supervision.services import moves
from spectown.supervision.services.problems import take_step
from spectown.web.files import kept_file
from spectown.web.http import Request, needs, page
from spectown.web.lists.found import crumbs, row_or_404, row_url
from spectown.web.problems.forms import MoveForm, uploads
from spectown.web.problems.proposed import NO_ROUTE, route_of

DONE = {"route": "已分办", "join": "已并入共性问题", "part": "已移出共性问题"}


@require_http_methods(["GET", "POST"])
@needs(Permission.LIST_VIEW)
def problem_move(request: Request, pk: int, code: str) -> HttpResponse:
    """Office, unit and whoever raised it make their own moves; everybody else is told whose turn it is."""
    move = _move(code)
    request.actor.require(Permission(move.permission))
    problem, work = found(request, pk)
    against = moves.refusals(Facts(work, request.actor), code, asking=True)
    if against:
        messages.error(request, "".join(against))
        return redirect(row_url(PROBLEMS, pk))
    route = route_of(problem) if code in ("route", "reassign") else NO_ROUTE
    data, seen = request.POST if request.method == "POST" else None, moves.last_step(work)
    form = MoveForm(data, problem=problem, move=move, actor=request.actor, seen=seen, route=route)
    if request.method == "POST" and form.is_valid() and _made(request, problem, move, form):
        return redirect(row_url(PROBLEMS, pk) if work_is_seen(request, pk) else "workbench:home")
    context = {"problem": problem, "number": PROBLEMS.number(pk), "form": form, "route": route, "move": move}
    status = 422 if form.errors else 200
    title, way = move.label, crumbs(PROBLEMS, problem)
    return page(
        request,
        "problems/move.html",
        {**context, "back": row_url(PROBLEMS, pk)},
        title=title,
        crumbs=way,
        status=status,
    )


def work_is_seen(request: Request, pk: int) -> bool:
    """False where the move took the problem out of the actor's reach: refused, it is the office's again."""
    return Work.objects.visible_to(request.actor).filter(problem=pk).exists()


def found(request: Request, pk: int) -> tuple[Problem, Work]:
    """The problem with its work; 404 where it is not the actor's."""
    problem = cast(Problem, row_or_404(PROBLEMS, request.actor, pk))
    work = Work.objects.select_related("holder").filter(problem=problem).first()
    if work is None:
        raise Http404("这件问题还没有办理记录")
    return problem, work


def _move(code: str) -> Move:
    try:
        return PROBLEM.move(code)
    except KeyError:
        raise Http404("没有这一步") from None


def _rolled(problem: Problem, form: MoveForm) -> str:
    """A date that was asked for and is a day off: what became of it."""
    asked = form.values.get("due_on")
    due = Problem.objects.values_list("due_on", flat=True).get(pk=problem.pk) if asked else None
    return f"答复期限 {asked} 是休息日,顺延到 {due}。" if due and due != asked else ""


def _made(request: Request, problem: Problem, move: Move, form: MoveForm) -> bool:
    data = form.cleaned_data
    said = {"reason": data.get("reason", ""), "values": form.values, "seen": data["seen"]}
    try:
        take_step(problem=problem, code=move.code, by=request.actor, files=uploads(request.FILES), **said)
    except Refused as refused:
        form.add_error(None, str(refused))
    except ValidationError as fault:
        form.add_error(None, " ".join(fault.messages))
    else:
        messages.success(
            request, f"“{problem}”:{DONE.get(move.code, f'已办理“{move.label}”')}。{_rolled(problem, form)}"
        )
        return True
    return False


@require_safe
@needs(Permission.LIST_VIEW)
def problem_file(request: Request, pk: int, file: int) -> HttpResponseBase:
    """Whoever sees the problem sees its material; images and PDF open in the browser."""
    problem, _ = found(request, pk)
    stored = get_object_or_404(problem.files, pk=file)
    return kept_file(stored)
