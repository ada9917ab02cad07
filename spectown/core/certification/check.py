"""The pre-certification check: answers and criteria in, a result with every reason out (方案 二)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date

from spectown.core.certification.answers import Answers, Judgement
from spectown.core.certification.at_least import at_least
from spectown.core.certification.county import county
from spectown.core.certification.criteria import CheckName, CriteriaSet, Criterion, PathRule
from spectown.core.certification.judged import judged
from spectown.core.certification.missing import nearest_path, needs_of
from spectown.core.certification.origin import origin
from spectown.core.certification.outcomes import NeedKind, Outcome, Overall, Path
from spectown.core.certification.output import output
from spectown.core.certification.priority import priority
from spectown.core.certification.result import Case, CheckResult, Finding, Need, PathResult
from spectown.core.conditions import Truth, conjunction, disjunction

CHECKS: Mapping[CheckName, Callable[[Case, Criterion, Path], Finding]] = {
    CheckName.OUTPUT: output,
    CheckName.AT_LEAST: at_least,
    CheckName.COUNTY: county,
    CheckName.ORIGIN: origin,
    CheckName.JUDGED: judged,
}
_OVERALL_OF = {
    Truth.TRUE: Overall.QUALIFIES,
    Truth.FALSE: Overall.NOT_YET,
    Truth.UNKNOWN: Overall.UNDETERMINED,
}
_TRUTH_OF = {overall: truth for truth, overall in _OVERALL_OF.items()}


def check(
    answers: Answers,
    criteria: CriteriaSet,
    *,
    on: date,
    warnings: Iterable[str] = (),
    rulings: Mapping[str, Judgement] | None = None,
) -> CheckResult:
    """Check an application against the thresholds in force on a day.

    A path is the conjunction of its criteria, the application the disjunction of its paths, both with three
    truth values: nothing qualifies while a figure or a judgement is open. `warnings` are those of reading
    the answers; those of the check are added. `rulings`: written decisions (by code) where the plan sets no standard.
    """
    category = criteria.category(answers.category) if answers.category else None
    case = Case(answers, criteria, category, on)
    paths = {rule.code: _path(case, rule, rulings or {}) for rule in criteria.paths}
    overall = _OVERALL_OF[disjunction(_TRUTH_OF[path.overall] for path in paths.values())]
    nearest = nearest_path(paths)
    found = [finding.warning for path in paths.values() for finding in path.findings if finding.warning]
    return CheckResult(
        overall=overall,
        paths=paths,
        nearest=nearest,
        missing=paths[nearest].missing,
        priority=priority(answers, criteria),
        warnings=tuple(dict.fromkeys([*warnings, *found])),
    )


def _path(case: Case, rule: PathRule, rulings: Mapping[str, Judgement]) -> PathResult:
    found = (CHECKS[criterion.check](case, criterion, rule.code) for criterion in case.criteria.on_path(rule.code))
    findings = tuple(_ruled(finding, rulings.get(finding.criterion.code)) for finding in found)
    overall = _OVERALL_OF[conjunction(finding.truth for finding in findings)]
    return PathResult(rule, overall, findings, needs_of(findings))


def _ruled(finding: Finding, ruling: Judgement | None) -> Finding:
    """What is undetermined (待定) as the office has decided it in writing; anything else stays as it is."""
    if ruling is None or finding.outcome is not Outcome.UNDETERMINED:
        return finding
    code, message = finding.criterion.code, f"{ruling.by}书面决定:{ruling.reason}。"
    need = Need(NeedKind.REJUDGE, code, finding.clause, finding.path, finding.criterion.field or code, message)
    needs = () if ruling.outcome is Outcome.MET else (need,)
    return replace(finding, outcome=ruling.outcome, message=message, judgement=ruling, needs=needs)
