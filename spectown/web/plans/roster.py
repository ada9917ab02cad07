"""Who sits in the leading group on a day: seats of a version, incumbents of their posts."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from spectown.organisations.models import Incumbency
from spectown.plans.models import Clause, PlanVersion, Seat

OFFICE = re.compile(r"办公室(?:主任|设在|副主任)|下设办公室|副主任由")
SENTENCE = re.compile(r"[^。;\n]+[。;]?")


@dataclass(frozen=True, slots=True)
class SeatRow:
    """One seat with who holds its post on the day, and who held it before (latest first)."""

    seat: Seat
    incumbent: Incumbency | None
    earlier: tuple[Incumbency, ...]

    @property
    def is_changed(self) -> bool:
        """True where somebody else sits there than the plan printed."""
        return self.incumbent is not None and self.incumbent.person != "".join(self.seat.printed_name.split())


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """One sentence of the plan about the office (领导小组办公室), with its place."""

    clause: Clause
    text: str


def seats_on(version: PlanVersion, day: datetime.date) -> list[SeatRow]:
    """All seats in printed order, in two queries."""
    seats = version.seats.select_related("post__unit").prefetch_related("post__incumbencies")
    return [_row(seat, day) for seat in seats]


def _row(seat: Seat, day: datetime.date) -> SeatRow:
    now = seat.post.incumbent_on(day)
    before = [i for i in seat.post.incumbencies.all() if i.valid_to is not None and i.valid_to < day]
    return SeatRow(seat, now, tuple(sorted(before, key=lambda i: (i.valid_to or day, i.pk), reverse=True)))


def roster_clause(version: PlanVersion, rows: Sequence[SeatRow]) -> str:
    """Ref of the clause that prints the roster; empty where it stands in none."""
    if not rows:
        return ""
    found = version.clauses.filter(text__contains=rows[0].seat.printed_post.split()[0])
    names = {row.seat.printed_name for row in rows}
    best = max(found, key=lambda c: sum(name in c.text for name in names), default=None)
    return best.ref if best else ""


def office_lines(version: PlanVersion) -> list[OfficeLine]:
    """Sentences of the plan that say where the office stands and who heads it."""
    return [
        OfficeLine(clause, sentence.strip())
        for clause in version.clauses.filter(text__contains="办公室")
        for sentence in SENTENCE.findall(clause.text)
        if OFFICE.search(sentence)
    ]
