"""Check of the entrance to the relaxed path: 历史发源地、地理标志等传统特色 (方案 二(四))."""

from dataclasses import replace

from spectown.core.certification.criteria import Criterion
from spectown.core.certification.judged import judged
from spectown.core.certification.outcomes import NeedKind, Outcome, Path
from spectown.core.certification.result import Case, Finding, Need


def origin(case: Case, criterion: Criterion, path: Path) -> Finding:
    """Declared "no": unmet. Not declared: missing. Declared "yes": material and judgement decide."""
    declared = case.answers.traditional_origin
    finding = replace(judged(case, criterion, path), value=declared)
    if declared:
        return finding
    if declared is None:
        need = _need(NeedKind.FILL, criterion, path, f"填写主导产品是否具有{criterion.title}")
        message = f"没有填写主导产品是否具有{criterion.title}。"
        # What was judged before it was declared is judged once more: a judgement that is open, no real change.
        later = (replace(n, kind=NeedKind.JUDGEMENT) if n.kind is NeedKind.REJUDGE else n for n in finding.needs)
        return replace(finding, outcome=Outcome.MISSING, message=message, needs=(need, *later))
    need = _need(NeedKind.CHANGE, criterion, path, f"主导产品须具有{criterion.title},才能按放宽条件申请")
    message = f"填报为不具有{criterion.title},不能按放宽条件申请。"
    return replace(finding, outcome=Outcome.UNMET, message=message, needs=(need, *finding.needs))


def _need(kind: NeedKind, criterion: Criterion, path: Path, message: str) -> Need:
    return Need(kind, criterion.code, criterion.clause, path, "traditional_origin", message)
