"""Titles are given, extended, ended, marked, restored, raised: each through rounds.titling."""

from __future__ import annotations

import datetime

from spectown.organisations.actors import Actor
from spectown.rounds import titling
from spectown.rounds.enums import NoteKind
from spectown.rounds.facts import Facts
from spectown.rounds.models import Step, Title

DAY = datetime.timedelta(days=1)


def _title(facts: Facts) -> Title:
    if facts.title is None:
        raise RuntimeError(f"case {facts.case.pk} is about a town without a title")
    return facts.title


def open_title(facts: Facts, step: Step, by: Actor) -> None:
    """Number, first and last day, the town's level."""
    titling.grant(case=facts.case, years=facts.rules.validity_years, on=step.on, by=by)


def extend_title(facts: Facts, step: Step, by: Actor) -> None:
    """Another period, from the end of the running one."""
    titling.extend(title=_title(facts), years=facts.rules.validity_years, on=step.on, by=by)


def end_title(facts: Facts, step: Step, by: Actor) -> None:
    """Withdrawn from the day of the decision on, with its reasons."""
    reasons = facts.decision.decided_reasons if facts.decision else []
    titling.end(title=_title(facts), state="withdrawn", reason="".join(reasons), last=step.on - DAY, by=by)


def restore_title(facts: Facts, step: Step, by: Actor) -> None:
    """As if it had never been withdrawn."""
    titling.restore(title=_title(facts), reason=step.reason, by=by)


def mark_title(facts: Facts, _step: Step, by: Actor) -> None:
    """To be put right within the term; one that is marked already stays so."""
    if _title(facts).state != "rectification":
        titling.turn(title=_title(facts), code="mark", by=by)


def unmark_title(facts: Facts, _step: Step, by: Actor) -> None:
    """In force again, where it was to be put right."""
    if _title(facts).state == "rectification":
        titling.turn(title=_title(facts), code="unmark", by=by)


def add_level(facts: Facts, step: Step, by: Actor) -> None:
    """The province's title takes over from the city's."""
    document = facts.case.notes.filter(kind=NoteKind.PROVINCE).latest("pk").text
    titling.promote(title=_title(facts), document=document, case=facts.case, on=step.on, by=by)


TITLES = {
    "open_title": open_title,
    "extend_title": extend_title,
    "end_title": end_title,
    "restore_title": restore_title,
    "mark_title": mark_title,
    "unmark_title": unmark_title,
    "add_level": add_level,
}
