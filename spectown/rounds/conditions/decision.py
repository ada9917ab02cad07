"""What proposal and decision need, through core.rounds.conditions: only what a condition speaks of is read."""

from __future__ import annotations

from spectown.core.certification.outcomes import Outcome, Overall
from spectown.core.certification.result import CheckResult
from spectown.rounds.conditions.worded import lacking
from spectown.rounds.enums import Proposal
from spectown.rounds.facts import Facts

# What must have been decided for a move that carries a decision out.
DECIDED = {
    "approve": Proposal.CERTIFY,
    "refuse": Proposal.REFUSE,
    "keep": Proposal.KEEP,
    "rectify": Proposal.RECTIFY,
    "revoke": Proposal.REVOKE,
    "recommend": Proposal.RECOMMEND,
    "not_recommend": Proposal.REFUSE,
}


def unjudged(result: CheckResult) -> list[str]:
    """Criteria of the nearest path that somebody still has to judge."""
    found = result.paths[result.nearest].findings
    return [each.criterion.title for each in found if each.outcome is Outcome.NEEDS_JUDGEMENT]


def undetermined(result: CheckResult) -> dict[str, str]:
    """Criteria (code, title) without a standard in the plan, where the result hangs on them."""
    if result.overall is not Overall.UNDETERMINED:
        return {}
    found = result.paths[result.nearest].findings
    return {each.criterion.code: each.criterion.title for each in found if each.outcome is Outcome.UNDETERMINED}


def all_judged(facts: Facts) -> tuple[str, ...]:
    """Whoever had to judge has judged."""
    return lacking("all_judged", unjudged=unjudged(facts.result))


def nothing_undetermined(facts: Facts) -> tuple[str, ...]:
    """No criterion waits for a standard."""
    return lacking("nothing_undetermined", undetermined=list(undetermined(facts.result).values()))


def something_undetermined(facts: Facts) -> tuple[str, ...]:
    """Some criterion waits for a standard, or for a judgement."""
    open_ = [*undetermined(facts.result).values(), *unjudged(facts.result)]
    return lacking("something_undetermined", undetermined=open_)


def written_decision(facts: Facts) -> tuple[str, ...]:
    """What was undetermined has been decided: in writing, or by the judgement that lacked."""
    settled = not undetermined(facts.result) and not unjudged(facts.result)
    return lacking("written_decision", settled_in_writing=settled)


def proposal_recorded(facts: Facts) -> tuple[str, ...]:
    """A proposal was made since the case came to be studied, about the version that counts."""
    made, begun = facts.decision, facts.entered("deciding")
    fresh = made is not None and begun is not None and made.proposed_at >= begun.at and not made.decided
    known = fresh and made is not None and facts.version is not None and made.version_id == facts.version.pk
    return lacking("proposal_recorded", proposed=known)


def decision_recorded(facts: Facts) -> tuple[str, ...]:
    """The leading group decided, on this proposal, and just what the move carries out."""
    made, begun = facts.decision, facts.entered("proposed")
    if made is None or begun is None or made.decided_at is None or made.decided_at < begun.at:
        return lacking("decision_recorded", decision=None)
    wanted = DECIDED.get(facts.move)
    fits = wanted is not None and made.decided == wanted
    return lacking("decision_recorded", decision=[] if fits else [f"审定结果为“{made.get_decided_display()}”。"])


def qualifies(facts: Facts) -> tuple[str, ...]:
    """The pre-check says 符合条件."""
    return lacking("qualifies", overall=facts.result.overall)


def reasons_given(facts: Facts) -> tuple[str, ...]:
    """The decision says why, sentence by sentence."""
    return lacking("reasons_given", reasons=facts.decision.decided_reasons if facts.decision else [])


DECISION = {
    "all_judged": all_judged,
    "nothing_undetermined": nothing_undetermined,
    "something_undetermined": something_undetermined,
    "written_decision": written_decision,
    "proposal_recorded": proposal_recorded,
    "decision_recorded": decision_recorded,
    "qualifies": qualifies,
    "reasons_given": reasons_given,
}
