"""Facts with which the documents of a case begin, by kind; whatever is not known here stays for the drafter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.utils import timezone

from spectown.documents.kinds import kind_in
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.plans.models import PlanVersion
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
    """What the case, or all cases that share the document, know of what its kind asks for; what tells it apart first.

    Raises Refused where there is no such kind.
    """
    own = SEVERAL[due.kind](together(due)) if due.kind in SEVERAL else ONE[due.kind](due) if due.kind in ONE else {}
    received = timezone.localdate(due.case.sent_at) if due.case.sent_at else due.step.on
    common = {"year": received.year, "received_on": received, "contact": by.name}
    asked = {fact.name for fact in kind_in(current_plan(), due.kind).facts}
    found = {"town": town_of(due.case)} | own | {name: value for name, value in common.items() if name not in own}
    return {name: value for name, value in found.items() if name in asked}


def current_plan() -> PlanVersion:
    """The plan whose kinds new documents are of. Raises Refused where there is none."""
    version = PlanVersion.objects.current()
    if version is None:
        raise Refused("还没有装入方案,不能起草公文。请与系统管理员联系。")
    return version
