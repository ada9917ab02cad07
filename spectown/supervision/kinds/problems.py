"""Problems as a kind of dated work: what their moves need, write and do."""

from __future__ import annotations

import datetime
from typing import Any, cast

from django.db.models import Q

from spectown.core.supervision.problems import PROBLEM
from spectown.lists.services import records
from spectown.organisations.actors import Actor
from spectown.supervision.facts import Facts
from spectown.supervision.kinds.problemneeds import CONDITIONS
from spectown.supervision.lists.problems import PROBLEMS
from spectown.supervision.models import Problem, Step
from spectown.supervision.problemscope import problems_seen
from spectown.supervision.problemtelling import tell_raiser
from spectown.supervision.registry import Kind
from spectown.supervision.waiting import problems_for

GIVEN = frozenset({"unit", "due_on", "helpers"})


def write(facts: Facts, step: Step) -> None:
    """The list says what the move changed; what was asked of the unit before falls away with it."""
    values = _changes(facts, step.move) | {"state": step.state}
    said = f"{step.label}:{step.reason}" if step.reason else step.label
    row: Problem = facts.row
    if step.move in ("route", "reassign"):
        _give(facts)
    elif step.move == "reopen":
        _ask_again(facts, values)
    elif step.move == "join":
        back_to_office(facts, step)
    if step.move in ("reassign", "refuse", "answer", "join", "withdraw"):
        _drop_asked(facts, step)
    facts.work.problem = cast(
        Problem,
        records.step(ledger=PROBLEMS, pk=row.pk, values=values, version=row.version, by=facts.by, reason=said),
    )
    facts.__dict__.pop("row", None)  # written anew
    if "helpers" in facts.values:
        facts.row.helpers.set(facts.values["helpers"])


def _changes(facts: Facts, move: str) -> dict[str, Any]:
    on, given, due = facts.on, facts.values, _rolled(facts, facts.values.get("due_on"))
    emptied = {"holder": None, "routed_on": None, "due_on": None}
    new = {"holder": given.get("unit"), "routed_on": on, "due_on": due}
    unanswered = {"answer": "", "answered_on": None, "solved_on": None}
    changes: dict[str, dict[str, Any]] = {
        "route": new | unanswered,
        "reassign": new | unanswered,
        "refuse": emptied,
        "answer": {"answer": str(given.get("answer", "")).strip(), "answered_on": on},
        "confirm": {"solved_on": on},
        "reopen": {"solved_on": None, "routed_on": on},
        "join": emptied | {"common": given.get("common"), "nature": "individual"},
        "part": {"common": None},
        "leave": {"common": None},
    }
    return changes.get(move, {})


def _rolled(facts: Facts, day: datetime.date | None) -> datetime.date | None:
    """The list says the day on which it is really due."""
    return facts.calendar.roll(day) if day else None


def _give(facts: Facts) -> None:
    work, due = facts.work, facts.values.get("due_on")
    work.holder = facts.values["unit"]
    work.first_deadline = work.deadline = due


def _ask_again(facts: Facts, values: dict[str, Any]) -> None:
    """Who has to answer again gets as many days as there were for the first answer."""
    row, work = facts.row, facts.work
    if work.first_deadline and row.routed_on:
        work.first_deadline = work.deadline = facts.on + (work.first_deadline - row.routed_on)
        values["due_on"] = _rolled(facts, work.deadline)


def _drop_asked(facts: Facts, step: Step) -> None:
    """An extension that waits is of no use any more."""
    asked = facts.work.extensions.filter(state="asked")
    done = {"decided_on": facts.on, "decided_at": step.at, "decided_by": facts.by.person}
    asked.update(state="withdrawn", answer=f"随“{step.label}”一并撤回", **done)


def back_to_office(facts: Facts, _step: Step) -> None:
    """Nobody has it, nothing is due."""
    facts.work.holder = facts.work.first_deadline = facts.work.deadline = None


def sees(actor: Actor) -> Q:
    """As the list, without what was deleted."""
    found = problems_seen(actor, "problem__")
    return Q(pk__in=()) if found is None else found & Q(problem__deleted_at__isnull=True)


PROBLEM_KIND = Kind(
    "problem",
    PROBLEM,
    Problem,
    frozenset({"solved", "joined", "withdrawn"}),
    sees,
    conditions=CONDITIONS,
    effects={"back_to_office": back_to_office, "tell_raiser": tell_raiser},
    fills={"route": GIVEN, "reassign": GIVEN, "answer": frozenset({"answer"}), "join": frozenset({"common"})},
    filled=frozenset({"unit_named", "answered", "common_named"}),
    write=write,
    waits=problems_for,
    given=True,
    dated="due_on",
)
