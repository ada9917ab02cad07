"""What the formal check and corrections need."""

from __future__ import annotations

from spectown.rounds.conditions.worded import Sentences, lacking
from spectown.rounds.course import ball_of
from spectown.rounds.enums import GOOD
from spectown.rounds.facts import Facts
from spectown.rounds.items import items_of, labels_of


def items_examined(facts: Facts) -> Sentences:
    """Every item of the newest version has a verdict."""
    missing = [item.label for item in items_of(facts.case, facts.rules) if item.code not in facts.verdicts]
    return lacking("items_examined", unexamined=missing)


def faults_named(facts: Facts) -> Sentences:
    """At least one item is at fault; each says what (a verdict without is not stored)."""
    return lacking("faults_named", faults=_faulty(facts))


def no_fault_open(facts: Facts) -> Sentences:
    """No item is at fault."""
    found = _faulty(facts)
    labels = labels_of(facts.case, facts.rules) if found else {}
    named = [f"{labels.get(name, name)}({facts.verdicts[name].get_verdict_display()})" for name in found]
    return lacking("no_fault_open", faults=named)


def correction_rounds_left(facts: Facts) -> Sentences:
    """The rules allow another correction."""
    used, most = max((item.number for item in facts.corrections), default=0), facts.rules.correction_rounds
    return lacking("correction_rounds_left", corrections_left=most - used, most_corrections=most)


def open_items_answered(facts: Facts) -> Sentences:
    """Each open item has an answer."""
    codes = [item.item for item in facts.open_items if item.answered_at is None]
    labels = labels_of(facts.case, facts.rules) if codes else {}
    return lacking("open_items_answered", unanswered=[labels.get(code, code) for code in codes])


def correction_overdue(facts: Facts) -> Sentences:
    """The term of the correction has passed."""
    clock = ball_of(facts.case, facts.steps, facts.calendar, facts.on).clock
    over = clock is not None and clock.over > 0
    return lacking("correction_overdue", correction_over=over, correction_term=clock.sentence if clock else "")


def _faulty(facts: Facts) -> list[str]:
    return [name for name, found in facts.verdicts.items() if found.verdict not in GOOD]


EXAMINATION = {
    "items_examined": items_examined,
    "faults_named": faults_named,
    "no_fault_open": no_fault_open,
    "correction_rounds_left": correction_rounds_left,
    "open_items_answered": open_items_answered,
    "correction_overdue": correction_overdue,
}
