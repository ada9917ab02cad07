"""The pre-check of exactly what was sent: a pinned version with the judgements and written decisions about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.utils import timezone

from spectown.certification.counted import Counted, with_counts
from spectown.certification.facts import criteria_of
from spectown.certification.models import JudgementRecord
from spectown.core.certification.answers import Answers, Judgement
from spectown.core.certification.check import check
from spectown.core.certification.criteria import CriteriaSet
from spectown.core.certification.outcomes import Outcome
from spectown.core.certification.result import CheckResult
from spectown.core.certification.validate import read_answers
from spectown.core.rounds.rules import Rules
from spectown.core.rounds.whatif import checked_only
from spectown.rounds.models import Case, CaseVersion, Ruling

OFFICE = "领导小组办公室"


def result_of_version(
    case: Case, version: CaseVersion, rules: Rules, judgements: Iterable[JudgementRecord], rulings: Iterable[Ruling]
) -> CheckResult:
    """The check of a version, with the thresholds of the day the application was handed in; no query.

    `rules` of the case; `judgements` that have not lapsed with their persons, and `rulings`, both oldest first: the
    newest counts.
    """
    criteria = criteria_of(case.application.version)
    answers, warnings = _answers(version.content, criteria, judgements)
    sent = case.application.submitted_at or version.made_at
    decided = {row.criterion: Judgement(Outcome(row.outcome), OFFICE, row.answer.rstrip("。")) for row in rulings}
    checked = checked_only(criteria, rules)
    return check(answers, checked, on=timezone.localdate(sent), warnings=warnings, rulings=decided)


def _answers(
    content: Mapping[str, Any], criteria: CriteriaSet, judgements: Iterable[JudgementRecord]
) -> tuple[Answers, tuple[str, ...]]:
    reading = read_answers(content["fields"], criteria)
    judged = {
        row.criterion: Judgement(Outcome(row.outcome), row.judged_by.name, row.reason.rstrip("。"))
        for row in judgements
    }
    names: dict[str, list[str]] = {}
    for file in content.get("files", ()):
        names.setdefault(file["criterion"], []).append(file["name"])
    files = {criterion: f"附件:{'、'.join(found)}" for criterion, found in names.items()}
    answers = replace(reading.answers, evidence={**files, **reading.answers.evidence}, judgements=judged)
    return with_counts(answers, Counted(content.get("counts", {}), frozen=True), ()), tuple(reading.warnings)
