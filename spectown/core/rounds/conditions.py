"""From the facts of a case to the conditions of its moves (names in core.rounds.words), each with what is lacking."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spectown.core.certification.outcomes import Overall
from spectown.core.rounds.words import NEEDS

Lacking = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What a case is at the moment of a move; lists hold the Chinese names or sentences of what lacks, () = nothing.

    `missing`, `window`: whole sentences; `unexamined`, `faults` (items of the examination with a fault, as name and
    verdict), `unanswered`: names; `reasons`: written reasons of the decision; `blocks`: sentences of
    core.rounds.publicity.blocks; `panel`: sentences of experts.panel_refusals. Unknown = the default, which refuses.
    """

    missing: Sequence[str] | None = None  # required items not filled or not handed in; None: not looked at
    in_window: bool = False  # or an exception is recorded, or the case was sent back
    window: Sequence[str] = ()  # why it is not in the window
    unexamined: Sequence[str] | None = None
    faults: Sequence[str] = ()
    faults_without_reason: Sequence[str] = ()
    corrections_left: int = 0
    most_corrections: int | None = None
    unanswered: Sequence[str] | None = None
    correction_over: bool = False
    correction_term: str = ""  # how its clock stands
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


def named(name: str, *, holds: bool) -> Lacking:
    """() where a condition holds, else the sentence that names it."""
    return () if holds else (f"还不满足:{NEEDS[name]}。",)


def _listed(name: str, items: Sequence[str] | None, sentence: str = "{need}:“{item}”未完成。") -> Lacking:
    """() where the list was looked at and is empty."""
    if items is None:
        return named(name, holds=False)
    return tuple(sentence.format(need=NEEDS[name], item=item) for item in items)


def _unexamined(items: Sequence[str] | None) -> Lacking:
    """One sentence for all, since there may be dozens."""
    if not items:
        return named("items_examined", holds=items is not None)
    return (f"还有 {len(items)} 项没有审查:{'、'.join(items[:5])}{'等' if len(items) > 5 else ''}。",)


def _corrections(facts: CaseFacts) -> Lacking:
    if facts.corrections_left > 0 or facts.most_corrections is None:
        return named("correction_rounds_left", holds=facts.corrections_left > 0)
    return (f"本批次最多补正 {facts.most_corrections} 次,补正次数已用完。",)


def _overdue(facts: CaseFacts) -> Lacking:
    if facts.correction_over or not facts.correction_term:
        return named("correction_overdue", holds=facts.correction_over)
    return (f"补正期限{facts.correction_term}。",)


def _flags(holding: Mapping[str, bool]) -> dict[str, Lacking]:
    return {name: named(name, holds=holds) for name, holds in holding.items()}


def _intake(facts: CaseFacts) -> dict[str, Lacking]:
    window = tuple(facts.window) or named("window_open", holds=facts.in_window)
    return {
        "complete": _listed("complete", facts.missing, "{item}"),
        "items_examined": _unexamined(facts.unexamined),
        "open_items_answered": _listed("open_items_answered", facts.unanswered, "“{item}”还没有补正。"),
        "no_fault_open": tuple(f"“{item}”还有问题。" for item in facts.faults),
        "window_open": () if facts.in_window else window,
        "faults_named": named("faults_named", holds=bool(facts.faults) and not facts.faults_without_reason),
        "correction_rounds_left": _corrections(facts),
        "correction_overdue": _overdue(facts),
    }


def _review(facts: CaseFacts) -> dict[str, Lacking]:
    enough = facts.scores >= facts.least_scores
    return {
        "panel_ready": named("panel_ready", holds=False) if facts.panel is None else tuple(facts.panel),
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
    recorded = named("decision_recorded", holds=False) if facts.decision is None else tuple(facts.decision)
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
