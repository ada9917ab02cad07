"""Facts with which the documents of a case begin, by kind; whatever is not known here stays for the drafter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.utils import timezone

from spectown.organisations.actors import Actor
from spectown.rounds.models import DueDocument
from spectown.rounds.services.papers import together
from spectown.web.rounds.duefacts import decision, intake, recheck
from spectown.web.rounds.duefacts.parts import town_of

ONE: dict[str, Callable[[DueDocument], dict[str, Any]]] = {
    "correction_notice": intake.correction,
    "acceptance_notice": intake.acceptance,
    "rejection_of_acceptance": intake.rejection,
    "refusal_notice": decision.refusal,
    "certificate": decision.certificate,
    "supervision_notice": recheck.supervision,
    "withdrawal_decision": recheck.withdrawal,
}
# One document for all cases of the round that wait for it.
SEVERAL: dict[str, Callable[[Sequence[DueDocument]], dict[str, Any]]] = {
    "publicity": decision.publicity,
    "certification_notice": decision.certification,
    "recheck_notice": recheck.notice,
    "recommendation_letter": decision.recommendation,
}


def facts_for(due: DueDocument, by: Actor) -> dict[str, Any]:
    """What the case, or all cases that share the document, know of it."""
    case = due.case
    received = timezone.localdate(case.sent_at) if case.sent_at else due.step.on
    common = {"town": town_of(case), "year": received.year, "received_on": received, "contact": by.name}
    if due.kind in SEVERAL:
        return common | SEVERAL[due.kind](together(due))
    return common | (ONE[due.kind](due) if due.kind in ONE else {})
