"""Check for everything that material and a judgement decide: most of 方案 二, alike for all of it.

No material: missing, whatever was judged (a judgement without material could not be contested). Material
without a judgement: needs a judgement. Then the judgement decides.
"""

from spectown.core.certification.criteria import Criterion
from spectown.core.certification.outcomes import NeedKind, Outcome, Path
from spectown.core.certification.result import Case, Finding, Need


def judged(case: Case, criterion: Criterion, path: Path) -> Finding:
    """Decide a criterion by its material and its judgement."""
    evidence = case.answers.evidence.get(criterion.code)
    judgement = case.answers.judgements.get(criterion.code)
    if not evidence:
        outcome, message = Outcome.MISSING, f"没有说明和证明材料:{criterion.ask}。"
    elif judgement is None:
        outcome, message = Outcome.NEEDS_JUDGEMENT, f"材料已填报,需{criterion.judge}判断。"
    else:
        verdict = "满足" if judgement.outcome is Outcome.MET else "不满足"
        outcome = judgement.outcome
        message = f"{judgement.by}判断为{verdict}:{judgement.reason}。"
    return Finding(
        criterion=criterion,
        path=path,
        outcome=outcome,
        message=message,
        clause=criterion.clause,
        quote=criterion.quote,
        evidence=evidence,
        judgement=judgement,
        figures={name: case.answers.figure(name) for name in criterion.figures},
        needs=material_needs(case, criterion, path),
    )


def material_needs(case: Case, criterion: Criterion, path: Path) -> tuple[Need, ...]:
    """What a criterion still needs in material and judgement; empty once it is judged as met."""
    needs = []
    has_material = bool(case.answers.evidence.get(criterion.code))
    if not has_material:
        needs.append(_need(NeedKind.EVIDENCE, criterion, path, f"补充证明材料:{criterion.ask}"))
    judgement = case.answers.judgements.get(criterion.code)
    if judgement is None or (judgement.outcome is Outcome.UNMET and not has_material):
        needs.append(_need(NeedKind.JUDGEMENT, criterion, path, f"需{criterion.judge}判断“{criterion.title}”"))
    elif judgement.outcome is Outcome.UNMET:
        text = f"“{criterion.title}”判断为不满足({judgement.reason}),改进后须由{criterion.judge}重新判断"
        needs.append(_need(NeedKind.REJUDGE, criterion, path, text))
    return tuple(needs)


def _need(kind: NeedKind, criterion: Criterion, path: Path, message: str) -> Need:
    field = f"evidence_{criterion.code}" if kind is NeedKind.EVIDENCE else f"judgement_{criterion.code}"
    return Need(kind, criterion.code, criterion.clause, path, field, message)
