"""What the moves of a problem need: sentences of what is lacking, () = it holds."""

from __future__ import annotations

from spectown.organisations.models import Unit
from spectown.supervision.facts import Facts
from spectown.supervision.models import Problem
from spectown.supervision.problemrules import HOLDERS
from spectown.supervision.registry import Condition

TAKING = ("raised", "routed", "accepted", "answered")  # states of a common problem that takes members in


def raiser(facts: Facts) -> tuple[str, ...]:
    """Whoever raised it says whether it is solved."""
    problem: Problem = facts.row
    return () if problem.raiser_id == facts.by.unit_id else (f"这一步由提出单位{problem.raiser or ''}办理。",)


def unit_named(facts: Facts) -> tuple[str, ...]:
    """One unit that can have it, not the one that raised it or has it already."""
    unit, problem, found = facts.values.get("unit"), facts.row, []
    if not isinstance(unit, Unit) or unit.kind not in HOLDERS:
        return ("请指定一个承办单位。",)
    if unit.pk == problem.raiser_id:
        found.append("提出单位不能自己承办,请指定别的单位。")
    if facts.move == "reassign" and unit.pk == problem.holder_id:
        found.append(f"现在就由{unit}承办,请指定别的单位。")
    due = facts.values.get("due_on")
    if due is not None and due <= facts.on:
        found.append("答复期限应晚于今天。")
    return tuple(found)


def answered(facts: Facts) -> tuple[str, ...]:
    """An answer in words."""
    return () if str(facts.values.get("answer") or "").strip() else ("请写明答复。",)


def common_named(facts: Facts) -> tuple[str, ...]:
    """A common problem that is still open; it is not joined to another one itself."""
    common, problem = facts.values.get("common"), facts.row
    if problem.nature == "common":
        return ("共性问题不能再并入别的问题。",)
    if not isinstance(common, Problem) or common.nature != "common" or common.deleted_at or common.state not in TAKING:
        return ("请选择一个还没有解决的共性问题。",)
    return ()


def common_answered(facts: Facts) -> tuple[str, ...]:
    """Before that nobody knows whether the answer helps."""
    common = facts.row.common
    return (
        () if common and common.state in ("answered", "solved") else ("共性问题还没有答复,答复后再看本单位是否解决。",)
    )


CONDITIONS: dict[str, Condition] = {
    "raiser": raiser,
    "unit_named": unit_named,
    "answered": answered,
    "common_named": common_named,
    "common_answered": common_answered,
}
