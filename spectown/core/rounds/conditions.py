"""From the facts of a case to the conditions of its moves (names in core.rounds.words), each with what is lacking."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spectown.core.certification.outcomes import Overall
from spectown.core.rounds.words import NEEDS

Lacking = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What a case is at the moment of a move; lists hold the Chinese names or sentences of what lacks, () = nothing.

    `faults`: items of the examination with a fault; `reasons`: written reasons of the decision; `blocks`: sentences of
    core.rounds.publicity.blocks; `panel`: sentences of experts.panel_refusals. Unknown = the default, which refuses.
    """

    missing: Sequence[str] | None = None  # required items not filled or not handed in; None: not looked at
    in_window: bool = False  # or an exception is recorded, or the case was sent back
    unexamined: Sequence[str] | None = None
    faults: Sequence[str] = ()
    faults_without_reason: Sequence[str] = ()
    corrections_left: int = 0
    unanswered: Sequence[str] | None = None
    correction_over: bool = False
    review_planned: bool = True
    visit_planned: bool = False
    panel: Sequence[str] | None = None
    scores: int = 0
    least_scores: int = 1
    visit_signatures: int = 0
    unjudged: Sequence[str] | None = None
    undetermined: Sequence[str] | None = None
    settled_in_writing: bool = False
    proposed: bool = False
    decision: Sequence[str] | None = None  # sentences of votes.decision_refusals; None: nothing recorded
    overall: Overall | None = None
    reasons: Sequence[str] = ()
    publicity_ready: bool = False
    publicity_ended: bool = False
    open_objections: Sequence[str] = ()
    upheld_objections: Sequence[str] = ()


def conditions(facts: CaseFacts) -> Mapping[str, Lacking]:
    """Every condition that these facts speak of: () = holds, else the sentences for the button and the refusal.

    Conditions of rounds, rechecks and the province are not among them: whoever knows them adds them.
    """
    return {**_intake(facts), **_review(facts), **_decision(facts), **_publicity(facts)}


def _named(name: str, holds: bool) -> Lacking:
    return () if holds else (f"还不满足:{NEEDS[name]}。",)


def _listed(name: str, items: Sequence[str] | None) -> Lacking:
    """() where the list was looked at and is empty."""
    if items is None:
        return _named(name, holds=False)
    return tuple(f"{NEEDS[name]}:“{item}”未完成。" for item in items)


def _flags(holding: Mapping[str, bool]) -> dict[str, Lacking]:
    return {name: _named(name, holds) for name, holds in holding.items()}


def _intake(facts: CaseFacts) -> dict[str, Lacking]:
    named = bool(facts.faults) and not facts.faults_without_reason
    return {
        "complete": _listed("complete", facts.missing),
        "items_examined": _listed("items_examined", facts.unexamined),
        "open_items_answered": _listed("open_items_answered", facts.unanswered),
        "no_fault_open": tuple(f"“{item}”还有问题。" for item in facts.faults),
        **_flags(
            {
                "window_open": facts.in_window,
                "faults_named": named,
                "correction_rounds_left": facts.corrections_left > 0,
                "correction_overdue": facts.correction_over,
            }
        ),
    }


def _review(facts: CaseFacts) -> dict[str, Lacking]:
    enough = facts.scores >= facts.least_scores
    return {
        "panel_ready": _named("panel_ready", holds=False) if facts.panel is None else tuple(facts.panel),
        "scores_enough": () if enough else (f"已提交评分{facts.scores}份,至少须{facts.least_scores}份。",),
        **_flags(
            {
                "review_planned": facts.review_planned,
                "review_not_planned": not facts.review_planned,
                "visit_planned": facts.visit_planned,
                "visit_not_planned": not facts.visit_planned,
                "visit_recorded": facts.visit_signatures >= 2,
            }
        ),
    }


def _decision(facts: CaseFacts) -> dict[str, Lacking]:
    recorded = _named("decision_recorded", holds=False) if facts.decision is None else tuple(facts.decision)
    label = facts.overall.label if facts.overall else "未核对"
    return {
        "all_judged": _listed("all_judged", facts.unjudged),
        "nothing_undetermined": _listed("nothing_undetermined", facts.undetermined),
        "decision_recorded": recorded,
        "qualifies": () if facts.overall is Overall.QUALIFIES else (f"预审结果为“{label}”,不能认定。",),
        **_flags(
            {
                "something_undetermined": bool(facts.undetermined),
                "written_decision": facts.settled_in_writing,
                "proposal_recorded": facts.proposed,
                "reasons_given": any(reason.strip() for reason in facts.reasons),
            }
        ),
    }


def _publicity(facts: CaseFacts) -> dict[str, Lacking]:
    return {
        "no_open_objection": tuple(facts.open_objections),
        "no_upheld_objection": tuple(facts.upheld_objections),
        **_flags(
            {
                "publicity_ready": facts.publicity_ready,
                "publicity_ended": facts.publicity_ended,
                "objection_upheld": bool(facts.upheld_objections),
            }
        ),
    }
