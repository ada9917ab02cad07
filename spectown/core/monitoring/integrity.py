"""Whether catalogue, forms and rules hang together (完整性检查): severity, what is wrong, what to do."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from spectown.core.monitoring.balance import sides_of
from spectown.core.monitoring.catalogue import Catalogue
from spectown.core.monitoring.checks import AnyRule, Balance
from spectown.core.monitoring.derivations import DERIVATIONS
from spectown.core.monitoring.forms import ReportForm
from spectown.core.monitoring.indicator import Indicator, Obtained
from spectown.core.monitoring.parsing import formula_faults
from spectown.core.monitoring.tree import refs
from spectown.core.periods import Period, containing, moved

STALE = 3  # periods without a single sheet


class Weight(StrEnum):
    """How much it matters."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"

    @property
    def label(self) -> str:
        """Chinese word."""
        return {"error": "错误", "warning": "提醒", "hint": "建议"}[self.value]


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing found: about what (code), what is wrong, what to do."""

    weight: Weight
    about: str
    what: str
    todo: str


@dataclass(frozen=True, slots=True)
class Setup:
    """All that is looked at, as of a period (a month). `units`: codes of units in being.

    `elsewhere`: indicators used by evaluation or targets; `last_sent`: by form the last period of which a sheet was
    sent, None = never.
    """

    catalogue: Catalogue
    forms: Sequence[ReportForm]
    rules: Sequence[AnyRule]
    units: Collection[str]
    period: Period
    elsewhere: Collection[str] = ()
    last_sent: Mapping[str, Period | None] = field(default_factory=dict)


def issues(setup: Setup) -> list[Issue]:
    """Everything found, errors first."""
    found = [*_formulas(setup), *_owners(setup), *_unused(setup), *_rules(setup), *_forms(setup)]
    return sorted(found, key=lambda issue: list(Weight).index(issue.weight))


def _formulas(setup: Setup) -> Iterator[Issue]:
    for fault in formula_faults(setup.catalogue):
        yield Issue(Weight.ERROR, "公式", fault, "请在指标目录中改公式,或新增一个版本。")
    for each in _now(setup):
        if each.derivation and each.derivation not in DERIVATIONS:
            yield Issue(Weight.ERROR, each.code, f"没有 {each.derivation} 这个取数办法", "请改为已有的取数办法或填报。")


def _owners(setup: Setup) -> Iterator[Issue]:
    for each in _now(setup):
        if each.source not in setup.units:
            what = f"“{each.name}”的来源单位 {each.source} 不存在或已撤销"
            yield Issue(Weight.ERROR, each.code, what, "请指定现在负责的单位,否则没有人核定。")


def _unused(setup: Setup) -> Iterator[Issue]:
    in_forms = {code for form in setup.forms if _in_use(setup, form) for code in form.codes}
    read = {ref.code for node in setup.catalogue.trees.values() for ref in refs(node)}
    checked = {code for rule in setup.rules if not rule.off for code in _codes(setup, rule)}
    for each in _now(setup):
        if each.obtained == Obtained.FILLED and each.code not in in_forms:
            what = f"“{each.name}”要填报,但不在任何在用的报表中"
            yield Issue(Weight.ERROR, each.code, what, "请加入一张报表,或停用这个指标。")
        elif each.code not in in_forms | read | set(setup.elsewhere):
            what = f"“{each.name}”没有用在报表、公式、评估或目标中"
            yield Issue(Weight.WARNING, each.code, what, "请加入报表或评估方案;不再需要的请停用。")
        if each.is_asked_figure and each.code not in checked:
            yield Issue(Weight.HINT, each.code, f"“{each.name}”没有任何校验规则", "建议至少加一条范围或量级校验。")


def _rules(setup: Setup) -> Iterator[Issue]:
    now = {each.code for each in _now(setup)}
    for rule in [each for each in setup.rules if not each.off]:
        ended = rule.until is not None and rule.until.last < setup.period.last
        if ended:
            yield Issue(Weight.HINT, rule.code, f"规则“{rule.says}”已过有效期", "不再需要的请删去。")
        elif odd := sorted(_codes(setup, rule) - now):
            what = f"规则“{rule.says}”用到的 {'、'.join(odd)} 已停用"
            yield Issue(Weight.WARNING, rule.code, what, "请改用现行指标,或停用这条规则。")


def _forms(setup: Setup) -> Iterator[Issue]:
    for form in setup.forms:
        if not _in_use(setup, form) or form.code not in setup.last_sent:
            continue
        sent = setup.last_sent[form.code]
        oldest = moved(containing(setup.period, form.every), -STALE)
        if (sent or form.since) < oldest:
            word = f"{sent.label}以后" if sent else "启用以来"
            yield Issue(Weight.WARNING, form.code, f"“{form.name}”{word}没有收到过报表", "请停用,或督促报送。")


def _now(setup: Setup) -> list[Indicator]:
    """Versions in force at the end of the period, of whatever frequency."""
    found = []
    for versions in setup.catalogue.versions.values():
        begun = [each for each in versions if each.since.first <= setup.period.last]
        if begun and (begun[-1].until is None or setup.period.last <= begun[-1].until.last):
            found.append(begun[-1])
    return found


def _in_use(setup: Setup, form: ReportForm) -> bool:
    return form.since.first <= setup.period.last and (form.until is None or setup.period.last <= form.until.last)


def _codes(setup: Setup, rule: AnyRule) -> set[str]:
    if isinstance(rule, Balance):
        sides = sides_of(rule, setup.catalogue)
        return {ref.code for node in (sides.left, sides.right) for ref in refs(node)}
    return set(rule.indicators) or {each.code for each in _now(setup) if each.is_asked_figure}
