"""Rules on problems as stored with the plan in force, and the plan's duties as the proposals need them."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from spectown.core.supervision.problemkinds import ProblemRules, read_rules, rules_on
from spectown.core.supervision.routing import Proposal, Question, Task, propose
from spectown.organisations.enums import UnitKind
from spectown.organisations.models import Unit, UnitName
from spectown.plans.enums import DutyKind
from spectown.plans.models import Category, Duty, PlanVersion
from spectown.supervision.models import Problem, Step

HOLDERS = (UnitKind.BUREAU, UnitKind.COUNTY, UnitKind.ZONE)  # who can be given a problem


def known_rules(day: datetime.date) -> ProblemRules | None:
    """The group in force on a day; None where no plan has one."""
    stored = PlanVersion.objects.filter(is_current=True).values_list("supervision", flat=True).first() or {}
    return rules_on(read_rules(stored.get("problems", [])), day)


@dataclass(frozen=True, slots=True)
class Duties:
    """What proposals need of the plan in force: read once, whatever the number of problems."""

    rules: ProblemRules
    tasks: Mapping[str, Task]
    units: Mapping[str, Unit]
    industries: Mapping[str, str]

    def proposal(self, problem: Problem, refused: frozenset[str] = frozenset()) -> Proposal:
        """To whom the problem is proposed to go, and why."""
        names = {code: unit.name for code, unit in self.units.items()}
        question = Question(
            problem.kind,
            problem.clause,
            problem.town.category if problem.town else "",
            problem.raiser.code if problem.raiser else "",
            refused,
        )
        return propose(question, self.tasks, names, self.rules, self.industries)


def duties_on(day: datetime.date) -> Duties | None:
    """Rules, duties and units, four queries; None where no plan has rules."""
    rules = known_rules(day)
    if rules is None:
        return None
    units = {unit.code: unit for unit in Unit.objects.filter(kind__in=HOLDERS).order_by("order", "code")}
    industries = dict(Category.objects.filter(version__is_current=True).values_list("code", "label"))
    return Duties(rules, _tasks(), units, industries)


def refused_by(problems: Iterable[Problem]) -> dict[int, frozenset[str]]:
    """Codes of the units that refused each problem, by its number."""
    by_work = {problem.work_id: problem.pk for problem in problems}
    steps = Step.objects.filter(work__in=list(by_work), move="refuse").values_list("work", "unit_name")
    known = UnitName.objects.filter(name__in={name for _, name in steps})
    codes = dict(known.values_list("name", "unit__code"))
    found: dict[int, set[str]] = defaultdict(set)
    for work, name in steps:
        if name in codes:
            found[by_work[work]].add(codes[name])
    return {pk: frozenset(units) for pk, units in found.items()}


def _tasks() -> dict[str, Task]:
    duties = Duty.objects.filter(task__version__is_current=True, unit__kind__in=HOLDERS)
    parts: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for clause, kind, code in duties.order_by("task__number", "order").values_list(
        "task__clause__ref", "kind", "unit__code"
    ):
        parts[clause][kind].append(code)
    return {
        clause: Task(tuple(found[DutyKind.LEAD]), tuple(found[DutyKind.PARTICIPANT])) for clause, found in parts.items()
    }
