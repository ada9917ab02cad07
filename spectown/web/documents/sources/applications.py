"""A pre-check result as the facts of 补正通知 and 受理通知."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from spectown.certification.counted import counted_of
from spectown.certification.facts import result_of
from spectown.certification.models import Application
from spectown.core.certification.outcomes import NeedKind
from spectown.core.certification.result import CheckResult, Need
from spectown.lib.refusal import Refused
from spectown.organisations.actors import Actor
from spectown.web.certification.shown import gaps

WRONG = frozenset({NeedKind.INCREASE, NeedKind.CHANGE, NeedKind.REJUDGE})  # something was reported, and it falls short
DEMANDS = {
    NeedKind.INCREASE: "核实填报数;确有更高数的,更正并附证明",
    NeedKind.CHANGE: "核实填报情况,有误的更正并附证明",
    NeedKind.REJUDGE: "补充证明材料后重新提交",
    NeedKind.FILL: "补报",
    NeedKind.EVIDENCE: "补充证明材料",
    NeedKind.REASON: "补充书面说明",
}


def correction_facts(application: Application, by: Actor) -> dict[str, Any]:
    """What the applicant has to add or put right, one row each. Refused where nothing is missing."""
    result = _result(application)
    ours, _ = gaps(application, result, may_fill=False)
    if not ours:
        raise Refused("预审结果中没有要申报单位补正的内容,可以起草受理通知。")
    titles = {finding.criterion.code: finding.criterion.title for finding in result.findings}
    defects = [_defect(gap.need, titles) for gap in ours]
    return _common(application, by) | {"defects": defects}


def acceptance_facts(application: Application, by: Actor) -> dict[str, Any]:
    """The application is whole. Refused while the applicant still has to add something."""
    result = _result(application)
    ours, _ = gaps(application, result, may_fill=False)
    filling = [gap.need.message for gap in ours if gap.need.kind not in WRONG]
    if filling:
        raise Refused(f"材料还不齐全,不能受理:{filling[0]}等 {len(filling)} 项。请先起草补正通知。")
    rule = result.paths[result.nearest].rule
    today = timezone.localdate()
    return _common(application, by) | {
        "path": rule.label,
        "accepted_on": today,
        "case_number": f"YS{application.pk:05d}",
    }


def _result(application: Application) -> CheckResult:
    today = timezone.localdate()
    return result_of(application, today, counted_of([application], today)[application.pk])


def _common(application: Application, by: Actor) -> dict[str, Any]:
    received = timezone.localdate(application.checked_at) if application.checked_at else timezone.localdate()
    return {
        "town": application.town_name or str(application),
        "year": received.year,
        "received_on": received,
        "contact": by.name,
    }


def _defect(need: Need, titles: dict[str, str]) -> dict[str, str]:
    return {
        "material": titles.get(need.criterion, need.criterion),
        "reason": "不符" if need.kind in WRONG else "不全",
        "detail": need.message,
        "demand": DEMANDS.get(need.kind, "补充"),
    }


FACTS: dict[str, Callable[[Application, Actor], dict[str, Any]]] = {
    "correction_notice": correction_facts,
    "acceptance_notice": acceptance_facts,
}
