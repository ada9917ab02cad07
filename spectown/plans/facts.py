"""Rows of plans, as the core wants them: for the check-up (方案体检) and for the comparison of versions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from spectown.core.checkup import FigureFact, Party, PlanFacts, TargetFact, TaskFact, TownFact
from spectown.core.plandiff import ClauseText
from spectown.organisations.enums import SeatRole, TerritoryKind, UnitKind
from spectown.organisations.models import Territory, Unit
from spectown.plans.enums import DutyKind
from spectown.plans.models import Duty, PlanVersion, Seat, Task


def party(unit: Unit) -> Party:
    """A unit as the core knows it."""
    return Party(unit.code, unit.name)


def plan_facts(version: PlanVersion, towns: Iterable[TownFact], counts: Mapping[str, int]) -> PlanFacts:
    """Everything for the check-up. `counts`: towns by level label (市级 …, a town counts once at its level)."""
    return PlanFacts(
        seats=tuple(party(s.post.unit) for s in version.seats.select_related("post__unit") if _is_body(s)),
        tasks=tuple(_task(t) for t in tasks_with_duties(version)),
        figures=tuple(
            FigureFact(f.label, f.clause.ref, party(f.supplier) if f.supplier else None)
            for f in version.needed_figures.select_related("clause", "supplier")
        ),
        counties=tuple(Party(t.code, t.name) for t in Territory.objects.filter(kind=TerritoryKind.COUNTY)),
        towns=tuple(towns),
        targets=tuple(
            TargetFact(t.subject, t.clause.ref, t.year, t.low, t.unit, _actual(t.level, counts))
            for t in version.targets.select_related("clause")
        ),
    )


def _is_body(seat: Seat) -> bool:
    """A member unit; the city's own leaders sit for themselves."""
    return seat.role == SeatRole.MEMBER and seat.post.unit.kind != UnitKind.CITY


def tasks_with_duties(version: PlanVersion) -> list[Task]:
    """Tasks of a version with clause, duties, units and members of collectives, in five queries."""
    duties = "duties__unit__members"
    return list(version.tasks.select_related("clause").prefetch_related("duties__unit", duties))


def _task(task: Task) -> TaskFact:
    duties = list(task.duties.all())
    leads = [party(d.unit) for d in duties if d.kind == DutyKind.LEAD]
    others = [p for d in duties if d.kind != DutyKind.LEAD for p in _parties(d)]
    return TaskFact(task.number, task.title, task.clause.ref, tuple(leads), tuple(others))


def _parties(duty: Duty) -> list[Party]:
    """The unit itself, or the members of a collective (各县(区)政府) where they are known."""
    members = [party(unit) for unit in duty.unit.members.all()]
    return members or [party(duty.unit)]


def _actual(level: str, counts: Mapping[str, int]) -> Decimal | None:
    return Decimal(counts[level]) if level in counts else None


def clause_texts(version: PlanVersion) -> list[ClauseText]:
    """Clauses of a version for the comparison."""
    return [
        ClauseText(ref, heading, text) for ref, heading, text in version.clauses.values_list("ref", "heading", "text")
    ]
