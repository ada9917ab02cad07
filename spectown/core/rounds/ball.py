"""Who has the ball (在谁手里), since when, until when: from the history of states, nothing stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from spectown.core.workdays import Calendar, Clock, Pause, clock


class Holder(StrEnum):
    """Who has to act."""

    COUNTY_FILL = "county_fill"
    COUNTY_CHECK = "county_check"
    OFFICE = "office"
    EXPERT = "expert"
    LEADER = "leader"
    PUBLIC = "public"
    PROVINCE = "province"
    NOBODY = "nobody"

    @property
    def label(self) -> str:
        """Chinese label for the screen."""
        return _LABELS[self]


_LABELS = {
    Holder.COUNTY_FILL: "县(区)填报人",
    Holder.COUNTY_CHECK: "县(区)审核人",
    Holder.OFFICE: "领导小组办公室",
    Holder.EXPERT: "评审专家",
    Holder.LEADER: "领导小组",
    Holder.PUBLIC: "社会公众",
    Holder.PROVINCE: "省级部门",
    Holder.NOBODY: "已办结",
}


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn a state is; `term`: name of the term that runs; `stands`: name of the one that is paused."""

    holder: Holder
    term: str = ""
    stands: str = ""


TURNS: Mapping[str, Turn] = {
    "draft": Turn(Holder.COUNTY_FILL),
    "returned": Turn(Holder.COUNTY_FILL),
    "county_check": Turn(Holder.COUNTY_CHECK, "county_check"),
    "submitted": Turn(Holder.OFFICE, "examination"),
    "formal_check": Turn(Holder.OFFICE, "examination"),
    "correction": Turn(Holder.COUNTY_FILL, "correction", "examination"),
    "correction_check": Turn(Holder.COUNTY_CHECK, "correction", "examination"),
    "accepted": Turn(Holder.OFFICE, "arrangement"),
    "expert_review": Turn(Holder.EXPERT, "review"),
    "site_visit": Turn(Holder.OFFICE, "visit"),
    "second_phase": Turn(Holder.OFFICE, "second_phase"),
    "deciding": Turn(Holder.OFFICE, "proposal"),
    "pending": Turn(Holder.OFFICE, "pending"),
    "proposed": Turn(Holder.LEADER, "decision"),
    "approved": Turn(Holder.OFFICE, "arrangement"),
    "publicity": Turn(Holder.PUBLIC, "publicity"),
    "recommended": Turn(Holder.PROVINCE),
    "rectification": Turn(Holder.COUNTY_FILL, "rectification"),
    "rectification_check": Turn(Holder.OFFICE, "verification", "rectification"),
    "revoked": Turn(Holder.COUNTY_CHECK, "appeal"),
    "appeal": Turn(Holder.LEADER, "appeal_decision"),
}


def turn_of(state: str) -> Turn:
    """Whose turn a state is; a state without an entry is an end."""
    return TURNS.get(state, Turn(Holder.NOBODY))


@dataclass(frozen=True, slots=True)
class Entry:
    """One step of the history: the state entered and the day."""

    state: str
    since: date


@dataclass(frozen=True, slots=True)
class Ball:
    """Who has it, since when; `clock` of the running term, `standing` that of the paused one (None without)."""

    holder: Holder
    since: date
    clock: Clock | None
    standing: Clock | None


def ball(history: Sequence[Entry], terms: Mapping[str, int], calendar: Calendar, on: date) -> Ball:
    """Who has the ball after a history (oldest first, not empty), with the clocks as they stand on a day.

    A term runs through neighbouring states of the same term and stands in those that pause it; any other state ends it.
    A term that the rules do not name has no clock. Raises ValueError for an empty history.
    """
    if not history:
        raise ValueError("a case has at least the state in which it began")
    turn = turn_of(history[-1].state)
    running, standing = (_clock(history, name, terms, calendar, on) for name in (turn.term, turn.stands))
    return Ball(turn.holder, history[-1].since, running, standing)


def _clock(history: Sequence[Entry], name: str, terms: Mapping[str, int], calendar: Calendar, on: date) -> Clock | None:
    if name not in terms:
        return None
    run: list[tuple[Entry, date | None]] = []
    ends = [entry.since for entry in history[1:]] + [None]
    for entry, end in reversed(list(zip(history, ends, strict=True))):
        if name not in (turn_of(entry.state).term, turn_of(entry.state).stands):
            break
        run.append((entry, end))
    pauses = [Pause(entry.since, end) for entry, end in run if turn_of(entry.state).stands == name]
    return clock(calendar, run[-1][0].since, terms[name], on=on, pauses=pauses)
