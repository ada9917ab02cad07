"""What the review by experts and the visit need: core.rounds.conditions words it, experts.panel_refusals judges."""

from __future__ import annotations

from collections.abc import Callable

from spectown.core.rounds.experts import panel_refusals
from spectown.core.rounds.ruleparts import VisitPlan
from spectown.rounds.conditions.worded import Sentences, lacking
from spectown.rounds.facts import Facts
from spectown.rounds.panels import known, present, seats_of, ties_of
from spectown.rounds.sheets import counted

UNDECIDED = "还没有决定本件是否安排实地核查,请先在评审页面决定。"


def _planned(name: str) -> Callable[[Facts], Sentences]:
    def ask(facts: Facts) -> Sentences:
        return lacking(name, review_planned=facts.rules.panel is not None)

    return ask


def _visit(name: str) -> Callable[[Facts], Sentences]:
    def ask(facts: Facts) -> Sentences:
        plan, chosen = facts.rules.visit, facts.case.visit
        if plan is VisitPlan.CHOSEN and chosen is None:
            return (UNDECIDED,)
        planned = plan is VisitPlan.ALL or (plan is VisitPlan.CHOSEN and bool(chosen))
        return lacking(name, visit_planned=planned)

    return ask


def panel_ready(facts: Facts) -> Sentences:
    """Enough experts on the case, and nobody on it who must stay away."""
    panel, case = facts.rules.panel, facts.case
    if panel is None:
        return lacking("panel_ready")
    experts = [known(seat.expert, case, seat) for seat in present(seats_of(case))]
    refusals = panel_refusals(experts, ties_of(case), panel.size)
    return lacking("panel_ready", panel=refusals)


def scores_enough(facts: Facts) -> Sentences:
    """As many submitted sheets of the newest version as the rules ask for."""
    least = facts.rules.panel.minimum if facts.rules.panel else 1
    number = len(counted(seats_of(facts.case), facts.version))
    return lacking("scores_enough", scores=number, least_scores=least)


def visit_recorded(facts: Facts) -> Sentences:
    """Two persons have signed what was seen."""
    rows = facts.case.visit_notes.values_list("signers", flat=True)
    names = {name for row in rows for name in row.split("、") if name}
    return lacking("visit_recorded", visit_signatures=len(names))


REVIEW = {
    "review_planned": _planned("review_planned"),
    "review_not_planned": _planned("review_not_planned"),
    "visit_planned": _visit("visit_planned"),
    "visit_not_planned": _visit("visit_not_planned"),
    "panel_ready": panel_ready,
    "scores_enough": scores_enough,
    "visit_recorded": visit_recorded,
}
