"""The matrix of duties (责任矩阵): units × tasks, from the plan's own marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from spectown.organisations.loading import tidy
from spectown.organisations.models import Unit
from spectown.plans.enums import DutyKind
from spectown.plans.facts import tasks_with_duties
from spectown.plans.models import Duty, PlanVersion, Task

SYMBOLS = {DutyKind.LEAD: "●", DutyKind.PARTICIPANT: "○", DutyKind.COLLECTIVE: "△"}


@dataclass(frozen=True, slots=True)
class Mark:
    """One unit's part in one task: shape and word."""

    kind: DutyKind

    @property
    def symbol(self) -> str:
        """Shape."""
        return SYMBOLS[self.kind]

    @property
    def word(self) -> str:
        """牵头, 配合, 按职责分工."""
        return str(self.kind.label)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of each kind."""

    lead: int = 0
    participant: int = 0
    collective: int = 0

    @property
    def total(self) -> int:
        """All together."""
        return self.lead + self.participant + self.collective


@dataclass(frozen=True, slots=True)
class Row:
    """One unit: a mark per task (None: no part). `printed`: the plan's wording where it differs from today's name."""

    unit: Unit
    printed: str
    members: tuple[Unit, ...]
    marks: tuple[Mark | None, ...]
    tally: Tally


@dataclass(frozen=True, slots=True)
class Column:
    """One task; `short` is its title without what all titles share."""

    task: Task
    short: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows in the order of units, collectives last."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @property
    def units(self) -> list[Unit]:
        """Every unit that has a part, members of collectives included, in order."""
        found = {u.pk: u for row in self.rows for u in (row.unit, *row.members)}
        return sorted(found.values(), key=lambda u: (u.order, u.pk))

    def rows_of(self, unit: Unit) -> tuple[Row, ...]:
        """The unit's own row, and those of the collectives it belongs to."""
        return tuple(r for r in self.rows if r.unit == unit or unit in r.members)

    def only(self, unit: Unit) -> Matrix:
        """The same tasks, rows of one unit; the totals of the tasks count these rows only."""
        rows = self.rows_of(unit)
        columns = tuple(
            Column(c.task, c.short, _tally(m.kind for r in rows if (m := r.marks[i])))
            for i, c in enumerate(self.columns)
        )
        return Matrix(columns, rows)


def matrix_of(version: PlanVersion) -> Matrix:
    """The whole matrix of a version, in four queries."""
    tasks = tasks_with_duties(version)
    duties = [duty for task in tasks for duty in task.duties.all()]
    columns = [
        Column(task, short, _tally(DutyKind(d.kind) for d in task.duties.all()))
        for task, short in zip(tasks, _short([t.title for t in tasks]), strict=True)
    ]
    units = {d.unit_id: d.unit for d in duties}
    rows = [_row(unit, tasks, [d for d in duties if d.unit_id == unit.pk]) for unit in units.values()]
    rows.sort(key=lambda r: (bool(r.tally.collective), r.unit.order, r.unit.pk))
    return Matrix(tuple(columns), tuple(rows))


def _row(unit: Unit, tasks: Iterable[Task], duties: list[Duty]) -> Row:
    by_task = {d.task_id: Mark(DutyKind(d.kind)) for d in duties}
    marks = tuple(by_task.get(task.pk) for task in tasks)
    printed = dict.fromkeys(d.printed_name for d in duties if tidy(d.printed_name) != tidy(unit.name))
    return Row(unit, "、".join(printed), tuple(unit.members.all()), marks, _tally(m.kind for m in marks if m))


def _tally(kinds: Iterable[DutyKind]) -> Tally:
    counted = Counter(kinds)
    return Tally(counted[DutyKind.LEAD], counted[DutyKind.PARTICIPANT], counted[DutyKind.COLLECTIVE])


def _short(titles: list[str]) -> list[str]:
    """Titles without the words with which all of them begin and end (实施专业镇…行动)."""
    if len(titles) < 2:
        return titles
    head = _shared(titles)
    tail = _shared([t[:head:-1] for t in titles])
    cut = [t[head : len(t) - tail] for t in titles]
    return cut if all(len(t) > 1 for t in cut) else titles


def _shared(words: list[str]) -> int:
    """Number of characters with which all words begin."""
    same = [len(set(letters)) == 1 for letters in zip(*words, strict=False)]
    return same.index(False) if False in same else len(same)
