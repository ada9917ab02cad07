"""Check of the leading industry's yearly output (方案 二(四)), in 万元.

The standard path takes the threshold of the category, the relaxed path the floor of its own. A category
without a threshold is undetermined on both: one cannot relax a threshold that does not exist.
"""

from decimal import Decimal

from spectown.core.certification.at_least import OUTCOME_OF
from spectown.core.certification.criteria import Category, Criterion, Threshold, threshold_of
from spectown.core.certification.money import wan_text
from spectown.core.certification.outcomes import NeedKind, Outcome, Path
from spectown.core.certification.result import Case, Finding, Need
from spectown.core.conditions import Compare, Operator, evaluate

FIELD = "output_wan"
UNIT = "万元"


def output(case: Case, criterion: Criterion, path: Path) -> Finding:
    """Compare the output with the threshold of the category (standard) or with the floor (relaxed)."""
    category = case.category
    if category is None:
        return _without_category(case, criterion, path)
    standard = threshold_of(category.thresholds, case.on, Path.STANDARD)
    threshold = standard if path is Path.STANDARD else threshold_of(criterion.thresholds, case.on, path)
    if standard is None or threshold is None:
        return _without_threshold(case, criterion, path, category)
    return _compared(case, criterion, path, category, threshold)


def _compared(case: Case, criterion: Criterion, path: Path, category: Category, threshold: Threshold) -> Finding:
    value = case.answers.output_wan
    trace = evaluate(Compare(FIELD, Operator.AT_LEAST, threshold.value), {FIELD: value})
    return Finding(
        criterion=criterion,
        path=path,
        outcome=OUTCOME_OF[trace.truth],
        message=_message(case, path, category, threshold),
        clause=threshold.clause,
        quote=threshold.quote,
        value=value,
        threshold=threshold.value,
        unit=UNIT,
        needs=_needs(criterion, path, value, threshold),
    )


def _message(case: Case, path: Path, category: Category, threshold: Threshold) -> str:
    value, year = case.answers.output_wan, case.answers.output_year
    kind = f"{category.label}类标准" if path is Path.STANDARD else "放宽条件的标准"
    standard = f"{kind}为 {wan_text(threshold.value)}以上"
    if value is None:
        return f"没有填报主导产业年产值,{standard}。"
    short = f",还差 {wan_text(threshold.value - value)}" if value < threshold.value else ""
    return f"主导产业{f' {year} ' if year else ''}年产值 {wan_text(value)},{standard}{short}。"


def _needs(criterion: Criterion, path: Path, value: Decimal | None, threshold: Threshold) -> tuple[Need, ...]:
    clause = threshold.clause
    if value is None:
        text = f"填写主导产业年产值,标准为 {wan_text(threshold.value)}以上"
        return (Need(NeedKind.FILL, criterion.code, clause, path, FIELD, text, unit=UNIT),)
    gap = threshold.value - value
    if gap <= 0:
        return ()
    text = f"产值再增加 {wan_text(gap)}"
    return (Need(NeedKind.INCREASE, criterion.code, clause, path, FIELD, text, gap, UNIT),)


def _without_category(case: Case, criterion: Criterion, path: Path) -> Finding:
    need = Need(NeedKind.FILL, criterion.code, criterion.clause, path, "category", "填写产业类别,才能确定产值标准")
    return _open(case, criterion, path, Outcome.MISSING, "没有填写产业类别,不能确定适用哪一个产值标准。", need)


def _without_threshold(case: Case, criterion: Criterion, path: Path, category: Category) -> Finding:
    owner = case.criteria.decision
    text = f"需{owner.owner}确定{category.label}类的产值标准(方案 {owner.clause}“{owner.quote}”)"
    why = "方案没有规定" if path is Path.STANDARD else "没有标准就谈不上放宽,方案没有规定"
    message = f"{why}{category.label}类的产值标准,待定:{text}。"
    need = Need(NeedKind.DECISION, criterion.code, criterion.clause, path, "category", text)
    return _open(case, criterion, path, Outcome.UNDETERMINED, message, need)


def _open(case: Case, criterion: Criterion, path: Path, outcome: Outcome, message: str, need: Need) -> Finding:
    value = case.answers.output_wan
    fill = Need(NeedKind.FILL, criterion.code, criterion.clause, path, FIELD, "填写主导产业年产值", unit=UNIT)
    return Finding(
        criterion=criterion,
        path=path,
        outcome=outcome,
        message=message,
        clause=criterion.clause,
        quote=criterion.quote,
        value=value,
        unit=UNIT,
        needs=(need,) if value is not None else (need, fill),
    )
