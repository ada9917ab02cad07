"""What the page of a problem shows besides its columns: whose turn it is, light, answers, files, members, course."""

from __future__ import annotations

from typing import Any, cast

from django.urls import reverse
from django.utils import timezone

from spectown.accounts.permissions import Permission
from spectown.core.workflow import Move
from spectown.lists.models import ListRow
from spectown.organisations.actors import Actor
from spectown.supervision.facts import Facts
from spectown.supervision.lists.problems import PROBLEMS
from spectown.supervision.models import Problem, Step, Work
from spectown.supervision.services.moves import open_moves
from spectown.supervision.services.problems import own_enterprise
from spectown.web.http import Request
from spectown.web.lists.entries import Entry, register_entry
from spectown.web.lists.found import row_url
from spectown.web.lists.sections import Section, section
from spectown.web.problems.course import NEXT, Event, event_of, holder_of, stops
from spectown.web.problems.proposed import route_of, units_that_check
from spectown.web.supervision.shown import terms_of

SAID = ("refuse", "reassign", "reopen", "part", "leave")  # whose reason whoever has the problem now must know first
MAIN = ("route", "accept", "answer", "confirm")  # moves that bring a problem on


def buttons(problem: Problem, moves: list[tuple[Move, list[str]]]) -> list[tuple[str, str, bool]]:
    """The reader's own moves: label, address, whether it brings the problem on."""
    return [
        (move.label, reverse("problems:move", args=[problem.pk, move.code]), move.code in MAIN)
        for move, against in moves
        if not against
    ]


@section("problems")
def course(request: Request, row: ListRow) -> Section:
    """Where the problem stands and what the reader can do."""
    problem = cast(Problem, row)
    work = Work.objects.select_related("holder").filter(problem=problem).first()
    facts = Facts(work, request.actor) if work else None
    last = facts.steps[-1] if facts and facts.steps else None
    is_office = request.actor.may(Permission.PLAN_MANAGE)
    context: dict[str, Any] = {
        "problem": problem,
        "work": work,
        "number": PROBLEMS.number(problem.pk),
        "steps": stops(problem),
        "holder": holder_of(problem),
        "since": str(work.since) if work else "",
        "next": NEXT.get(problem.state, ""),
        "route": route_of(problem) if is_office and problem.state == "raised" else None,
        "moves": buttons(problem, open_moves(facts)) if facts else [],
        "said": event_of(last) if last and last.move in SAID else None,
        "is_unheard": problem.state == "routed" and problem.holder_id not in units_that_check(),
        "days": (timezone.localdate() - work.anchored_on).days if work and work.anchored_on else None,
        "common": _common(problem, request.actor),
    }
    return Section("办理情况", "problems/_course.html", context, leads=True)


def _common(problem: Problem, actor: Actor) -> dict[str, Any] | None:
    """What the raiser of a member may know of the common problem, whether they see it or not."""
    found = problem.common
    if found is None:
        return None
    sees = Work.objects.visible_to(actor).filter(problem=found).exists()
    return {
        "problem": found,
        "number": PROBLEMS.number(found.pk),
        "url": row_url(PROBLEMS, found.pk) if sees else "",
    }


@section("problems")
def terms(request: Request, row: ListRow) -> Section | None:
    """Deadline, extensions, pauses, changes of the light, as of any dated work."""
    work = Work.objects.select_related("holder").filter(problem=row.pk).first()
    if work is None or work.started_on is None:
        return None
    return Section("期限", "supervision/_terms.html", terms_of(Facts(work, request.actor)))


@section("problems")
def members(request: Request, row: ListRow) -> Section | None:
    """What a common problem rests on."""
    problem = cast(Problem, row)
    if problem.nature != "common":
        return None
    rows = list(problem.members.alive().select_related("raiser", "enterprise", "town", "territory").order_by("pk"))
    shown = [(each, PROBLEMS.number(each.pk), row_url(PROBLEMS, each.pk)) for each in rows]
    raisers = len({each.enterprise_id or f"u{each.raiser_id}" for each in rows})
    context = {"members": shown, "raisers": raisers}
    return Section(f"并入的问题({len(rows)} 件)", "problems/_members.html", context, covers=("problems",))


@section("problems")
def files(request: Request, row: ListRow) -> Section | None:
    """What proves the problem and its answer."""
    problem = cast(Problem, row)
    rows = list(problem.files.select_related("uploaded_by"))
    shown = [(file, reverse("problems:file", args=[problem.pk, file.pk])) for file in rows]
    return Section("材料", "problems/_files.html", {"files": shown}) if rows else None


@section("problems")
def timeline(request: Request, row: ListRow) -> Section:
    """Every move with its words: earlier answers are kept here."""
    problem = cast(Problem, row)
    steps = Step.objects.filter(work=problem.work_id).select_related("by").order_by("-pk")
    raised = Event(str(problem.raised_on), "提出", str(problem.raiser or ""), problem.get_origin_display())
    events = [event_of(step) for step in steps]
    return Section("办理过程", "problems/_timeline.html", {"events": [*events, raised]})


def _raise(actor: Actor) -> Entry | None:
    if not actor.may(Permission.PROBLEM_RAISE) or (actor.role == "enterprise" and own_enterprise(actor) is None):
        return None
    return ("提出问题", reverse("problems:raise"))


register_entry("problems", _raise)
