"""What an expert may open of a case, and in which order: core.rounds.experts decides, here are its facts."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from spectown.core.rounds.experts import reading_order, reading_refusals
from spectown.organisations.actors import Actor
from spectown.rounds.models import Seat
from spectown.rounds.panels import case_number, expert_number, known, present, ties_of

REVIEWED_IN = ("expert_review", "site_visit")
DECLARED_IN = ("accepted", *REVIEWED_IN, "deciding")


def seats_for(actor: Actor) -> QuerySet[Seat]:
    """The actor's own seats that were not left, in cases that are under way or decided."""
    rows = Seat.objects.filter(expert__user_id=actor.person, expert__active=True, left_at__isnull=True)
    rows = rows.exclude(case__state="withdrawn")
    return rows.select_related(
        "expert__user", "expert__county", "version", "case__round", "case__rules", "case__unit__territory", "case__town"
    ).select_related("case__application")


def refusals(seat: Seat) -> list[str]:
    """Why the expert may not read the material or score now; empty = may."""
    case = seat.case
    seats = present(case.seats.select_related("expert"))
    panel = [expert_number(each.expert) for each in seats]
    reasons = reading_refusals(known(seat.expert, case, seat), ties_of(case), panel)
    if case.state not in REVIEWED_IN and seat.submitted_at is None:
        reasons.append(f"本件现在是“{case.get_state_display()}”,不在评审环节。")
    return reasons


def in_reading_order(seats: Sequence[Seat]) -> list[Seat]:
    """An expert's seats round by round, within a round in the expert's own stable order."""
    by_case = {case_number(seat.case): seat for seat in seats}
    rounds: dict[int, list[str]] = {}
    for number, seat in sorted(by_case.items(), key=lambda pair: pair[1].case.round_id):
        rounds.setdefault(seat.case.round_id, []).append(number)
    ordered = []
    for numbers in rounds.values():
        first = by_case[numbers[0]]
        seed = first.case.round.seed or str(first.case.round_id)
        ordered += reading_order(seed, expert_number(first.expert), numbers)
    return [by_case[number] for number in ordered]


def place_of(seat: Seat) -> str:
    """County of a case: all that is shown of it beside the name before the declaration."""
    territory = seat.case.unit.territory
    return territory.name if territory else seat.case.unit.name


def town_of(seat: Seat) -> str:
    """Name of the town of a case."""
    town = seat.case.town
    return town.name if town else seat.case.application.town_name or "未命名的专业镇"
