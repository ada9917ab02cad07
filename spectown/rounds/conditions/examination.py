"""What the formal check and corrections need."""

from __future__ import annotations

from spectown.core.rounds.states import FIRST
from spectown.rounds.course import ball_of
from spectown.rounds.enums import Verdict
from spectown.rounds.facts import Facts
from spectown.rounds.items import items_of, labels_of

GOOD = (Verdict.FINE, Verdict.PASSED_BY_SILENCE)


def items_examined(facts: Facts) -> tuple[str, ...]:
    """Every item of the newest version has a verdict."""
    missing = [item.label for item in items_of(facts.case, facts.rules) if item.code not in facts.verdicts]
    return (
        (f"还有 {len(missing)} 项没有审查:{'、'.join(missing[:5])}{'等' if len(missing) > 5 else ''}。",)
        if missing
        else ()
    )


def faults_named(facts: Facts) -> tuple[str, ...]:
    """At least one item is at fault; each says what."""
    return () if _faulty(facts) else ("没有一项被写明有问题。请先在有问题的项写明原因。",)


def no_fault_open(facts: Facts) -> tuple[str, ...]:
    """No item is at fault."""
    found = _faulty(facts)
    labels = labels_of(facts.case, facts.rules) if found else {}
    return tuple(f"“{labels.get(name, name)}”{facts.verdicts[name].get_verdict_display()}。" for name in found)


def correction_rounds_left(facts: Facts) -> tuple[str, ...]:
    """The rules allow another correction."""
    used = max((item.number for item in facts.corrections), default=0)
    most = facts.rules.correction_rounds
    return () if used < most else (f"本批次最多补正 {most} 次,已补正 {used} 次。",)


def open_items_answered(facts: Facts) -> tuple[str, ...]:
    """Each open item has an answer."""
    open_codes = [item.item for item in facts.open_items if item.answered_at is None]
    labels = labels_of(facts.case, facts.rules) if open_codes else {}
    return tuple(f"“{labels.get(code, code)}”还没有补正。" for code in open_codes)


def correction_overdue(facts: Facts) -> tuple[str, ...]:
    """The term of the correction has passed."""
    clock = ball_of(facts.case, facts.steps, facts.calendar, facts.on).clock
    if facts.case.state not in FIRST.labels or clock is None:
        return ("本件没有补正期限。",)
    return () if clock.over else (f"补正期限{clock.sentence}。",)


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
