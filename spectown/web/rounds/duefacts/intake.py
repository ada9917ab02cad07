"""Facts of the documents of the formal check: correction, acceptance, rejection."""

from __future__ import annotations

from typing import Any

from spectown.plans.calendar import stored_calendar
from spectown.rounds.course import ball_of
from spectown.rounds.enums import GOOD
from spectown.rounds.facts import Facts
from spectown.rounds.items import labels_of
from spectown.rounds.models import DueDocument, ItemVerdict

DEMANDS = {"wrong": "核实后更正", "incomplete": "补齐", "outdated": "换成有效的"}


def correction(due: DueDocument) -> dict[str, Any]:
    """Every named item with its fault; the last day of the term as it stood on the day of the notice."""
    case = due.case
    steps = list(case.steps.filter(pk__lte=due.step_id).order_by("pk"))
    number = sum(step.move == "request_correction" for step in steps)
    rows = case.correction_items.filter(number=number).select_related("verdict")
    clock = ball_of(case, steps, stored_calendar(), due.step.on).clock
    found: dict[str, Any] = {"defects": _defects(due, [row.verdict for row in rows])}
    return found | ({"due": clock.due} if clock and clock.due else {})


def acceptance(due: DueDocument) -> dict[str, Any]:
    """Number, day and path of the acceptance."""
    case, facts = due.case, Facts(due.case)
    corrected = case.steps.filter(move="submit_correction").order_by("pk").last()
    result = facts.result
    return {
        "path": result.paths[result.nearest].rule.label,
        "accepted_on": due.step.on,
        "case_number": f"SL{due.step.on.year}-{case.pk:03d}",
    } | ({"corrected_on": corrected.on} if corrected else {})


def rejection(due: DueDocument) -> dict[str, Any]:
    """Every item at fault, then the reason of the step."""
    basis = "《申报通知》所列材料清单和填报要求"
    reasons = [
        {"reason": f"{row['material']}{row['reason']}:{row['detail']}", "basis": basis}
        for row in _defects(due, list(Facts(due.case).verdicts.values()))
    ]
    return {"reasons": [*reasons, {"reason": due.step.reason, "basis": basis}] if due.step.reason else reasons}


def _defects(due: DueDocument, verdicts: list[ItemVerdict]) -> list[dict[str, str]]:
    labels = labels_of(due.case, due.case.rules.rules)
    return [
        {
            "material": labels.get(verdict.item, verdict.item),
            "reason": verdict.get_verdict_display(),
            "detail": verdict.note,
            "demand": DEMANDS.get(verdict.verdict, "补正"),
        }
        for verdict in verdicts
        if verdict.verdict not in GOOD
    ]
