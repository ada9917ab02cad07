"""The way of a problem in words: states, whose turn it is, what comes next."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from spectown.supervision.models import Problem, Step

OFFICE = "领导小组办公室"
WAY = (("raised", "已提出"), ("routed", "已分办"), ("accepted", "办理中"), ("answered", "已答复"), ("solved", "已解决"))
NEXT = {
    "raised": "分办给承办单位",
    "routed": "受理,或说明理由不予受理",
    "accepted": "办理并答复",
    "answered": "确认是否解决",
}


@dataclass(frozen=True, slots=True)
class Stop:
    """One state in the step bar."""

    label: str
    state: str
    date: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the course."""

    at: str
    what: str
    who: str
    detail: str = ""


def holder_of(problem: Problem) -> str:
    """Whose turn it is; empty where nobody's."""
    mine = str(problem.holder or "")
    turns = {"raised": OFFICE, "routed": mine, "accepted": mine, "answered": str(problem.raiser or OFFICE)}
    return turns.get(problem.state, "")


def stops(problem: Problem) -> list[Stop]:
    """The way of a problem."""
    codes = [code for code, _ in WAY]
    here = codes.index(problem.state) if problem.state in codes else -1
    days = (problem.raised_on, problem.routed_on, None, problem.answered_on, problem.solved_on)
    return [
        Stop(
            label,
            "done" if number < here or problem.state == "solved" else "current" if number == here else "todo",
            str(day or "") if number <= here else "",
        )
        for number, ((_, label), day) in enumerate(zip(WAY, days, strict=True))
    ]


def event_of(step: Step) -> Event:
    """One move in words."""
    at = timezone.localtime(step.at).strftime("%Y-%m-%d %H:%M")
    return Event(at, step.label, f"{step.unit_name} {step.by.name}".strip(), step.reason)
