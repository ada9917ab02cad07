"""The decision of one case: written decisions, the office's proposal, the leading group's votes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from spectown.accounts.permissions import Permission
from spectown.lib.refusal import Refused
from spectown.rounds.conditions.decision import undetermined, unjudged
from spectown.rounds.enums import Ballot, Proposal
from spectown.rounds.facts import Facts
from spectown.rounds.members import members_on
from spectown.rounds.models import Case
from spectown.rounds.outcomes import proposal_of
from spectown.rounds.services import deciding
from spectown.rounds.services.moves import open_moves
from spectown.web.deciding.heard import heard
from spectown.web.deciding.seen import crumbs, require_part, typed, visible_case
from spectown.web.http import Request, needs, page
from spectown.web.rounds.shown import moves_shown

ABSENT = "absent"

STUDIED = ("deciding", "proposed")  # of a recheck: while its county has a term nothing is proposed


@require_safe
def case(request: Request, pk: int) -> HttpResponse:
    """Office before the meeting, leading group in it: everything about one town on one page."""
    require_part(request)
    return _page(request, visible_case(request, pk))


def _page(request: Request, found: Case, status: int = 200) -> HttpResponse:
    facts = Facts(found)
    rulings = {row.criterion: row for row in facts.rulings}
    context = {
        "case": found,
        "facts": facts,
        "result": facts.result,
        "outcome": proposal_of(facts) if found.round.kind == "recheck" and found.state in STUDIED else None,
        "undetermined": undetermined(facts.result).items(),
        "unjudged": unjudged(facts.result),
        "priority": [factor.label for factor in facts.result.priority if factor.held],
        "rulings": rulings.values(),
        "heard": heard(facts),
        "appeal_moves": _appeal_moves(request, facts),
        "decisions": list(
            found.decisions.select_related("proposed_by", "decided_by").prefetch_related("votes").order_by("-pk")
        ),
        "choices": [(code, Proposal(code).label) for code in deciding.choices(found)],
        "given": typed(request, "answer", "outcome", "proposal", "reasons", "choice", "meeting")
        | {"rest": request.POST.get("vote-rest", "")},
        **_parts(request, found),
    }
    return page(
        request, "deciding/case.html", context, title=str(found.application), crumbs=crumbs(found.round), status=status
    )


def _appeal_moves(request: Request, facts: Facts) -> list[dict[str, Any]]:
    """To whoever decides an appeal: that it is right, or not."""
    if facts.case.state != "appeal" or not request.actor.may(Permission.CASE_DECIDE):
        return []
    return moves_shown(open_moves(case=facts.case, by=request.actor, facts=facts), "rounds:case_move", facts.case.pk)


def _parts(request: Request, found: Case) -> dict[str, Any]:
    """What the actor can do here now."""
    proposes, decides = (request.actor.may(p) for p in (Permission.CASE_PROPOSE, Permission.CASE_DECIDE))
    deciding_now = decides and found.state == "proposed"
    members = members_on(found.round.version, timezone.localdate()) if deciding_now else []
    return {
        "may_rule": proposes and found.state in ("pending", "deciding"),
        "may_propose": proposes and found.state == "deciding",
        "may_decide": deciding_now,
        "members": [(number, each, request.POST.get(f"vote-{number}", "")) for number, each in enumerate(members)],
        "ballots": Ballot.choices,
    }


def _done(request: Request, found: Case, change: Callable[[], object], said: str) -> HttpResponse:
    """Make the change and go back; a refusal shows the page again with everything that was typed."""
    try:
        change()
    except Refused as refused:
        messages.error(request, str(refused))
        return _page(request, found, status=422)
    messages.success(request, said)
    return redirect("deciding:case", pk=found.pk)


@require_POST
@needs(Permission.CASE_PROPOSE)
def rule(request: Request, pk: int) -> HttpResponse:
    """The office decides in writing about something without a standard."""
    found, given = visible_case(request, pk), request.POST
    asked, outcome = given.get("criterion", ""), given.get("outcome", "")
    answer = given.get("answer", "")

    def change() -> object:
        return deciding.rule(case=found, criterion=asked, outcome=outcome, answer=answer, by=request.actor)

    return _done(request, found, change, "书面决定已记录。")


@require_POST
@needs(Permission.CASE_PROPOSE)
def propose(request: Request, pk: int) -> HttpResponse:
    """The office hands its proposal to the leading group."""
    found, given = visible_case(request, pk), request.POST
    reasons = given.get("reasons", "").splitlines()

    def change() -> object:
        return deciding.propose(case=found, proposal=given.get("proposal", ""), reasons=reasons, by=request.actor)

    return _done(request, found, change, "已报领导小组审定。")


@require_POST
@needs(Permission.CASE_DECIDE)
def decide(request: Request, pk: int) -> HttpResponse:
    """The leading group's decision, by votes or signed off."""
    found, given = visible_case(request, pk), request.POST
    resolution = deciding.Resolution(
        given.get("choice", ""),
        given.get("meeting", ""),
        given.get("reasons", "").splitlines(),
        _votes(request, found),
    )

    def change() -> object:
        return deciding.decide(case=found, resolution=resolution, by=request.actor)

    return _done(request, found, change, "审定已记录。")


def _votes(request: Request, found: Case) -> list[deciding.Cast]:
    """Votes of members, each the own choice or else that of the rest; whoever was absent has none."""
    members, rest = members_on(found.round.version, timezone.localdate()), request.POST.get("vote-rest", "")
    chosen = [(member, request.POST.get(f"vote-{number}", "") or rest) for number, member in enumerate(members)]
    return [deciding.Cast(member.name, member.post, ballot) for member, ballot in chosen if ballot not in ("", ABSENT)]
