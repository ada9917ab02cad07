"""What is wrong with the rules of a round, as Chinese sentences; a round with any cannot be published."""

from collections import Counter
from collections.abc import Collection, Iterator
from decimal import Decimal

from spectown.core.rounds.ball import turn_of
from spectown.core.rounds.rules import Rules
from spectown.core.rounds.states import CASES
from spectown.core.rounds.words import RoundKind


def faults(
    rules: Rules,
    *,
    clauses: Collection[str] = (),
    fields: Collection[str] = (),
    criteria: Collection[str] = (),
    figures: Collection[str] = (),
) -> list[str]:
    """Every fault; empty = sound.

    `clauses`, `fields`, `criteria`, `figures` (of the form): what the plan knows, not looked at where empty.
    """
    return [
        *_window(rules),
        *_sheet(rules),
        *_codes(rules),
        *_terms(rules),
        *_quota(rules),
        *_province(rules),
        *_unknown("填报数据", list(rules.province.least) if rules.province else [], figures),
        *_unknown("条款", [*(m.clause for m in rules.materials), *(s.clause for s in rules.sheet)], clauses),
        *_unknown("产业类别", list(rules.quota.fields), fields),
        *_unknown("条件", list(rules.criteria), criteria),
    ]


def _window(rules: Rules) -> Iterator[str]:
    if rules.window.closes < rules.window.opens:
        yield f"申报截止日 {rules.window.closes} 早于开始日 {rules.window.opens}。"
    if rules.kind is RoundKind.FIRST and rules.publicity_days < 1:
        yield "市级认定须公示,公示期至少1个工作日。"


def _sheet(rules: Rules) -> Iterator[str]:
    if bool(rules.panel) != bool(rules.sheet):
        yield "安排专家评审须同时有专家人数和评分表,不安排则都不填。"
    total = sum((item.weight for item in rules.sheet), Decimal(0))
    if rules.sheet and total != 100:
        yield f"评分表权重合计应为100,现为{total.normalize():f}。"
    if rules.panel and rules.panel.minimum > rules.panel.size:
        yield f"最少评分人数{rules.panel.minimum}多于专家人数{rules.panel.size}。"
    if rules.pass_score is not None and not rules.sheet:
        yield "没有评分表,不能有及格分。"


def _codes(rules: Rules) -> Iterator[str]:
    materials, sheet = [each.code for each in rules.materials], [each.code for each in rules.sheet]
    for name, codes in (("材料", materials), ("评分项", sheet)):
        counted = Counter(codes)
        yield from (f"{name}代码 {code} 重复。" for code, count in counted.items() if count > 1)
    if not any(each.required for each in rules.materials):
        yield "材料清单至少有一项必交。"


def terms_of(kind: RoundKind) -> set[str]:
    """Names of the terms that the states of a kind need; that of the publicity is a rule of its own."""
    return {turn_of(state).term for state in CASES[kind].labels} - {"", "publicity"}


def _terms(rules: Rules) -> Iterator[str]:
    needed = terms_of(rules.kind)
    yield from (f"缺少期限 {name}。" for name in sorted(needed - set(rules.terms)))
    yield from (f"{rules.kind.label}批次没有名为 {name} 的期限。" for name in sorted(set(rules.terms) - needed))


def _province(rules: Rules) -> Iterator[str]:
    if rules.province is not None and rules.kind is not RoundKind.RECOMMENDATION:
        yield f"{rules.kind.label}批次不能有省级推荐条件。"


def _quota(rules: Rules) -> Iterator[str]:
    quota = rules.quota
    limits = {"各县(区)": quota.per_county, "各类别": quota.per_field, **quota.counties, **quota.fields}
    for name, limit in limits.items():
        if limit is not None and limit < 0:
            yield f"{name}名额不能为负数。"
        if limit is not None and quota.total is not None and limit > quota.total:
            yield f"{name}名额{limit}多于总名额{quota.total}。"


def _unknown(name: str, used: list[str], known: Collection[str]) -> Iterator[str]:
    if known:
        yield from (f"方案中没有{name}“{each}”。" for each in dict.fromkeys(used) if each not in known)
