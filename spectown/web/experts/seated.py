"""What the office sees of a case's seats: how far each expert is, draws as they were recorded, who may still come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from spectown.core.rounds.experts import conflicts
from spectown.rounds.drawn import name_of, repeats
from spectown.rounds.enums import Chosen
from spectown.rounds.models import Case, CaseVersion, Draw, Expert, Seat
from spectown.rounds.panels import known, pool, ties_of
from spectown.rounds.sheets import outdated


@dataclass(frozen=True, slots=True)
class Row:
    """One seat: the word for how far it is, its tone, how many items are filled."""

    seat: Seat
    word: str
    tone: str
    filled: int
    items: int


def row_of(seat: Seat, newest: CaseVersion | None, items: int) -> Row:
    """How far one expert is; of a prefetched seat without a query."""
    filled = sum(score.points is not None or score.abstained for score in seat.scores.all())
    word, tone = _word(seat, newest)
    return Row(seat, word, tone, filled, items)


def _word(seat: Seat, newest: CaseVersion | None) -> tuple[str, str]:
    if seat.left_at is not None:
        return ("已回避" if seat.conflict else "已退出"), "neutral"
    if outdated(seat, newest) and (seat.submitted_at or seat.declared_at):
        return "待确认新版本", "yellow"
    if seat.submitted_at is not None:
        return "已提交", "green"
    return ("评分中", "blue") if seat.declared_at else ("待声明", "yellow")


@dataclass(frozen=True, slots=True)
class Told:
    """One draw as people read it."""

    draw: Draw
    names: list[str]
    reserves: list[str] = field(default_factory=list)
    excluded: list[tuple[str, str]] = field(default_factory=list)
    repeats: bool | None = None
    source: str = ""


def told(draw: Draw) -> Told:
    """A recorded draw in words; a drawn one is drawn again to see whether it repeats."""
    result = draw.result
    if draw.how != Chosen.DRAWN:
        return Told(draw, [seat.expert.user.name for seat in draw.seats.all()])
    names = [name_of(draw, number) for number in result["drawn"]]
    excluded = [(name_of(draw, number), "".join(reasons)) for number, reasons in result["excluded"].items()]
    return Told(
        draw, names, [name_of(draw, number) for number in result["reserves"]], excluded, repeats(draw), result["source"]
    )


def may_come(case: Case, seats: Sequence[Seat]) -> list[Expert]:
    """Whom the office may choose: in the pool, not seated before, nothing against them."""
    seated, ties = {seat.expert_id for seat in seats}, ties_of(case)
    free = [expert for expert in pool().filter(active=True) if expert.pk not in seated]
    return [expert for expert in free if not conflicts(known(expert, case), ties)]
