"""What the county has said of a case, on the page where it is decided: statements, reports, appeals."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from spectown.rounds.facts import Facts

SAID_BY_MOVE = ("appeal",)  # moves whose reason is what the county wants to be heard about


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said: what it is, when, by whom, its words."""

    label: str
    at: datetime.datetime
    who: str
    text: str


def heard(facts: Facts) -> list[Said]:
    """Newest first."""
    notes = facts.case.notes.select_related("made_by")
    steps = facts.case.steps.filter(move__in=SAID_BY_MOVE).select_related("by")
    said = [Said(each.get_kind_display(), each.made_at, each.made_by.name, each.text) for each in notes]
    said += [Said(f"{each.label}理由", each.at, f"{each.unit_name} {each.by.name}", each.reason) for each in steps]
    return sorted(said, key=lambda each: each.at, reverse=True)
