"""Which sentences of the plan have a measure in a year, and which none (覆盖情况)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from spectown.core.supervision.sentences import sentences
from spectown.plans.models import Clause, Task
from spectown.supervision.models import Measure


@dataclass(frozen=True, slots=True)
class Covered:
    """One sentence with the measures that carry it out; `number` counts from 1 in its clause."""

    number: int
    text: str
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class ClauseCover:
    """One clause; `whole`: measures for all of it, which cover no single sentence."""

    clause: Clause
    sentences: tuple[Covered, ...]
    whole: tuple[Measure, ...]

    @property
    def open(self) -> int:
        """How many sentences have no measure of their own."""
        return sum(1 for each in self.sentences if not each.measures)


def clauses_to_cover() -> list[Clause]:
    """Clauses of the ten tasks and of the working mechanisms beside them, in the plan's order. Two queries."""
    tasks = Task.objects.filter(version__is_current=True).values_list("clause", flat=True)
    found = Clause.objects.filter(version__is_current=True)
    asked = {clause.pk for clause in found.filter(pk__in=tasks)}
    last = max((clause.order for clause in found if clause.pk in asked), default=0)
    after = [c for c in found if c.order > last and c.level == 2 and c.parent_id and "/" not in c.ref]
    return sorted([*(c for c in found if c.pk in asked), *after], key=lambda clause: clause.order)


def sentences_of(ref: str) -> int:
    """How many sentences a clause of the plan in force has."""
    clause = Clause.objects.get(version__is_current=True, ref=ref)
    return len(sentences(clause.text, clause.heading))


def coverage(measures: Sequence[Measure]) -> list[ClauseCover]:
    """Every sentence with its measures (of one year, as the actor sees them)."""
    by_place: dict[tuple[str, int | None], list[Measure]] = defaultdict(list)
    for measure in measures:
        if measure.state != "cancelled":
            by_place[measure.clause, measure.sentence].append(measure)
    return [_cover(clause, by_place) for clause in clauses_to_cover()]


def _cover(clause: Clause, by_place: dict[tuple[str, int | None], list[Measure]]) -> ClauseCover:
    texts = sentences(clause.text, clause.heading)
    found = tuple(
        Covered(number, text, tuple(by_place.get((clause.ref, number), ()))) for number, text in enumerate(texts, 1)
    )
    whole = [
        measure for (ref, number), each in by_place.items() if ref == clause.ref and number is None for measure in each
    ]
    return ClauseCover(clause, found, tuple(whole))
