"""One town: score, interval, breakdown as bars, peers, trend, strengths and weaknesses, path."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.core.evaluation.sentences import sentences
from spectown.evaluation.models import Evaluation, Participant, ResultRow
from spectown.evaluation.shown import parts_by_town
from spectown.evaluation.standing import calls_of, result_row, taken
from spectown.web.evaluation.drawn import strip
from spectown.web.evaluation.seen import is_inside, participants, rows_of, sees_all, shown_result, tabs, visible, way
from spectown.web.evaluation.townshown import dimensions_of, path_shown
from spectown.web.http import Request, needs, page


@require_safe
@needs(Permission.EVALUATION_VIEW)
def town(request: Request, year: int, code: str) -> HttpResponse:
    """A county head: how did our town do, why, how sure is that, what would lift it?"""
    found = visible(request, year)
    person = next((each for each in participants(request, found) if each.town.code == code), None)
    if person is None:
        raise Http404("没有这个专业镇,或者结果还没有公布")
    result = shown_result(found)
    rows = rows_of(result)
    row = next(each for each in rows if each.participant_id == person.pk)
    ranked = [each for each in rows if each.rank is not None]
    own = is_inside(request.actor) or _is_own(person, request)
    first = result_row(found, "first") if result.stage == "final" else None
    context: dict[str, Any] = {
        "evaluation": found,
        "tabs": tabs(request, found, ""),
        "person": person,
        "row": row,
        "towns": len(ranked),
        "strip": strip(row.rank_low, row.rank_high, row.rank, len(ranked)),
        "first": first.rows.filter(participant=person).first() if first else None,
        "peers": _peers(rows, person) if sees_all(request.actor, found) else [],
        "peers_ranked": sum(1 for each in ranked if each.participant.group == person.group),
        "dimensions": dimensions_of(found, result, person),
        "said": sentences(person.name, parts_by_town(result), found.rules.scheme, taken(result.snapshot).meanings),
        "calls": [c for c in calls_of(result) if c.town == person.name] if sees_all(request.actor, found) else [],
        "shown": path_shown(found, result, person) if own else None,
        "own": own,
        "may_object": found.state == "replies"
        and request.actor.may(Permission.EVALUATION_REPLY)
        and Participant.objects.answered_by(request.actor).filter(pk=person.pk).exists(),
        "years": _years(found, person),
    }
    return page(request, "evaluation/town.html", context, title=person.name, crumbs=way(found))


def _is_own(person: Participant, request: Request) -> bool:
    return Participant.objects.of(request.actor).filter(pk=person.pk).exists()


def _peers(rows: list[ResultRow], person: Participant) -> list[ResultRow]:
    return [row for row in rows if row.participant.group == person.group]


def _years(found: Evaluation, person: Participant) -> list[dict[str, Any]]:
    """What earlier published years said of the town, and this one."""
    before = Evaluation.objects.published().filter(year__lt=found.year).order_by("year")
    years = []
    for each in [*before, found]:
        result = result_row(each)
        row = result.rows.filter(participant__town=person.town_id).first() if result else None
        if row:
            years.append({"year": each.year, "row": row})
    return years
