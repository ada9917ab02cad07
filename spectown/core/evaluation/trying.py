"""Two schemes on the same figures (试算): what becomes of each town; never an official result."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from spectown.core.evaluation.boards import Row
from spectown.core.evaluation.snapshot import Snapshot
from spectown.core.evaluation.tabulating import table_of
from spectown.core.evaluation.year import scores_of
from spectown.core.evaluation.yearscheme import YearScheme


@dataclass(frozen=True, slots=True)
class Tried:
    """One town under both schemes; `move`: places gained (below 0: lost), None where it is unranked in one of them."""

    name: str
    before: Row
    after: Row

    @property
    def move(self) -> int | None:
        """Places gained."""
        if self.before.rank is None or self.after.rank is None:
            return None
        return self.before.rank - self.after.rank

    @property
    def regraded(self) -> bool:
        """True where the grade is another one, or it is ranked in one of them only."""
        return self.before.band != self.after.band or (self.before.rank is None) != (self.after.rank is None)


def tried(snapshot: Snapshot, before: YearScheme, after: YearScheme) -> list[Tried]:
    """All towns, the best of the new scheme first. Raises Unusable."""
    old, new = (scores_of(table_of(snapshot, scheme), scheme.scheme) for scheme in (before, after))
    rows = [Tried(name, old[name], new[name]) for name in new]
    last = len(rows) + 1
    return sorted(rows, key=lambda each: (each.after.rank or last, -(each.after.score or Decimal(0)), each.name))
