"""What a recheck comes to by its rules: items of the check and the criteria that the round asks for again."""

from __future__ import annotations

from spectown.core.certification.outcomes import Outcome, Overall
from spectown.core.rounds.rechecking import ItemState, RecheckOutcome, Verdict, item_state, recheck_proposal
from spectown.rounds.enums import GOOD
from spectown.rounds.enums import Verdict as Said
from spectown.rounds.facts import Facts
from spectown.rounds.items import MATERIAL, items_of

CRITERIA = {Outcome.MET: ItemState.PASSED, Outcome.UNMET: ItemState.FAULT, Outcome.MISSING: ItemState.NO_EVIDENCE}


def states_of(facts: Facts) -> dict[str, ItemState]:
    """Every item and every criterion by name with how it stands."""
    return _items(facts) | _criteria(facts)


def proposal_of(facts: Facts) -> tuple[RecheckOutcome, tuple[str, ...]]:
    """What the rules alone say, with the reasons; the leading group decides."""
    before = any(step.move == "rectify" for step in facts.steps)
    return recheck_proposal(states_of(facts), rectified_before=before, notes=_notes(facts))


def _notes(facts: Facts) -> dict[str, str]:
    """What was written to items at fault."""
    return {
        item.label: facts.verdicts[item.code].note
        for item in items_of(facts.case, facts.rules)
        if item.code in facts.verdicts
    }


def _items(facts: Facts) -> dict[str, ItemState]:
    formal = facts.entered("second_phase") is not None
    found = {}
    for item in items_of(facts.case, facts.rules):
        said = facts.verdicts.get(item.code)
        there = not item.code.startswith(MATERIAL) or item.code.removeprefix(MATERIAL) in facts.materials
        if said is not None and said.verdict == Said.PASSED_BY_SILENCE:
            found[item.label] = ItemState.PASSED_BY_SILENCE
            continue
        verdict = None if said is None else Verdict.FINE if said.verdict in GOOD else Verdict.FAULT
        found[item.label] = item_state(evidence=there, verdict=verdict, term_over=False, second_phase=formal)
    return found


def _criteria(facts: Facts) -> dict[str, ItemState]:
    result = facts.result
    findings = result.paths[result.nearest].findings
    if result.overall is Overall.QUALIFIES:
        return {each.criterion.title: ItemState.PASSED for each in findings}
    return {each.criterion.title: CRITERIA.get(each.outcome, ItemState.OPEN) for each in findings}
