"""To which unit a problem is proposed to go, and why: from its kind, its clause and the plan's duties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from spectown.core.supervision.problemkinds import KINDS, ProblemRules


@dataclass(frozen=True, slots=True)
class Task:
    """Who leads the task of a clause and who else has a part in it, by code of the unit, in the plan's order."""

    leads: tuple[str, ...]
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A problem to be routed. `industry`: category of the town; `raiser`, `refused`: units that cannot have it."""

    kind: str
    clause: str = ""
    industry: str = ""
    raiser: str = ""
    refused: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Proposal:
    """`unit`: code, "" where a person has to choose; `candidates`: who could have it, the likeliest first."""

    unit: str
    clause: str
    reason: str
    candidates: tuple[str, ...] = ()


def propose(
    question: Question,
    tasks: Mapping[str, Task],
    names: Mapping[str, str],
    rules: ProblemRules,
    industries: Mapping[str, str],
) -> Proposal:
    """The proposed route. `names`: of units by code; `industries`: labels by category."""
    kind, clause = rules.kinds[question.kind], question.clause or rules.kinds[question.kind].clause
    task = tasks.get(clause, Task(()))
    barred = question.refused | {question.raiser}
    parties = tuple(dict.fromkeys((*task.leads, *task.others)))
    leads, able = ([unit for unit in units if unit not in barred] for units in (task.leads, parties))
    said = _refused(question, names)
    if kind.unit in names and kind.unit not in barred and (kind.unit in able or not parties):
        part = _part(kind.unit, task, clause)
        reason = f"“{KINDS[question.kind]}”问题建议由{names[kind.unit]}承办(建议值),{part}。"
        return Proposal(kind.unit, clause, reason + said, _first(kind.unit, able))
    if len(task.leads) == 1 and leads:
        return Proposal(leads[0], clause, f"方案{clause}由{names[leads[0]]}牵头。{said}", _first(leads[0], able))
    return _of_many(question, clause, leads, able, names, rules, industries)


def _of_many(
    question: Question,
    clause: str,
    leads: list[str],
    able: list[str],
    names: Mapping[str, str],
    rules: ProblemRules,
    industries: Mapping[str, str],
) -> Proposal:
    said, own = _refused(question, names), rules.industries.get(question.industry, "")
    if not leads:
        why = f"方案{clause}没有可以承办的牵头单位" if clause else "没有写明方案条款"
        return Proposal("", clause, f"{why},请指定承办单位。{said}", tuple(able))
    listed = "、".join(names[unit] for unit in leads)
    if own in leads:
        label = industries.get(question.industry, question.industry)
        reason = f"方案{clause}由{listed}牵头;所在专业镇属于{label},建议由{names[own]}承办(建议值)。"
        return Proposal(own, clause, reason + said, _first(own, able))
    if len(leads) == 1:
        return Proposal(leads[0], clause, f"方案{clause}的牵头单位还有{listed}。{said}", _first(leads[0], able))
    return Proposal("", clause, f"方案{clause}由{listed}共同牵头,没有写明分工,请指定一个。{said}", tuple(able))


def _part(unit: str, task: Task, clause: str) -> str:
    if unit in task.leads:
        return f"它是方案{clause}的牵头单位"
    return f"它是方案{clause}的责任单位" if unit in task.others else f"方案{clause}没有写明分工"


def _refused(question: Question, names: Mapping[str, str]) -> str:
    listed = "、".join(names[unit] for unit in sorted(question.refused) if unit in names)
    return f"{listed}已不予受理,不再建议。" if listed else ""


def _first(unit: str, units: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((unit, *units)))
