"""Check of 「特色主导产业原则上限定在一个县(区)内」 (方案 二(四)): a soft rule.

「原则上」 allows exceptions, so more than one county is never "unmet": it is a warning, needs a written
reason, and the office judges it.
"""

from spectown.core.certification.at_least import not_set
from spectown.core.certification.criteria import Criterion, Threshold, threshold_of
from spectown.core.certification.money import plain
from spectown.core.certification.outcomes import NeedKind, Outcome, Path
from spectown.core.certification.result import Case, Finding, Need


def county(case: Case, criterion: Criterion, path: Path) -> Finding:
    """One county is met, none is missing, more need a reason and a judgement."""
    counties = case.answers.counties
    limit = threshold_of(criterion.thresholds, case.on, path)
    if limit is None:
        return not_set(case, criterion, path, len(counties) or None)
    if not counties:
        need = _need(NeedKind.FILL, criterion, path, "counties", f"{criterion.ask}")
        return _finding(case, criterion, path, Outcome.MISSING, "没有填写主导产业所在的县(区)。", limit, need)
    if len(counties) <= limit.value:
        message = f"主导产业在{'、'.join(counties)},限定在 {plain(limit.value)} 个县(区)内。"
        return _finding(case, criterion, path, Outcome.MET, message, limit)
    return _exception(case, criterion, path, limit)


def _exception(case: Case, criterion: Criterion, path: Path, limit: Threshold) -> Finding:
    answers, names = case.answers, "、".join(case.answers.counties)
    warning = (
        f"主导产业分布在 {len(answers.counties)} 个县(区)({names}),"
        f"方案要求原则上限定在 {plain(limit.value)} 个县(区)内,须书面说明理由,由{criterion.judge}判断。"
    )
    judgement, needs = answers.judgements.get(criterion.code), []
    if not answers.counties_reason:
        text = f"补充主导产业跨 {len(answers.counties)} 个县(区)的书面理由"
        needs.append(_need(NeedKind.REASON, criterion, path, "counties_reason", text))
    if judgement is None or judgement.outcome is not Outcome.MET:
        text = f"需{criterion.judge}判断能否跨县(区)"
        if judgement is not None:
            text += f"(上次未同意:{judgement.reason})"
        needs.append(_need(NeedKind.JUDGEMENT, criterion, path, f"judgement_{criterion.code}", text))
    outcome = Outcome.NEEDS_JUDGEMENT if needs else Outcome.MET
    message = warning if judgement is None or needs else f"{judgement.by}同意跨县(区):{judgement.reason}。"
    return _finding(case, criterion, path, outcome, message, limit, *needs, warning=warning)


def _finding(
    case: Case,
    criterion: Criterion,
    path: Path,
    outcome: Outcome,
    message: str,
    limit: Threshold,
    *needs: Need,
    warning: str | None = None,
) -> Finding:
    return Finding(
        criterion=criterion,
        path=path,
        outcome=outcome,
        message=message,
        clause=limit.clause,
        quote=limit.quote,
        value=case.answers.counties or None,
        threshold=limit.value,
        unit=limit.unit,
        evidence=case.answers.counties_reason,
        judgement=case.answers.judgements.get(criterion.code),
        needs=needs,
        warning=warning,
    )


def _need(kind: NeedKind, criterion: Criterion, path: Path, field: str, message: str) -> Need:
    return Need(kind, criterion.code, criterion.clause, path, field, message)
