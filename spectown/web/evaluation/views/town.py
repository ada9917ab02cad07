"""One town: score, interval, breakdown as bars, peers, trend, strengths and weaknesses, path."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from spectown.accounts.permissions import Permission
from spectown.core.evaluation.sentences import sentences
from spectown.evaluation.models import Evaluation, Participant, Result, ResultRow
from spectown.evaluation.robust import chances_of
from spectown.evaluation.shown import parts_by_town
from spectown.evaluation.standing import calls_of, first_of, taken
from spectown.web.evaluation.drawn import strip
from spectown.web.evaluation.past import OTHER, years_of
from spectown.web.evaluation.pathshown import path_shown
from spectown.web.evaluation.seen import found_town, is_inside, marked, rows_of, tabs, visible, way
from spectown.web.evaluation.townshown import dimensions_of, extra_of
from spectown.web.http import Request, needs, page


@require_safe
@needs(Permission.EVALUATION_VIEW)
def town(request: Request, key: str, code: str) -> HttpResponse:
    """A county head: how did our town do, why, how sure is that, what would lift it?"""
    found = visible(request, key)
    person, result = found_town(request, found, code)
    rows, everybody = rows_of(result), _shows_others(request, found, result)
    row = next(each for each in rows if each.participant_id == person.pk)
    ranked = [each for each in rows if each.rank is not None]
    own = is_inside(request.actor) or _is_own(person, request)
    first, years = first_of(result), years_of(found, result, person.town_id)
    rules, snapshot = result.snapshot.rules, taken(result.snapshot)
    said = sentences(person.name, parts_by_town(result), rules.scheme, snapshot.meanings)
    context: dict[str, Any] = {
        "evaluation": found,
        "tabs": tabs(request, found, ""),
        "person": person,
        "row": row,
        "towns": len(ranked),
        "strip": strip(row.rank_low, row.rank_high, row.rank, len(ranked)),
        "first": first.rows.filter(participant=person).first() if first else None,
        "peers": _peers(rows, person) if everybody else [],
        "peers_ranked": sum(1 for each in ranked if each.participant.group == person.group),
        "dimensions": dimensions_of(result, person),
        "said": [("长处", "高于", [e for e in said if e.good]), ("短板", "低于", [e for e in said if not e.good])],
        "chances": chances_of(result).get(person.name),
        "extra": extra_of(result, person),
        "calls": [c for c in calls_of(result) if c.town == person.name] if everybody else [],
        "shown": path_shown(result, person) if own else None,
        "own": own,
        "may_object": found.state == "replies"
        and request.actor.may(Permission.EVALUATION_REPLY)
        and Participant.objects.answered_by(request.actor).filter(pk=person.pk).exists(),
        "years": years,
        "other_before": OTHER if any(y["other"] and y["year"] == found.year - 1 for y in years) else "",
        "marked": marked(request, found, result),
    }
    return page(request, "evaluation/town.html", context, title=person.name, crumbs=way(found))


def _shows_others(request: Request, found: Evaluation, result: Result) -> bool:
    """True inside, and for others of what is public; a working result tells a county of its own towns only."""
    return is_inside(request.actor) or (found.edition is not None and found.edition.result_id == result.pk)


def _is_own(person: Participant, request: Request) -> bool:
    return Participant.objects.of(request.actor).filter(pk=person.pk).exists()


def _peers(rows: list[ResultRow], person: Participant) -> list[ResultRow]:
    return [row for row in rows if row.participant.group == person.group]
