"""What experts do in the demonstration's rounds, and the office with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from spectown.core.rounds.ruleparts import VisitPlan
from spectown.rounds.models import Seat
from spectown.rounds.services import declaring, moves, scoring, seating, visits
from spectown.web.demorounds.world import Play

OWN = "demo-expert"  # the account that visitors use: its own sheets stay theirs to fill
SWINGS = (0, 4, -3, 2, -5, 1, 3, -2)  # an expert does not give the same for every item


def draw(play: Play, key: str) -> None:
    """Drawn by a seed that was announced, then the review begins."""
    case, office = play.case(key), play.people["office"]
    seed = play.data["seed"]
    seating.draw(case=case, seed=play.said(seed["text"]), source=play.said(seed["source"]), by=office)
    if case.rules.rules.visit is VisitPlan.CHOSEN:
        visits.plan(case=case, visit=False, reason=play.said(play.data["visit"]), by=office)
    moves.move(case=play.case(key), code="start_review", by=office)


def recuse(play: Play, key: str) -> None:
    """One declares a conflict of interest; the first reserve follows."""
    seat = next(each for each in play.seats(key) if each.expert.user.username != OWN)
    declaring.recuse(seat=seat, reason=play.data["declared"], by=play.sits(seat))


def scores(play: Play, key: str, totals: list[int]) -> None:
    """So many experts submit their sheets; where not all do, the visitors' own account is left for them."""
    seats = play.seats(key)
    if len(totals) < len(seats):
        seats = [seat for seat in seats if seat.expert.user.username != OWN]
    for seat, total in zip(seats, totals, strict=False):
        _fill(play, seat, total, len(SWINGS))
        scoring.submit(seat=seat, by=play.sits(seat))


def half(play: Play, key: str) -> None:
    """The visitors' own account has declared and begun."""
    seat = next(each for each in play.seats(key) if each.expert.user.username == OWN)
    _fill(play, seat, 80, 3)


def _fill(play: Play, seat: Seat, total: int, items: int) -> None:
    by = play.sits(seat)
    declaring.declare(seat=seat, by=by)
    sheet = list(zip(seat.case.rules.rules.sheet, SWINGS, strict=False))[:items]
    typed = {item.code: _typed(play.data["reasons"], item.code, total + swing) for item, swing in sheet}
    whole = items == len(SWINGS)
    scoring.save(seat=seat, typed=typed, comment=play.data["comment"] if whole else None, by=by)


def _typed(reasons: Mapping[str, str], code: str, points: int) -> scoring.Typed:
    return scoring.Typed(str(min(points, 100)), False, f"{reasons[code]}(演示)")


def end(play: Play, key: str) -> None:
    """Enough sheets were handed in."""
    moves.move(case=play.case(key), code="end_review", by=play.people["office"])


STEPS: Mapping[str, Callable[..., None]] = {"draw": draw, "recuse": recuse, "scores": scores, "half": half, "end": end}
