"""Check of a count against a minimum: 龙头企业, 上下游配套企业 (方案 二(五)); 「以上」 includes it."""

from decimal import Decimal

from spectown.core.certification.criteria import Criterion, Threshold, threshold_of
from spectown.core.certification.money import plain
from spectown.core.certification.outcomes import NeedKind, Outcome, Path
from spectown.core.certification.result import Case, Finding, Need
from spectown.core.conditions import Compare, Operator, Truth, evaluate

OUTCOME_OF = {Truth.TRUE: Outcome.MET, Truth.FALSE: Outcome.UNMET, Truth.UNKNOWN: Outcome.MISSING}


def at_least(case: Case, criterion: Criterion, path: Path) -> Finding:
    """Compare a reported count with the threshold in force."""
    field = criterion.field or criterion.code
    value = case.answers.figure(field)
    threshold = threshold_of(criterion.thresholds, case.on, path)
    if threshold is None:
        return not_set(case, criterion, path, value)
    trace = evaluate(Compare(field, Operator.AT_LEAST, threshold.value), {field: value})
    return Finding(
        criterion=criterion,
        path=path,
        outcome=OUTCOME_OF[trace.truth],
        message=_message(criterion, value, threshold, case.answers.sources.get(field, "")),
        clause=threshold.clause,
        quote=threshold.quote,
        value=value,
        threshold=threshold.value,
        unit=threshold.unit,
        needs=_needs(criterion, path, field, value, threshold),
    )


def not_set(case: Case, criterion: Criterion, path: Path, value: Decimal | int | None) -> Finding:
    """Return "undetermined" where no threshold is in force on the day."""
    owner = case.criteria.decision
    text = f"需{owner.owner}确定“{criterion.title}”的标准(方案 {owner.clause})"
    return Finding(
        criterion=criterion,
        path=path,
        outcome=Outcome.UNDETERMINED,
        message=f"{case.on.isoformat()} 没有有效的标准,{text}。",
        clause=criterion.clause,
        quote=criterion.quote,
        value=value,
        needs=(Need(NeedKind.DECISION, criterion.code, criterion.clause, path, criterion.code, text),),
    )


def _message(criterion: Criterion, value: Decimal | int | None, threshold: Threshold, source: str) -> str:
    standard = f"标准为 {plain(threshold.value)} {threshold.unit}以上"
    noun = criterion.noun or criterion.title
    if value is None:
        return f"没有填报{noun}数量,{standard}。"
    gap = threshold.value - value
    short = f",还差 {plain(gap)} {threshold.unit}" if gap > 0 else ""
    origin = f"({source})" if source else ""
    return f"{noun}现有 {plain(value)} {threshold.unit}{origin},{standard}{short}。"


def _needs(
    criterion: Criterion, path: Path, field: str, value: Decimal | int | None, threshold: Threshold
) -> tuple[Need, ...]:
    noun, unit = criterion.noun or criterion.title, threshold.unit
    if value is None:
        text = f"填写{noun}数量,标准为 {plain(threshold.value)} {unit}以上"
        return (Need(NeedKind.FILL, criterion.code, threshold.clause, path, field, text, unit=unit),)
    gap = threshold.value - value
    if gap <= 0:
        return ()
    text = f"再补 {plain(gap)} {unit}{noun}"
    return (Need(NeedKind.INCREASE, criterion.code, threshold.clause, path, field, text, gap, unit),)
