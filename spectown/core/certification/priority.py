"""Priority factors (优先评定, 方案 二(五)): they order applications, they never decide."""

from spectown.core.certification.answers import Answers
from spectown.core.certification.criteria import CriteriaSet, Factor
from spectown.core.certification.money import plain
from spectown.core.certification.result import PriorityFinding


def honour_field(factor: Factor) -> str:
    """Return the code of the answer that counts a factor."""
    return factor.field or f"honour_{factor.code}"


def priority(answers: Answers, criteria: CriteriaSet) -> tuple[PriorityFinding, ...]:
    """Say for each factor whether it is held, not held, or not reported."""
    return tuple(_finding(answers, criteria, factor) for factor in criteria.priority.factors)


def _finding(answers: Answers, criteria: CriteriaSet, factor: Factor) -> PriorityFinding:
    value = answers.figure(factor.field) if factor.field else answers.honours.get(factor.code)
    source = answers.sources.get(honour_field(factor))
    origin = f"({source})" if source else ""
    count = "未填报" if value is None else f"{plain(value)} {factor.unit}{origin}"
    return PriorityFinding(
        code=factor.code,
        label=factor.label,
        clause=criteria.priority.clause,
        field=honour_field(factor),
        value=value,
        held=None if value is None else value > 0,
        message=f"{factor.label}:{count}",
    )
